using LogMl.Optimization;
using LogMl.Optimization.Importance;
using LogMl.Storage;
using LogMl.Storage.Encoding;

namespace LogMl.Report;

/// <summary>
/// The importance of the parameters of a study, within a bounded time: of more than 1,000 complete trials it is estimated from 1,000, taken
/// at equal distances over the whole search. The same trials give the same importance.
/// </summary>
public static class StudyImportance
{
    private const int FewestTrials = 4;

    /// <summary>The forest takes longer than its size: 10,000 trials of 30 parameters would take ten seconds.</summary>
    private const int MostTrials = 1_000;

    /// <summary>Above this number of values the forest has fewer trees, which are better ones.</summary>
    private const int ManyValues = 10_000;

    private const int FewTrees = 16;

    /// <summary>The importances of a stored study.</summary>
    /// <param name="storage">The storage of the study; read only is enough.</param>
    /// <param name="study">The name of the study.</param>
    /// <returns>One for each objective; none while fewer than four trials are complete, or when the study has no space.</returns>
    /// <exception cref="StorageException">There is no such study, or the storage cannot be used.</exception>
    public static IReadOnlyList<ObjectiveImportance> Of(StudyStorage storage, string study)
    {
        ArgumentNullException.ThrowIfNull(storage);
        try
        {
            return Of(storage.ViewStudy(study).History, StoredSpace.Of(storage, storage.RequireStudy(study)));
        }
        catch (StorageException exception) when (exception.Problem == StorageProblem.NoSpace)
        {
            return [];
        }
    }

    /// <summary>The importances of a study that has been read.</summary>
    /// <param name="study">The study.</param>
    /// <param name="space">Its space.</param>
    /// <returns>One for each objective; none while fewer than four trials are complete.</returns>
    public static IReadOnlyList<ObjectiveImportance> Of(StudyHistory study, SearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(study);
        TrialView[] complete = [.. study.Trials.Where(trial => trial.State == TrialState.Complete)];
        if (complete.Length < FewestTrials || study.Parameters.Count == 0)
        {
            return [];
        }

        var history = complete.Length > MostTrials ? Sample(complete, space, study.Directions) : study;
        var trials = Math.Min(complete.Length, MostTrials);
        var trees = trials * study.Parameters.Count > ManyValues ? FewTrees : new FanovaOptions().Trees;
        return
        [
            .. study.Directions.Select((_, k) => new ObjectiveImportance
            {
                Objective = k,
                Fanova = Ranked(Importances.Fanova(history, new FanovaOptions { Objective = k, Trees = trees }), unit: 1),
                PedAnova = Shares(Importances.PedAnova(history, new PedAnovaOptions { Objective = k })),
                Trials = trials,
                CompleteTrials = complete.Length,
            }),
        ];
    }

    /// <summary>A study of some of the trials, taken at equal distances over the whole search.</summary>
    private static StudyHistory Sample(TrialView[] complete, SearchSpace space, IReadOnlyList<Direction> directions)
    {
        var study = new Study(space, new StudyOptions { Sampler = Samplers.Random(seed: 0), Directions = directions });
        for (var n = 0; n < MostTrials; n++)
        {
            var trial = complete[(int)((long)n * complete.Length / MostTrials)];
            study.Tell(study.Ask(trial.Values), new TrialResult(trial.Objectives) { Constraints = trial.Constraints });
        }

        return study.History;
    }

    /// <summary>Only the ratios of the divergences mean something.</summary>
    private static IReadOnlyList<KeyValuePair<string, double>> Shares(IReadOnlyList<ParameterImportance> divergences) =>
        Ranked(divergences, unit: divergences.Sum(row => row.Importance) is > 0 and var sum ? sum : 1);

    private static IReadOnlyList<KeyValuePair<string, double>> Ranked(IReadOnlyList<ParameterImportance> rows, double unit) =>
    [
        .. rows.OrderByDescending(row => row.Importance).ThenBy(row => row.Name, StringComparer.Ordinal)
            .Select(row => KeyValuePair.Create(row.Name, row.Importance / unit)),
    ];
}
