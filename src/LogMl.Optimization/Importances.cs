using LogMl.Optimization.Importance;

namespace LogMl.Optimization;

/// <summary>The importance of each parameter for the loss, estimated from the complete trials of a study.</summary>
/// <remarks>
/// The importance of a parameter of a branch is its importance while the branch is chosen, times the share of the trials that chose the
/// branch. The effect of choosing the branch itself is the importance of the choice.
/// </remarks>
public static class Importances
{
    /// <summary>
    /// fANOVA: the share of the variance of the loss, over the whole search space with its priors, that each parameter explains by itself.
    /// A random forest predicts the loss between the trials, and the variances of its predictions are computed exactly (F. Hutter, H. Hoos,
    /// K. Leyton-Brown, "An efficient approach for assessing hyperparameter importance", ICML 2014).
    /// </summary>
    /// <param name="study">The study, by its read-only view <see cref="Study.History"/>.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>
    /// The shares in [0, 1], the largest first. The rest up to 1 is the share of interactions between parameters. All shares are 0 if all
    /// losses are equal.
    /// </returns>
    /// <exception cref="InvalidOperationException">The study has fewer than two complete trials.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static IReadOnlyList<ParameterImportance> Fanova(StudyHistory study, FanovaOptions? options = null)
    {
        options ??= new FanovaOptions();
        options.Validate();
        return Ranked(study, new Fanova(Table(study, options.Objective), options).Importances());
    }

    /// <summary>
    /// PED-ANOVA: how much the distribution of a parameter in the best trials differs from its distribution in all trials, measured by the
    /// Pearson divergence of the two densities (S. Watanabe, A. Bansal, F. Hutter, "PED-ANOVA: efficiently quantifying hyperparameter
    /// importance in arbitrary subspaces", IJCAI 2023, equation 10). It needs no model of the loss. It measures which parameters made
    /// trials <b>good</b>, whereas the variance of fANOVA is often dominated by the bad trials.
    /// </summary>
    /// <param name="study">The study, by its read-only view <see cref="Study.History"/>.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The divergences, at least 0 and without an upper bound, the largest first. Only their ratios are meaningful.</returns>
    /// <exception cref="InvalidOperationException">The study has fewer than two complete trials.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static IReadOnlyList<ParameterImportance> PedAnova(StudyHistory study, PedAnovaOptions? options = null)
    {
        options ??= new PedAnovaOptions();
        options.Validate();
        return Ranked(study, new PedAnova(Table(study, options.Objective), options).Importances());
    }

    private static TrialTable Table(StudyHistory study, int objective)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (objective < 0 || objective >= study.Directions.Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(objective), $"The study has {study.Directions.Count} objectives, from 0; got {objective}.");
        }

        TrialView[] complete = [.. study.Trials.Where(trial => trial.State == TrialState.Complete)];
        return complete.Length >= 2
            ? new TrialTable(study, complete, objective)
            : throw new InvalidOperationException($"Importance needs at least two complete trials; the study has {complete.Length}.");
    }

    private static ParameterImportance[] Ranked(StudyHistory study, double[] importances) =>
        [.. study.Parameters.Select((parameter, i) => new ParameterImportance(parameter.Name, importances[i]))
            .OrderByDescending(i => i.Importance)];
}
