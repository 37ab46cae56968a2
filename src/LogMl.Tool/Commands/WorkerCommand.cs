using System.CommandLine;
using LogMl.Tool.Verbs;
using LogMl.Tool.Workers;

namespace LogMl.Tool.Commands;

/// <summary>The command line of the verb <c>worker</c>, which every launcher starts.</summary>
internal static class WorkerCommand
{
    private const string Remarks = """
        Exit codes:
          0    the study is finished, or the quota of this worker is used up (--max-trials, --max-time)
          1    the search has failed; a line on stderr says why
          64   a wrong option, no bundle, or code that is not that of the study: another start would end in the same way
          75   the database cannot be reached: start it again later
          130  ended by SIGINT, and 143 ended by SIGTERM, SIGHUP or --exit-on-stdin-eof: the running trials were given back
        """;

    /// <summary>The verb.</summary>
    public static VerbCommand Of(StudySymbols symbols, WorkerSymbols shared, ToolConsole console)
    {
        var workers = new Option<int?>("--workers", "-w")
        {
            HelpName = "count", Description = "How many trials run at the same time; 1 when it is not given.",
        };
        var devices = new Option<string?>("--devices")
        {
            HelpName = "list",
            Description = "The GPUs that its trials get in turn, such as 0,1; those of CUDA_VISIBLE_DEVICES or SLURM_JOB_GPUS.",
        };
        var results = new Option<string?>("--results")
        {
            HelpName = "folder", Description = "The folder for logs and files of trials; one below HyperOptResults when it is not given.",
        };
        var input = new Option<bool>("--exit-on-stdin-eof")
        {
            Description = "Ends when its standard input ends, so that it ends with what has started it.",
        };
        var verb = new VerbCommand(
            "worker", "Joins the study of a bundle, and runs trials of it until there are no more.",
            "logml worker --workers 4 --max-time 3h55m")
        {
            ExitCodeOf = WorkerVerb.ExitCodeOf, Notes = () => Remarks,
        };
        foreach (var option in (Option[])
            [
                workers, shared.MaxTrials, shared.MaxTime, devices, shared.Bundle, symbols.StorageFile, results, input, shared.OtherCode,
            ])
        {
            verb.Add(option);
        }

        verb.SetAction(result => WorkerVerb.Run(
            new WorkerOptions
            {
                Bundle = result.GetValue(shared.Bundle),
                StorageFile = result.GetValue(symbols.StorageFile),
                Workers = result.GetValue(workers) ?? 1,
                MaxTrials = result.GetValue(shared.MaxTrials),
                MaxTime = result.GetValue(shared.MaxTime),
                Results = result.GetValue(results),
                Devices = result.GetValue(devices),
                EndsWithInput = result.GetValue(input),
                AllowsOtherCode = result.GetValue(shared.OtherCode),
            },
            console));
        return verb;
    }
}
