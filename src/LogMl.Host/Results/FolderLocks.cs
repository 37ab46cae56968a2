namespace LogMl.Host.Results;

/// <summary>
/// The two locks of a study's folder: who works with the study at all, which several hosts may and whoever removes it only alone, and who has the pen. They are files beside the
/// folder, which can be renamed while it is locked; the operating system lets them go when the process ends, however it ends. The files stay: were they deleted, two processes could
/// hold two files of one name.
/// </summary>
internal sealed class FolderLocks(string root, string name) : IDisposable
{
    private readonly string _useFile = Path.Combine(root, ResultsRoot.Own, name + ".use");
    private readonly string _penFile = Path.Combine(root, ResultsRoot.Own, name + ".pen");
    private FileStream? _use;
    private FileStream? _pen;

    /// <summary>Says that this process works with the study, unless another one is removing it.</summary>
    public bool TryUse() => (_use ??= TryOpen(_useFile, FileAccess.Read, FileShare.Read)) is not null;

    /// <summary>Keeps everybody else from the study, unless another process works with it.</summary>
    public bool TryUseAlone() => (_use ??= TryOpen(_useFile, FileAccess.ReadWrite, FileShare.None)) is not null;

    /// <summary>Takes the pen, unless another process has it.</summary>
    public bool TryTakePen() => (_pen ??= TryOpen(_penFile, FileAccess.ReadWrite, FileShare.None)) is not null;

    public void Dispose()
    {
        _pen?.Dispose();
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
            // Nothing else can be wrong with an empty file that is there and may be opened.
            return null;
        }
    }
}
