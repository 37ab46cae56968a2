using System.Globalization;
using System.Text;

namespace LogMl.Host.Workers;

/// <summary>Where what a worker prints goes, its beginning at least, until the mark <see cref="Mark"/> comes.</summary>
/// <param name="mark">What the worker's end mark names: the trial's number, or <c>start</c>.</param>
/// <param name="path">The file, created with the first byte.</param>
internal sealed class TrialLog(string mark, string path)
{
    /// <summary>Nobody reads more; a trial that prints without end shall not fill the disk.</summary>
    public const int Most = 16 * 1024 * 1024;

    private FileStream? _file;
    private int _kept;
    private long _dropped;

    public string Mark { get; } = mark;

    /// <summary>Appends; also after <see cref="Close"/>, for a thread that prints when its trial is over.</summary>
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

    public void Close()
    {
        if (_dropped > 0)
        {
            Append(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\n[LogMl: {_dropped} more bytes were printed and are not kept]\n")));
            _dropped = 0;
        }

        _file?.Dispose();
        _file = null;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _file ??= new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            _file.Write(bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A full disk: trials.csv cannot be written either, and that is what ends the search with an error.
        }
    }
}
