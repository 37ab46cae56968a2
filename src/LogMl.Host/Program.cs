using LogMl.Host;
using LogMl.Host.Applying;
using LogMl.Host.Baselining;
using LogMl.Host.Cleaning;
using LogMl.Host.Reporting;
using LogMl.Host.Requests;
using LogMl.Host.Search;
using LogMl.Shared.Requests;
using LogMl.Shared.Wire;
using LogMl.Storage;

if (args is ["ask-tell", ..])
{
    // Programs that still call it here take the standard output for proposals.
    Console.Error.WriteLine("ask-tell is a verb of the tool, with the same options: dotnet tool install -g LogMl.Tool, logml ask-tell.");
    return ExitCodes.WrongUsage;
}

// The coordinator of a study. docs/architecture.md, seam 4, lists its events, and docs/running.md describes what it does.
var events = new HostEvents(Console.OpenStandardOutput());
try
{
    return args switch
    {
        ["hyperopt", var path] => new HyperOptVerb(Read(path, needsAssembly: true), events).Run(),
        ["run", var path] => new RunVerb(Read(path, needsAssembly: true), events).Run(),
        ["apply", var path] => new ApplyVerb(Read(path, needsAssembly: true), events).Run(),
        ["baseline", var path] => new BaselineVerb(Read(path, needsAssembly: true), events).Run(),
        ["clean", var path] => new CleanVerb(Read(path, needsAssembly: false), events).Run(),
        ["report", var path] => new ReportVerb(Read(path, needsAssembly: false), events).Run(),
        ["hyperopt" or "run" or "apply" or "baseline" or "clean" or "report", ..] => throw new HostException(
            HostErrors.Usage, $"The verb {args[0]} takes the path of a request, and nothing else."),
        _ => throw new HostException(
            HostErrors.Usage, $"The host has the verbs hyperopt, run, apply, baseline, clean and report, not '{args.FirstOrDefault()}'."),
    };
}
catch (HostException exception)
{
    events.Error(exception);
    return ExitCodes.Failed;
}
catch (StorageException exception)
{
    events.Error(StorageErrors.Of(exception));
    return ExitCodes.Failed;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
{
    // All other errors of reading and writing are handled where they occur. This one is of the results: the disk is full, or the folder is
    // gone.
    events.Error(new HostException(HostErrors.Results, $"The results cannot be written: {exception.Message}"));
    return ExitCodes.Failed;
}

// After this event, the build lets another build write to the file.
HostRequest Read(string path, bool needsAssembly)
{
    var request = RequestFile.Read(path, needsAssembly);
    events.Send(new HostEvent.Ready());
    return request;
}
