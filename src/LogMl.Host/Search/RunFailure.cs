using LogMl.Host.Results;

namespace LogMl.Host.Search;

/// <summary>What happens when a run fails that is no trial: the final one, or that with the defaults.</summary>
internal static class RunFailure
{
    /// <summary>Writes the failure into the folder of the run, and warns of it. The search goes on.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="folder">The folder of the run.</param>
    /// <param name="events">Receives the warning.</param>
    /// <param name="code">The code of the warning.</param>
    /// <param name="what">What has failed, in a clause.</param>
    /// <param name="displayPath">Makes a path one for messages.</param>
    public static void Tell(
        TrialFailure failure, TrialFolder folder, HostEvents events, string code, string what, Func<string, string> displayPath)
    {
        folder.Write(TrialFolder.FailureFile, failure.Text);
        events.Warning(
            code, SourcePlace.OfStack(failure.Stack),
            $"{what}: {failure.Headline} (see {displayPath(Path.Combine(folder.Path, TrialFolder.FailureFile))})");
    }
}
