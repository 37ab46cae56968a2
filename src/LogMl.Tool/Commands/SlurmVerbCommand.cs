using System.CommandLine;
using LogMl.Tool.Slurm;
using LogMl.Tool.Verbs;

namespace LogMl.Tool.Commands;

/// <summary>The command line of the verb <c>slurm</c>.</summary>
internal static class SlurmVerbCommand
{
    /// <summary>The verb.</summary>
    public static VerbCommand Of(StudySymbols symbols, ToolConsole console)
    {
        var action = new Argument<string>("action") { Description = "submit, status or cancel." };
        action.AcceptOnlyFromAmong(SlurmVerb.Actions);
        var arguments = new Argument<string[]>("arguments")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "Options of sbatch after --, or the id of the job to look at or to cancel; the latest when it is not given.",
        };
        var workers = new Option<int?>("--workers", "-w")
        {
            HelpName = "count", Description = "How many trials run at the same time; 1 when it is not given.",
        };
        var time = new Option<string?>("--time")
        {
            HelpName = "time", Description = "The time limit of a task, in a form of Slurm such as 4:00:00.",
        };
        var bundle = new Option<string?>("--bundle")
        {
            HelpName = "folder", Description = "The bundle, when this is not the tool of one.",
        };
        var verb = new VerbCommand(
            "slurm", "Submits a job array of workers to Slurm, shows or cancels it.",
            "logml slurm submit --workers 32 --time 4:00:00 -- --partition=main") { action, arguments };
        foreach (var option in (Option[])[workers, time, bundle, symbols.StorageFile])
        {
            verb.Add(option);
        }

        verb.SetAction(result => SlurmVerb.Run(
            result.GetValue(action)!,
            new SlurmOptions
            {
                Bundle = result.GetValue(bundle),
                StorageFile = result.GetValue(symbols.StorageFile),
                Workers = result.GetValue(workers) ?? 1,
                Time = result.GetValue(time),
                Arguments = result.GetValue(arguments) ?? [],
            },
            console));
        return verb;
    }
}
