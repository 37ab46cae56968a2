namespace LogMl.Tool.Slurm;

/// <summary>A task of a job array that Slurm has in its queue.</summary>
/// <param name="Job">The id of the array.</param>
/// <param name="Index">The index of the task in it.</param>
/// <param name="State">Its state, such as <c>RUNNING</c>.</param>
/// <param name="Nodes">Where it runs; empty while it waits.</param>
/// <param name="Reason">Why it waits.</param>
internal sealed record QueuedTask(string Job, string Index, string State, string Nodes, string Reason)
{
    /// <summary>Its processes are being ended.</summary>
    private const string Completing = "COMPLETING";

    private const int Fields = 5;

    /// <summary>Whether it is at its end already.</summary>
    public bool IsEnding => State == Completing;

    /// <summary>The tasks of jobs that are in the queue, of the user who calls.</summary>
    /// <param name="jobs">Ids of arrays or of tasks.</param>
    /// <exception cref="ToolException">The queue cannot be read.</exception>
    public static IReadOnlyList<QueuedTask> Of(IReadOnlyList<string> jobs)
    {
        // The queue as a whole, because squeue fails when it does not know a job any more.
        var lines = SlurmProgram.Run("squeue", "--me", "--noheader", "--array", "--format=%F|%K|%T|%N|%r");
        return
        [
            .. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|', Fields))
                .Where(fields => fields.Length == Fields)
                .Select(fields => new QueuedTask(fields[0], fields[1], fields[2], fields[3], fields[4].Trim()))
                .Where(task => jobs.Contains(task.Job) || jobs.Contains($"{task.Job}_{task.Index}")),
        ];
    }
}
