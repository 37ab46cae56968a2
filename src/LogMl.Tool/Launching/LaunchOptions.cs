namespace LogMl.Tool.Launching;

/// <summary>What a command line says about a launch. Null is what was not given.</summary>
internal sealed record LaunchOptions
{
    /// <summary>The folder for bundles and results on other machines, when none is named: one in the home folder.</summary>
    public const string UsualFolder = "logml";

    /// <summary>The machines, as text.</summary>
    public required string Hosts { get; init; }

    /// <summary>The folder of the bundle.</summary>
    public string? Bundle { get; init; }

    /// <summary>The file with the location of the storage.</summary>
    public string? StorageFile { get; init; }

    /// <summary>The command that reaches another machine, with the user's options.</summary>
    public string Ssh { get; init; } = "ssh";

    /// <summary>The folder for bundles and results on other machines.</summary>
    public string Folder { get; init; } = UsualFolder;

    /// <summary>The options that each worker gets.</summary>
    public IReadOnlyList<string> WorkerOptions { get; init; } = [];
}
