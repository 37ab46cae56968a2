using System.Globalization;
using System.Text;
using LogMl.Host.Results;

namespace LogMl.Host.Workers;

/// <summary>Where what a worker prints goes, its beginning at least, until the mark <see cref="Mark"/> comes.</summary>
/// <param name="mark">What the worker's end mark names: the trial's number, or <c>start</c>.</param>
/// <param name="folder">Where the file comes into being, with the first byte.</param>
/// <param name="name">The file's name.</param>
internal sealed class TrialLog(string mark, TrialFolder folder, string name)
{
    /// <summary>Nobody reads more; a trial that prints without end shall not fill the disk.</summary>
    public const int Most = 16 * 1024 * 1024;

    private FileStream? _file;
    private int _kept;
    private long _dropped;

    public string Mark { get; } = mark;

    /// <summary>Appends; also after <see cref="End"/>, for a thread that prints when its trial is over.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        var kept = bytes[..Math.Min(bytes.Length, Most - _kept)];
        _kept += kept.Length;
        _dropped += bytes.Length - kept.Length;
        if (kept.Length > 0)
        {
            Append(kept);
        }
    }

    /// <summary>The trial is over. The file stays open, because it must not be looked for again: by then it may be a link.</summary>
    public void End()
    {
        if (_dropped > 0)
        {
            Append(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\n[LogMl: {_dropped} more bytes were printed and are not kept]\n")));
            _dropped = 0;
        }
    }

    /// <summary>Nothing more comes.</summary>
    public void Close()
    {
        End();
        _file?.Dispose();
        _file = null;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _file ??= folder.CreateFile(name);
            _file.Write(bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // This thread only reads what a worker prints; the search ends where the results are written.
            folder.ReportWriteError(exception);
        }
    }
}
