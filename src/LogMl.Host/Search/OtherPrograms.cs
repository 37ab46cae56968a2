using LogMl.Shared;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>Warnings about what other programs, such as Optuna, do in the study.</summary>
internal sealed class OtherPrograms(HostEvents events, StoredStudy study)
{
    private int _reported;

    /// <summary>Warns of trials with other parameters, unless it has warned of them already.</summary>
    public void Warn()
    {
        if (OtherProgramsText.LeftOut(study, ref _reported) is { } text)
        {
            events.Warning(HostErrors.OtherParameters, SourcePlace.Unknown, text);
        }
    }

    /// <summary>Warns of values of an enqueued trial that are not in the space.</summary>
    public static void Warn(HostEvents events, StoredTrial trial)
    {
        if (OtherProgramsText.Ignored(trial) is { } text)
        {
            events.Warning(HostErrors.IgnoredValues, SourcePlace.Unknown, text);
        }
    }
}
