namespace LogMl.Host.Workers;

/// <summary>Where what a worker prints goes until the mark <see cref="Mark"/> comes.</summary>
/// <param name="mark">What the worker's end mark names: the trial's number, or <c>start</c>.</param>
/// <param name="path">The file, created with the first byte.</param>
internal sealed class TrialLog(string mark, string path)
{
    private FileStream? _file;

    public string Mark { get; } = mark;

    /// <summary>Appends; also after <see cref="Close"/>, for a thread that prints when its trial is over.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
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

    public void Close()
    {
        _file?.Dispose();
        _file = null;
    }
}
