using System.Diagnostics;
using System.Globalization;
using LogMl.Tool.Slurm;
using LogMl.Tool.Workers;

namespace LogMl.Tool.Verbs;

/// <summary>The verb <c>slurm cancel</c>: ends the tasks of a bundle, which give their running trials back.</summary>
internal static class SlurmCancelVerb
{
    /// <summary>Slurm kills what has not ended by itself after its KillWait, which is half a minute in a usual cluster.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    /// <exception cref="ToolException">There is no bundle, job or Slurm, or the tasks stay in the queue.</exception>
    public static int Run(string? job, string? bundleFolder, string? jobFolder, ToolConsole console)
    {
        var jobs = new JobFolder(console, Bundle.Find(console, bundleFolder), jobFolder).JobsOf(job);
        var tasks = QueuedTask.Of(jobs);
        if (tasks.Count == 0)
        {
            console.Say("No task is in the queue.");
            return ExitCodes.Done;
        }

        var names = string.Join(", ", tasks.Select(task => job ?? task.Job).Distinct());
        console.Say(string.Create(CultureInfo.InvariantCulture, $"Cancelling {tasks.Count} tasks of job {names} ..."));
        var waited = Stopwatch.StartNew();
        while (tasks.Count > 0)
        {
            // A task whose time limit is near may have asked to be started again at this very moment. So it is cancelled until it is gone.
            Cancel([.. tasks.Where(task => !task.IsEnding).Select(task => job ?? task.Job).Distinct()]);
            if (waited.Elapsed > Patience)
            {
                throw new ToolException(
                    ToolErrors.Slurm,
                    string.Create(CultureInfo.InvariantCulture, $"{tasks.Count} tasks of job {names} are still in the queue. ")
                    + "slurm status shows their state.");
            }

            Thread.Sleep(BetweenLooks);
            tasks = QueuedTask.Of(jobs);
        }

        console.Say(
            $"Job {names} is cancelled. Its running trials wait for other workers: those of a worker that Slurm had to kill, in half a minute.");
        return ExitCodes.Done;
    }

    private static void Cancel(string[] jobs)
    {
        if (jobs.Length > 0 && SlurmProgram.TryRun("scancel", jobs) is (not 0, _, var errors) && QueuedTask.Of(jobs).Count > 0)
        {
            throw new ToolException(ToolErrors.Slurm, $"scancel has failed: {errors.Trim().ReplaceLineEndings(" ")}");
        }
    }
}
