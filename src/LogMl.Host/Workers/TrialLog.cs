using System.Globalization;
using System.Text;
using LogMl.Host.Results;

namespace LogMl.Host.Workers;

/// <summary>The log file of a trial: the beginning of the worker's output, up to the mark <see cref="Mark"/>.</summary>
/// <param name="mark">The name in the worker's end mark: the trial's number, or <c>start</c>.</param>
/// <param name="folder">The folder in which the file is created with the first byte.</param>
/// <param name="name">The file's name.</param>
internal sealed class TrialLog(string mark, TrialFolder folder, string name)
{
    /// <summary>The greatest number of bytes that is kept, so that a trial that prints without end does not fill the disk.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private Stream? _file;
    private int _kept;
    private long _dropped;

    public string Mark { get; } = mark;

    /// <summary>Appends output, also after <see cref="End"/>, for a thread that prints when its trial is over.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        var kept = bytes[..Math.Min(bytes.Length, MaxBytes - _kept)];
        _kept += kept.Length;
        _dropped += bytes.Length - kept.Length;
        if (kept.Length > 0)
        {
            Append(kept);
        }
    }

    /// <summary>
    /// Ends the trial. The file stays open, because it must not be opened again: by then there may be a link in its place.
    /// </summary>
    public void End()
    {
        if (_dropped > 0)
        {
            Append(Encoding.UTF8.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"\n[LogMl: {_dropped} more bytes were printed and are not kept]\n")));
            _dropped = 0;
        }
    }

    /// <summary>Closes the file.</summary>
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
            // This thread only reads output. The search ends with the error where it writes its results.
            folder.ReportWriteError(exception);
        }
    }
}
