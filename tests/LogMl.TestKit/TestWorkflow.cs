namespace LogMl.TestKit;

/// <summary>
/// A built project under tests/ with a workflow that was written by hand. Environment variables of the process control it:
/// <see cref="ScriptVariable"/> (the syntax is in tests/LogMl.TestWorkflows/Script.cs, and the actions in Actions.cs beside it),
/// <see cref="LoadVariable"/>, <see cref="ManifestVariable"/>, <see cref="ListenerVariable"/>.
/// </summary>
/// <param name="Project">The project's name.</param>
public sealed record TestWorkflow(string Project)
{
    /// <summary>What the trials do.</summary>
    public const string ScriptVariable = "LOGML_TEST_SCRIPT";

    /// <summary>What happens while the assembly is loaded.</summary>
    public const string LoadVariable = "LOGML_TEST_LOAD";

    /// <summary>The manifest, instead of the project's own.</summary>
    public const string ManifestVariable = "LOGML_TEST_MANIFEST";

    /// <summary>What the step trial_finished does (tests/LogMl.TestWorkflows/Listener.cs); without it there is no such step.</summary>
    public const string ListenerVariable = "LOGML_TEST_LISTENER";

    /// <summary>A class library: its packages are in the package cache only.</summary>
    public static TestWorkflow Library { get; } = new("LogMl.TestWorkflows");

    /// <summary>A program.</summary>
    public static TestWorkflow App { get; } = new("LogMl.TestWorkflows.App");

    /// <summary>The folder that the project was built into.</summary>
    public string Folder => OutputOf(Project);

    /// <summary>The built assembly.</summary>
    public string Assembly => Path.Combine(Folder, Project + ".dll");

    /// <summary>Its dependencies.</summary>
    public string DepsFile => Path.Combine(Folder, Project + ".deps.json");

    /// <summary>Its frameworks.</summary>
    public string RuntimeConfig => Path.Combine(Folder, Project + ".runtimeconfig.json");

    /// <summary>The worker's assembly.</summary>
    public static string Worker => Path.Combine(OutputOf("LogMl.Worker"), "LogMl.Worker.dll");

    /// <summary>The host's assembly.</summary>
    public static string Host => Path.Combine(OutputOf("LogMl.Host"), "LogMl.Host.dll");

    /// <summary>The assembly of the tool.</summary>
    public static string Tool => Path.Combine(OutputOf("LogMl.Tool"), "LogMl.Tool.dll");

    /// <summary>The folders of packages that were not copied.</summary>
    public static string PackageFolder =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string OutputOf(string project) =>
        Path.Combine(Repository.Root, "artifacts", "bin", project, Repository.Configuration.ToLowerInvariant());
}
