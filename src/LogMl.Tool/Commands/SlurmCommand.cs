using System.CommandLine;
using System.CommandLine.Parsing;
using LogMl.Tool.Slurm;
using LogMl.Tool.Verbs;

namespace LogMl.Tool.Commands;

/// <summary>The verbs for Slurm.</summary>
internal static class SlurmCommand
{
    /// <summary>The group with its verbs.</summary>
    public static Command Of(StudySymbols symbols, WorkerSymbols worker, ToolConsole console)
    {
        var folder = new Option<string?>("--output", "-o")
        {
            HelpName = "folder",
            Description = "The folder of the script and of the output of its tasks; <bundle>.slurm when it is not given.",
        };
        var job = new Argument<string?>("job")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "The id of a job, or of a task such as 4711_3; all jobs of the bundle when it is not given.",
        };
        job.Validators.Add(StudySymbols.RefuseOptions);
        return new("slurm", "Starts workers in a cluster of Slurm.")
        {
            Submit(symbols, worker, folder, console), Status(symbols, worker, folder, job, console), Cancel(worker, folder, job, console),
        };
    }

    private static VerbCommand Submit(StudySymbols symbols, WorkerSymbols worker, Option<string?> folder, ToolConsole console)
    {
        var options = new Argument<string[]>("options")
        {
            Arity = ArgumentArity.ZeroOrMore, Description = "Options of sbatch after --, each in one word, such as --partition=gpu.",
        };
        var workers = new Option<int?>("--workers", "-w")
        {
            HelpName = "count", Description = "How many tasks the array has, each of them a worker; 1 when it is not given.",
        };
        var time = new Option<string?>("--time")
        {
            HelpName = "time",
            Description = "The time limit of a task in a form of Slurm, such as 4:00:00; that of the partition when it is not given.",
        };
        var check = new Option<bool>("--check")
        {
            Description = "Checks the options, the storage and that there is a Slurm. Submits nothing, and needs no bundle.",
        };
        var verb = new VerbCommand(
            "submit", "Submits a job array to Slurm, each task of which is a worker of a bundle.",
            "logml slurm submit --bundle xor.bundle --workers 32 --time 4:00:00 -- --partition=main --mem=4G") { options };
        foreach (var option in (Option[])[workers, time, worker.Bundle, symbols.StorageFile, folder, check])
        {
            verb.Add(option);
        }

        verb.SetAction(result => SlurmSubmitVerb.Run(
            new SubmitOptions
            {
                Bundle = result.GetValue(worker.Bundle),
                StorageFile = result.GetValue(symbols.StorageFile),
                Workers = result.GetValue(workers) ?? 1,
                Time = result.GetValue(time),
                Folder = result.GetValue(folder),
                Sbatch = BehindDashes(result, options),
                IsCheck = result.GetValue(check),
            },
            console));
        return verb;
    }

    private static VerbCommand Status(
        StudySymbols symbols, WorkerSymbols worker, Option<string?> folder, Argument<string?> job, ToolConsole console)
    {
        var verb = new VerbCommand(
            "status", "Shows the jobs of a bundle in the queue of Slurm, and its study.", "logml slurm status --bundle xor.bundle") { job };
        foreach (var option in (Option[])[worker.Bundle, symbols.StorageFile, folder])
        {
            verb.Add(option);
        }

        verb.SetAction(result => SlurmStatusVerb.Run(
            result.GetValue(job), result.GetValue(worker.Bundle), result.GetValue(folder), result.GetValue(symbols.StorageFile), console));
        return verb;
    }

    private static VerbCommand Cancel(WorkerSymbols worker, Option<string?> folder, Argument<string?> job, ToolConsole console)
    {
        var verb = new VerbCommand(
            "cancel", "Cancels the jobs of a bundle. Running trials are given back.", "logml slurm cancel 4711 --bundle xor.bundle")
        {
            job,
        };
        verb.Add(worker.Bundle);
        verb.Add(folder);
        verb.SetAction(result => SlurmCancelVerb.Run(
            result.GetValue(job), result.GetValue(worker.Bundle), result.GetValue(folder), console));
        return verb;
    }

    /// <summary>The words behind the <c>--</c>. System.CommandLine would also take a misspelt option before it.</summary>
    /// <exception cref="ToolException">There are words before it.</exception>
    private static string[] BehindDashes(ParseResult result, Argument<string[]> argument)
    {
        var words = result.GetResult(argument)?.Tokens ?? [];
        var behind = result.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Skip(1).Count();
        return words.Count <= behind ? [.. words.Select(word => word.Value)] : throw new ToolException(
            ToolErrors.Usage,
            $"'{words[0].Value}' is no option of logml slurm submit. Options of sbatch stand after --, and logml slurm submit --help shows "
            + "what else there is.");
    }
}
