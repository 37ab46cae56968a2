namespace LogMl.Host.Cleaning;

/// <summary>
/// The command line of <c>clean</c>. It names a study and no assembly, so that a project that does not build can be cleaned.
/// </summary>
/// <param name="ShellDirectory">Messages show paths relative to this folder.</param>
/// <param name="Study">The name of the study.</param>
/// <param name="Output">The results folder, which has a folder for each study.</param>
/// <param name="StorageFile">The file that says where studies are stored; null when there is none.</param>
internal sealed record CleanOptions(string ShellDirectory, string Study, string Output, string? StorageFile)
{
    /// <exception cref="HostException">An option is unknown, missing, or has a wrong value.</exception>
    public static CleanOptions Parse(IReadOnlyList<string> args)
    {
        var line = new CommandLine(args);
        var project = line.Path("--project-directory");
        var options = new CleanOptions(
            line.OptionalPath("--shell-directory") ?? project, line.Required("--study"), line.Path("--output"),
            line.OptionalPath("--storage-file"));
        line.RequireAllUsed();
        return options;
    }
}
