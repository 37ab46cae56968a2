namespace LogMl.TestKit;

/// <summary>A folder with the files of a project that consumes the package.</summary>
public sealed class TestProject : IDisposable
{
    private TestProject(TempDirectory folder) => Folder = folder;

    /// <summary>The folder, as a path.</summary>
    public string Path => Folder.Path;

    private TempDirectory Folder { get; }

    /// <summary>Writes the files; <c>{version}</c> in them becomes the version of the package.</summary>
    public static async Task<TestProject> CreateAsync(string folderName, params (string Name, string Content)[] files) =>
        await CreateAsync(folderName, otherSources: false, files);

    /// <summary>Writes the files of a project with packages that the machine may not have yet.</summary>
    public static async Task<TestProject> CreateAsync(string folderName, bool otherSources, params (string Name, string Content)[] files)
    {
        var feed = await PackedFeed.GetAsync();
        var project = new TestProject(new TempDirectory(folderName));
        project.Write("nuget.config", feed.NuGetConfig(otherSources));
        // Files above the folder must have no effect.
        project.Write("Directory.Build.props", "<Project />");
        project.Write("Directory.Build.targets", "<Project />");
        foreach (var (name, content) in files)
        {
            project.Write(name, content.Replace("{version}", feed.Version, StringComparison.Ordinal));
        }

        return project;
    }

    /// <summary>Writes a file.</summary>
    public void Write(string name, string content)
    {
        var path = At(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    /// <summary>Replaces a text in a file that has it.</summary>
    public void Replace(string name, string old, string by)
    {
        var content = Read(name);
        if (!content.Contains(old, StringComparison.Ordinal))
        {
            throw new ExpectationException($"{name} does not have '{old}'.");
        }

        Write(name, content.Replace(old, by, StringComparison.Ordinal));
    }

    /// <summary>The text of a file.</summary>
    public string Read(string name) => File.ReadAllText(At(name));

    /// <summary>Whether there is a file or a folder.</summary>
    public bool Has(string name) => System.IO.Path.Exists(At(name));

    /// <summary>The full path of a file.</summary>
    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Runs <c>dotnet build</c> in the folder.</summary>
    public Task<CommandResult> BuildAsync(params string[] arguments) => DotnetAsync(["build", .. arguments]);

    /// <summary>Runs <c>dotnet</c> in the folder.</summary>
    public Task<CommandResult> DotnetAsync(string[] arguments, params (string Name, string Value)[] environment) =>
        CommandLine.DotnetAsync(Path, arguments, Folder, environment);

    /// <summary>Runs a shell command in the folder, with <c>dotnet</c> as <c>$DOTNET</c>.</summary>
    public Task<CommandResult> ShellAsync(string script) =>
        CommandLine.RunAsync(Path, "/bin/sh", ["-c", script], Folder, ("DOTNET", CommandLine.Dotnet));

    /// <inheritdoc />
    public void Dispose() => Folder.Dispose();
}
