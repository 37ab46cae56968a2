namespace LogMl.Host.Cleaning;

/// <summary>The command line of <c>clean</c>: what names a study. No assembly, so that what cannot be built can be cleaned.</summary>
/// <param name="ShellDirectory">Paths are shown as seen from here.</param>
/// <param name="Study">The name of the study.</param>
/// <param name="Output">The folder that has a folder for each study.</param>
/// <param name="StorageFile">The file with the place where studies are stored; null: nobody names one.</param>
internal sealed record CleanOptions(string ShellDirectory, string Study, string Output, string? StorageFile)
{
    /// <exception cref="HostException">An option is unknown, missing, or has a wrong value.</exception>
    public static CleanOptions Parse(IReadOnlyList<string> args)
    {
        var line = new CommandLine(args);
        var project = line.Path("--project-directory");
        var options = new CleanOptions(line.OptionalPath("--shell-directory") ?? project, line.Required("--study"), line.Path("--output"), line.OptionalPath("--storage-file"));
        line.RequireAllUsed();
        return options;
    }
}
