using LogMl.Host;
using LogMl.Host.Applying;
using LogMl.Host.Baselining;
using LogMl.Host.Cleaning;
using LogMl.Host.Packing;
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
var isJoining = false;
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
        ["pack", var path] => new PackVerb(Read(path, needsAssembly: true), events).Run(),
        ["hyperopt" or "run" or "apply" or "baseline" or "clean" or "report" or "pack", ..] => throw new HostException(
            HostErrors.Usage, $"The verb {args[0]} takes the path of a request, and nothing else."),
        _ => throw new HostException(
            HostErrors.Usage,
            $"The host has the verbs hyperopt, run, apply, baseline, clean, report and pack, not '{args.FirstOrDefault()}'."),
    };
}
catch (HostException exception)
{
    return Fail(exception);
}
catch (StorageException exception)
{
    return Fail(StorageErrors.Of(exception));
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
{
    // All other errors of reading and writing are handled where they occur. This one is of the results: the disk is full, or the folder is
    // gone.
    return Fail(new HostException(HostErrors.Results, $"The results cannot be written: {exception.Message}"));
}

int Fail(HostException exception)
{
    events.Error(exception);
    return isJoining ? JoinExitCodes.Of(exception) : ExitCodes.Failed;
}

// After this event, the build lets another build write to the file.
HostRequest Read(string path, bool needsAssembly)
{
    var request = RequestFile.Read(path, needsAssembly);
    events.Send(new HostEvent.Ready());
    isJoining = request.Joining is not null;
    return request;
}
