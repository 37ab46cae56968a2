using LogMl.Host;
using LogMl.Host.AskTell;
using LogMl.Host.Cleaning;
using LogMl.Host.Search;
using LogMl.Storage;

if (args is ["ask-tell", .. var askTell])
{
    // The standard output of this verb has only the conversation.
    return AskTellVerb.Run(askTell, Console.OpenStandardInput(), Console.OpenStandardOutput(), Console.Error);
}

// The coordinator of a study. docs/architecture.md, seam 4, lists its events, and docs/running.md describes what it does.
var events = new HostEvents(Console.OpenStandardOutput());
try
{
    return args switch
    {
        ["hyperopt", .. var options] => new HyperOptVerb(HostOptions.Parse(options), events).Run(),
        ["run", .. var options] => new RunVerb(HostOptions.Parse(options), events).Run(),
        ["clean", .. var options] => new CleanVerb(CleanOptions.Parse(options), events).Run(),
        _ => throw new HostException(
            HostErrors.Usage, $"The host has the verbs hyperopt, run, clean and ask-tell, not '{args.FirstOrDefault()}'."),
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
    // All other reading and writing is guarded where it happens. These are the results: the disk is full, or the folder is gone.
    events.Error(new HostException(HostErrors.Results, $"The results cannot be written: {exception.Message}"));
    return ExitCodes.Failed;
}
