using LogMl.Optimization;
using LogMl.Optimization.Importance;
using LogMl.Report.Reading;

namespace LogMl.Report.Model;

/// <summary>The importance of each parameter for an objective.</summary>
/// <param name="Objective">The index of the objective.</param>
/// <param name="Fanova">The share of each parameter in the variance, in the order of the parameters.</param>
/// <param name="PedAnova">The share of each parameter in what makes trials good, in the order of the parameters.</param>
/// <param name="Trials">The number of complete trials that they are estimated from.</param>
internal sealed record ImportanceModel(int Objective, double[] Fanova, double[] PedAnova, int Trials)
{
    private const int FewestTrials = 4;

    /// <summary>The forest takes longer than its size: 10,000 trials of 30 parameters would take ten seconds.</summary>
    private const int MostTrials = 1_000;

    /// <summary>Above this number of values the forest has fewer trees, which are better ones.</summary>
    private const int ManyValues = 10_000;

    private const int FewTrees = 16;

    /// <summary>The importances for each objective; none while there are too few complete trials.</summary>
    public static IReadOnlyList<ImportanceModel> Of(StudyContent content)
    {
        if (content is not { View.History: { } all, Space: { } space })
        {
            return [];
        }

        TrialView[] complete = [.. all.Trials.Where(trial => trial.State == TrialState.Complete)];
        if (complete.Length < FewestTrials || all.Parameters.Count == 0)
        {
            return [];
        }

        var history = complete.Length > MostTrials ? Sample(complete, space, all.Directions) : all;
        var trials = Math.Min(complete.Length, MostTrials);
        var trees = trials * all.Parameters.Count > ManyValues ? FewTrees : new FanovaOptions().Trees;
        return
        [
            .. all.Directions.Select((_, k) => new ImportanceModel(
                k,
                InOrder(history, Importances.Fanova(history, new FanovaOptions { Objective = k, Trees = trees })),
                Shares(InOrder(history, Importances.PedAnova(history, new PedAnovaOptions { Objective = k }))),
                trials)),
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

    private static double[] InOrder(StudyHistory study, IReadOnlyList<ParameterImportance> ranked)
    {
        var shares = ranked.ToDictionary(row => row.Name, row => row.Importance, StringComparer.Ordinal);
        return [.. study.Parameters.Select(parameter => shares.GetValueOrDefault(parameter.Name))];
    }

    /// <summary>Only the ratios of the divergences mean something.</summary>
    private static double[] Shares(double[] divergences)
    {
        var sum = divergences.Sum();
        return sum > 0 ? [.. divergences.Select(divergence => divergence / sum)] : divergences;
    }
}
