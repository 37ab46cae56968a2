using System.Globalization;
using LogMl.Tool.Output;
using LogMl.Tool.Slurm;
using LogMl.Tool.Storages;
using LogMl.Tool.Workers;

namespace LogMl.Tool.Verbs;

/// <summary>The verb <c>slurm status</c>: the tasks of a bundle in the queue, and its study.</summary>
internal static class SlurmStatusVerb
{
    private const int MostNodes = 8;

    /// <exception cref="ToolException">There is no bundle, job or Slurm, or the study cannot be read.</exception>
    public static int Run(string? job, string? bundleFolder, string? jobFolder, string? storageFile, ToolConsole console)
    {
        var bundle = Bundle.Find(console, bundleFolder);
        var tasks = QueuedTask.Of(new JobFolder(console, bundle, jobFolder).JobsOf(job));
        if (tasks.Count == 0)
        {
            console.Say("No task is in the queue.");
        }
        else
        {
            TextTable.Print(
                console,
                [
                    new TableColumn("job"), new TableColumn("state"), new TableColumn("tasks", IsNumber: true), new TableColumn("nodes"),
                    new TableColumn("reason"),
                ],
                [.. tasks.GroupBy(task => (task.Job, task.State, task.Reason)).Select(Row)]);
        }

        console.Output.WriteLine();
        try
        {
            return ShowVerb.Run(new StudyRequest(null, storageFile, bundle.Study), isJson: false, console);
        }
        catch (ToolException exception) when (exception.IsMissing)
        {
            console.Say($"The study '{bundle.Study}' has not begun.");
            return ExitCodes.Done;
        }
    }

    private static string[] Row(IGrouping<(string Job, string State, string Reason), QueuedTask> group)
    {
        var nodes = group.Select(task => task.Nodes).Where(node => node.Length > 0).Distinct().Order(StringComparer.Ordinal).ToList();
        var more = nodes.Count > MostNodes
            ? string.Create(CultureInfo.InvariantCulture, $" and {nodes.Count - MostNodes} more") : "";
        return
        [
            group.Key.Job, group.Key.State, group.Count().ToString(CultureInfo.InvariantCulture),
            string.Join(", ", nodes.Take(MostNodes)) + more, group.Key.Reason == "None" ? "" : group.Key.Reason,
        ];
    }
}
