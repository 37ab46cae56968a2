using System.Globalization;
using System.Text.RegularExpressions;
using LogMl.Tool.Workers;

namespace LogMl.Tool.Slurm;

/// <summary>
/// The folder of the scripts that were submitted for a bundle, of the ids of their jobs, and of the output of the tasks. It is beside the
/// bundle, which may be read-only, and which the next pack replaces.
/// </summary>
internal sealed partial class JobFolder
{
    private const string Extension = ".slurm";
    private const string JobsFile = "jobs";

    /// <summary>The folder for a bundle.</summary>
    /// <param name="console">Its folder is where a path begins.</param>
    /// <param name="bundle">The bundle.</param>
    /// <param name="named">The folder that a call names, or null.</param>
    public JobFolder(ToolConsole console, Bundle bundle, string? named) => FullPath = named is null
        ? System.IO.Path.TrimEndingDirectorySeparator(bundle.Folder) + Extension
        : System.IO.Path.GetFullPath(System.IO.Path.Combine(console.Folder, named));

    /// <summary>Its path.</summary>
    public string FullPath { get; }

    /// <summary>Writes a script. One that is there with another text, which somebody may have edited, stays.</summary>
    /// <returns>The path of the script.</returns>
    /// <exception cref="ToolException">It cannot be written.</exception>
    public string Write(string script) => Translate(() =>
    {
        Directory.CreateDirectory(FullPath);
        for (var number = 1; ; number++)
        {
            var name = number == 1 ? "submit.sh" : string.Create(CultureInfo.InvariantCulture, $"submit-{number}.sh");
            var path = At(name);
            if (!File.Exists(path))
            {
                File.WriteAllText(path, script);
                return path;
            }

            if (File.ReadAllText(path) == script)
            {
                return path;
            }
        }
    });

    /// <summary>Notes the id of a job that was submitted.</summary>
    /// <exception cref="ToolException">It cannot be written.</exception>
    public void AddJob(string id) => Translate(() =>
    {
        File.AppendAllText(At(JobsFile), id + "\n");
        return true;
    });

    /// <summary>The jobs that a call is for: the one that it names, or all that were submitted.</summary>
    /// <exception cref="ToolException">It is no id, or none was submitted.</exception>
    public IReadOnlyList<string> JobsOf(string? named)
    {
        if (named is not null)
        {
            return Ids().IsMatch(named) ? [named] : throw new ToolException(
                ToolErrors.Usage, $"'{named}' is no id of a job, such as 4711 or 4711_3.");
        }

        var file = At(JobsFile);
        return File.Exists(file) ? [.. Translate(() => File.ReadAllLines(file)).Distinct()] : throw new ToolException(
            ToolErrors.Slurm, $"This bundle has not been submitted: there is no '{file}'. Name a job by its id, such as 4711.");
    }

    private string At(string name) => System.IO.Path.Combine(FullPath, name);

    private T Translate<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(
                ToolErrors.Output,
                $"The script of the job cannot be kept in '{FullPath}': {exception.Message} Name another folder: --output.");
        }
    }

    [GeneratedRegex(@"^\d+(_\d+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Ids();
}
