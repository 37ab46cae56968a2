using LogMl.Optimization;
using LogMl.Optimization.Importance;

namespace LogMl.Report.Model;

/// <summary>The importance of each parameter for an objective.</summary>
/// <param name="Objective">The index of the objective.</param>
/// <param name="Fanova">The share of each parameter in the variance, in the order of the parameters.</param>
/// <param name="PedAnova">The share of each parameter in what makes trials good, in the order of the parameters.</param>
internal sealed record ImportanceModel(int Objective, double[] Fanova, double[] PedAnova)
{
    private const int FewestTrials = 4;

    /// <summary>Above this number of values the forest has fewer trees: they are better ones, and nobody likes to wait.</summary>
    private const int ManyValues = 30_000;

    private const int FewTrees = 16;

    /// <summary>The importances for each objective; none while there are too few complete trials.</summary>
    public static IReadOnlyList<ImportanceModel> Of(StudyHistory? study)
    {
        var complete = study?.Trials.Count(trial => trial.State == TrialState.Complete) ?? 0;
        if (study is null || complete < FewestTrials || study.Parameters.Count == 0)
        {
            return [];
        }

        var trees = complete * study.Parameters.Count > ManyValues ? FewTrees : new FanovaOptions().Trees;
        return
        [
            .. study.Directions.Select((_, k) => new ImportanceModel(
                k,
                InOrder(study, Importances.Fanova(study, new FanovaOptions { Objective = k, Trees = trees })),
                Shares(InOrder(study, Importances.PedAnova(study, new PedAnovaOptions { Objective = k }))))),
        ];
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
