namespace LogMl.Host.Results;

/// <summary>
/// The two locks of a study's folder. The use lock is shared by all hosts that work with the study, and exclusive for a process that
/// removes it. The writer lock belongs to the one host that writes the study's results files. The locks are files beside the folder, so
/// that the folder can be renamed while it is locked. The operating system releases them when the process ends, however it ends. The files
/// are never deleted: two processes could otherwise lock two files of the same name.
/// </summary>
internal sealed class FolderLocks(string root, string name) : IDisposable
{
    private readonly string _useFile = Path.Combine(root, ResultsRoot.InternalFolder, name + ".use");
    private readonly string _writerFile = Path.Combine(root, ResultsRoot.InternalFolder, name + ".pen");
    private FileStream? _use;
    private FileStream? _writer;

    /// <summary>Takes the use lock with other hosts. Returns false while another process is removing the study.</summary>
    public bool TryLockShared() => (_use ??= TryOpen(_useFile, FileAccess.Read, FileShare.Read)) is not null;

    /// <summary>Takes the use lock alone. Returns false while another process works with the study.</summary>
    public bool TryLockExclusive() => (_use ??= TryOpen(_useFile, FileAccess.ReadWrite, FileShare.None)) is not null;

    /// <summary>Takes the writer lock. Returns false while another process has it.</summary>
    public bool TryBecomeWriter() => (_writer ??= TryOpen(_writerFile, FileAccess.ReadWrite, FileShare.None)) is not null;

    public void Dispose()
    {
        _writer?.Dispose();
        _use?.Dispose();
    }

    private static FileStream? TryOpen(string path, FileAccess access, FileShare share)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, access, share, bufferSize: 0);
        }
        catch (IOException) when (File.Exists(path))
        {
            // The file exists, so the lock of another process is the only reason left.
            return null;
        }
    }
}
