using LogMl.Optimization.Importance;

namespace LogMl.Optimization;

/// <summary>Which parameters mattered for the loss, estimated from the complete trials of a study.</summary>
/// <remarks>
/// A parameter of a branch is judged by what it does while its branch is chosen, in proportion to how often that is; whether the branch
/// should be chosen at all is the importance of the choice.
/// </remarks>
public static class Importances
{
    /// <summary>
    /// fANOVA: the share of the variance of the loss, over the whole search space with its priors, that each parameter explains by itself.
    /// The loss between the trials is predicted by a random forest, of which the variances follow exactly (F. Hutter, H. Hoos, K.
    /// Leyton-Brown, "An efficient approach for assessing hyperparameter importance", ICML 2014).
    /// </summary>
    /// <param name="study">The study.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The shares in [0, 1], the largest first. What they lack to 1 is due to interactions of parameters. All are 0 when all
    /// losses are equal.</returns>
    /// <exception cref="InvalidOperationException">The study has fewer than two complete trials.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static IReadOnlyList<ParameterImportance> Fanova(Study study, FanovaOptions? options = null)
    {
        options ??= new FanovaOptions();
        options.Validate();
        return Ranked(study, new Fanova(Table(study, options.Objective), options).Importances());
    }

    /// <summary>
    /// PED-ANOVA: how far the values of each parameter in the best trials are distributed differently from those in all trials, as the
    /// Pearson divergence of the two densities (S. Watanabe, A. Bansal, F. Hutter, "PED-ANOVA: efficiently quantifying hyperparameter
    /// importance in arbitrary subspaces", IJCAI 2023, equation 10). It needs no model of the loss, and tells what mattered for being
    /// <b>good</b>, where fANOVA is dominated by what made trials bad.
    /// </summary>
    /// <param name="study">The study.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The divergences, not negative and without an upper bound, the largest first. Only their ratios have a meaning.</returns>
    /// <exception cref="InvalidOperationException">The study has fewer than two complete trials.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static IReadOnlyList<ParameterImportance> PedAnova(Study study, PedAnovaOptions? options = null)
    {
        options ??= new PedAnovaOptions();
        options.Validate();
        return Ranked(study, new PedAnova(Table(study, options.Objective), options).Importances());
    }

    private static TrialTable Table(Study study, int objective)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (objective < 0 || objective >= study.Options.Directions.Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(objective), $"The study has {study.Options.Directions.Count} objectives, from 0; got {objective}.");
        }

        Trial[] complete = [.. study.Trials.Where(trial => trial.State == TrialState.Complete)];
        return complete.Length >= 2
            ? new TrialTable(study, complete, objective)
            : throw new InvalidOperationException($"Importance needs at least two complete trials; the study has {complete.Length}.");
    }

    private static ParameterImportance[] Ranked(Study study, double[] importances) =>
        [.. study.Parameters.Select((parameter, i) => new ParameterImportance(parameter.Name, importances[i]))
            .OrderByDescending(i => i.Importance)];
}
