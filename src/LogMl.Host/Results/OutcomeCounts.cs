using LogMl.Optimization;
using LogMl.Storage;

namespace LogMl.Host.Results;

/// <summary>The numbers of a study's trials. A trial that was run again counts once.</summary>
/// <param name="Finished">All that are over.</param>
/// <param name="Complete">Those with a result that the search has learned from.</param>
/// <param name="Infeasible">Those of them that violate a constraint.</param>
/// <param name="Pruned">Those that were given up.</param>
/// <param name="Failed">Those that failed.</param>
/// <param name="LeftOut">Those that count, but whose points are not in the space.</param>
/// <param name="Waiting">Those that wait to be run again.</param>
/// <param name="Here">Those that this call has finished.</param>
internal sealed record OutcomeCounts(
    int Finished, int Complete, int Infeasible, int Pruned, int Failed, int LeftOut, int Waiting, int Here)
{
    /// <summary>The numbers of a study.</summary>
    /// <param name="study">The study.</param>
    /// <param name="here">The number of trials that this call has finished.</param>
    public static OutcomeCounts Of(StoredStudy study, int here) => new(
        study.Finished, study.Count(TrialState.Complete), study.Infeasible, study.Count(TrialState.Pruned), study.Count(TrialState.Failed),
        study.LeftOut.Count, study.WaitingRepetitions, here);
}
