using LogMl.Shared;

namespace LogMl.Host;

/// <summary>The exit code of a host that joins a study, for an error. A scheduler starts a worker again, or does not, by it.</summary>
internal static class JoinExitCodes
{
    /// <summary>The errors for which each further start would fail too: what was started does not fit the study.</summary>
    private static readonly string[] WrongUsage =
    [
        HostErrors.Usage, HostErrors.Manifest, HostErrors.NothingToOptimize, HostErrors.StorageLocation, HostErrors.Inputs,
        HostErrors.OtherSpace, HostErrors.DamagedStudy, HostErrors.UnknownSchema, HostErrors.OtherProject, HostErrors.OtherStore,
        HostErrors.OtherGoals, HostErrors.OneObjective, HostErrors.UnusableSource, HostErrors.OtherCode,
    ];

    /// <summary>One of <see cref="WorkerExitCodes"/>.</summary>
    public static int Of(HostException exception) =>
        Array.IndexOf(WrongUsage, exception.Code) >= 0 ? WorkerExitCodes.Usage
        : exception.Code == HostErrors.StorageUnavailable ? WorkerExitCodes.TryAgain
        : WorkerExitCodes.Failed;
}
