using LogMl.Storage.Locations;
using LogMl.Tool.Slurm;
using LogMl.Tool.Storages;
using LogMl.Tool.Workers;

namespace LogMl.Tool.Verbs;

/// <summary>The verb <c>slurm submit</c>: submits a job array of workers.</summary>
internal static class SlurmSubmitVerb
{
    /// <exception cref="ToolException">An option is wrong, there is no bundle, storage or Slurm, or Slurm refuses the job.</exception>
    public static int Run(SubmitOptions options, ToolConsole console)
    {
        options.Require();
        RequireServer(options, console);
        SlurmProgram.Require();
        if (options.IsCheck)
        {
            return ExitCodes.Done;
        }

        var bundle = Bundle.Find(console, options.Bundle);
        var folder = new JobFolder(console, bundle, options.Folder);
        var file = NamedStorage.FileOf(console, options.StorageFile) is { } path ? Path.GetFullPath(path) : null;
        var script = folder.Write(
            new ArrayScript(bundle, folder.FullPath, options.Workers, options.Time, file, options.Sbatch).Text());
        var answer = SlurmProgram.Run("sbatch", "--parsable", script).Trim();

        // The id, and behind a semicolon the cluster where there are several.
        var job = answer.Split(';')[0];
        if (job.Length == 0 || !job.All(char.IsAsciiDigit))
        {
            throw new ToolException(ToolErrors.Slurm, $"sbatch has given no id of a job, but said '{answer}'. The script is '{script}'.");
        }

        folder.AddJob(job);
        console.Say($"Submitted job {job}: {script}");
        return ExitCodes.Done;
    }

    /// <summary>Requires a database server. Locks of an SQLite file are not safe on a shared folder.</summary>
    private static void RequireServer(SubmitOptions options, ToolConsole console)
    {
        var location = NamedStorage.Find(console, options.StorageFile) ?? throw WorkerVerb.NoStorage();
        if (location.Kind == StorageKind.Sqlite && options.Workers > 1)
        {
            throw new ToolException(
                ToolErrors.Location,
                $"The study is stored in the file '{location.Path}', which the nodes of a cluster cannot share. They share a study in "
                + "PostgreSQL.");
        }
    }
}
