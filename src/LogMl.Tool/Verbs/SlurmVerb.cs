using System.Globalization;
using System.Text.RegularExpressions;
using LogMl.Storage.Locations;
using LogMl.Tool.Slurm;
using LogMl.Tool.Storages;
using LogMl.Tool.Workers;

namespace LogMl.Tool.Verbs;

/// <summary>The verb <c>slurm</c>: a job array of workers.</summary>
internal static partial class SlurmVerb
{
    /// <summary>What it can do.</summary>
    public static readonly string[] Actions = ["submit", "status", "cancel"];

    private const int MostWorkers = 10_000;

    /// <exception cref="ToolException">An option is wrong, there is no bundle, storage or Slurm, or Slurm refuses the job.</exception>
    public static int Run(string action, SlurmOptions options, ToolConsole console)
    {
        var bundle = Bundle.Find(options.Bundle is { } named ? Path.Combine(console.Folder, named) : null);

        // Beside the bundle, which may be read-only, and which the next pack replaces.
        var folder = Path.TrimEndingDirectorySeparator(bundle.Folder) + ".slurm";
        var storageFile = options.StorageFile is { } file ? Path.GetFullPath(Path.Combine(console.Folder, file)) : null;
        switch (action)
        {
            case "submit":
                Submit(new ArrayScript(bundle, folder, options.Workers, options.Time, storageFile, options.Arguments), console);
                break;
            case "status":
                Status(JobOf(options, folder), new StudyRequest(null, storageFile, bundle.Study), console);
                break;
            default:
                var job = JobOf(options, folder);
                SlurmCommand.Run("scancel", job);
                console.Say($"Job {job} is cancelled. Its workers give their running trials back.");
                break;
        }

        return ExitCodes.Done;
    }

    private static void Submit(ArrayScript script, ToolConsole console)
    {
        if (script.Workers is < 1 or > MostWorkers)
        {
            throw new ToolException(
                ToolErrors.Usage, string.Create(CultureInfo.InvariantCulture, $"--workers must be a number from 1 to {MostWorkers}."));
        }

        if (script.Time is { } time && !Times().IsMatch(time))
        {
            throw new ToolException(
                ToolErrors.Usage,
                $"--time is '{time}', but must be a time of Slurm: minutes, minutes:seconds, hours:minutes:seconds, days-hours, "
                + "days-hours:minutes or days-hours:minutes:seconds.");
        }

        if (script.Options.FirstOrDefault(option => !option.StartsWith('-') || option.AsSpan().ContainsAny('\r', '\n')) is { } wrong)
        {
            throw new ToolException(
                ToolErrors.Usage, $"'{wrong}' is no option of sbatch in one word. Write --partition=gpu instead of --partition gpu.");
        }

        RequireServer(script, console);
        var path = Write(script);
        var job = SlurmCommand.Run("sbatch", "--parsable", path).Trim().Split(';')[0];
        File.WriteAllText(Path.Combine(script.Folder, "job"), job + "\n");
        console.Say($"Submitted job {job}: {path}");
    }

    /// <summary>Requires a database server. Locks of an SQLite file are not safe on a shared folder.</summary>
    private static void RequireServer(ArrayScript script, ToolConsole console)
    {
        try
        {
            var location = NamedLocation.Find(
                console.Variable(NamedLocation.Variable), script.StorageFile, "--storage-file",
                warning => console.Warn(ToolErrors.Location, warning));
            if (location is null || (location.Kind == StorageKind.Sqlite && script.Workers > 1))
            {
                throw new ToolException(
                    ToolErrors.Location,
                    (location is null ? "Nothing says where the study is stored." : "Several nodes cannot share an SQLite file.")
                    + $" Name a PostgreSQL database: the environment variable {NamedLocation.Variable}, or a file with its location "
                    + "(--storage-file).");
            }
        }
        catch (FormatException exception)
        {
            throw new ToolException(ToolErrors.Location, exception.Message);
        }
    }

    /// <summary>Writes the script. One that is there with another text, which somebody may have edited, stays.</summary>
    private static string Write(ArrayScript script)
    {
        var text = script.Text();
        Directory.CreateDirectory(script.Folder);
        for (var number = 1; ; number++)
        {
            var name = number == 1 ? "submit.sh" : string.Create(CultureInfo.InvariantCulture, $"submit-{number}.sh");
            var path = Path.Combine(script.Folder, name);
            if (!File.Exists(path))
            {
                File.WriteAllText(path, text);
                return path;
            }

            if (File.ReadAllText(path) == text)
            {
                return path;
            }
        }
    }

    private static void Status(string job, StudyRequest study, ToolConsole console)
    {
        var queue = SlurmCommand.Run("squeue", "--array", "--jobs", job, "--format", "%.14i %.12T %.10M %.12N %r");
        console.Output.WriteLine(queue.TrimEnd());
        console.Output.WriteLine();
        try
        {
            ShowVerb.Run(study, isJson: false, console);
        }
        catch (ToolException exception) when (exception.Code == ToolErrors.Study)
        {
            console.Say("The study has not begun.");
        }
    }

    /// <summary>The id of the job: the one that is given, or that of the latest submit.</summary>
    private static string JobOf(SlurmOptions options, string folder)
    {
        if (options.Arguments.Count == 0)
        {
            var file = Path.Combine(folder, "job");
            return File.Exists(file) ? File.ReadAllText(file).Trim() : throw new ToolException(
                ToolErrors.Slurm, "This bundle has not been submitted. Name a job by its id: logml slurm status 4711.");
        }

        return options.Arguments is [var job] && Jobs().IsMatch(job) ? job : throw new ToolException(
            ToolErrors.Usage, $"'{string.Join(' ', options.Arguments)}' is no id of a job, such as 4711 or 4711_3.");
    }

    [GeneratedRegex(@"^(\d+|\d+:\d\d|\d+:\d\d:\d\d|\d+-\d+(:\d\d){0,2})\z")]
    private static partial Regex Times();

    [GeneratedRegex(@"^\d+(_\d+)?\z")]
    private static partial Regex Jobs();
}
