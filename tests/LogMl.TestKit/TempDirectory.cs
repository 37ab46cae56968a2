namespace LogMl.TestKit;

/// <summary>A folder that is deleted at the end, unless something failed in it, so that a person can inspect it.</summary>
public sealed class TempDirectory : IDisposable
{
    private bool _keep;

    /// <summary>Makes an empty folder whose last part is exactly <paramref name="name"/>.</summary>
    public TempDirectory(string name)
    {
        Root = Directory.CreateTempSubdirectory("logml-test-").FullName;
        Path = System.IO.Path.Combine(Root, name);
        Directory.CreateDirectory(Path);
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    private string Root { get; }

    /// <summary>Keeps the folder after the test.</summary>
    public void Keep() => _keep = true;

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_keep && Directory.Exists(Root))
        {
            Directory.Delete(Root, recursive: true);
        }
    }
}
