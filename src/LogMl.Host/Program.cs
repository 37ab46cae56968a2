using LogMl.Host;
using LogMl.Host.Search;

// The coordinator of a study. docs/architecture.md, seam 4, says what it tells; docs/running.md what it does.
var events = new HostEvents(Console.OpenStandardOutput());
try
{
    return args switch
    {
        ["hyperopt", .. var options] => new HyperOptVerb(HostOptions.Parse(options), events).Run(),
        ["run", .. var options] => new RunVerb(HostOptions.Parse(options), events).Run(),
        _ => throw new HostException(HostErrors.Usage, $"The host has the verbs hyperopt and run, not '{string.Join(' ', args)}'."),
    };
}
catch (HostException exception)
{
    events.Error(exception);
    return ExitCodes.Failed;
}
