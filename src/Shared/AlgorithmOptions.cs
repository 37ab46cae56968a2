namespace LogMl.Shared;

/// <summary>The options of each algorithm: those of its options record in LogMl.Optimization, in snake_case, with the same ranges.</summary>
internal static class AlgorithmOptions
{
    /// <summary>
    /// The option of tpe that asks for another one's behaviour; its only value makes the algorithm <see cref="AlgorithmNames.HyperoptTpe"/>.
    /// </summary>
    public const string Compatibility = "compatibility";

    public const string Hyperopt = "hyperopt";

    private static readonly OptionRule[] Tpe =
    [
        OptionRule.Integer("startup_trials", 0), OptionRule.Between("gamma", 0), OptionRule.Integer("min_good", 1), OptionRule.Integer("max_good", 1, 1000),
        OptionRule.Integer("candidates", 1), OptionRule.Number("recombination", 0, 1), OptionRule.Number("exploration", 0, 1),
        OptionRule.Between("prior_weight", 0), OptionRule.Between("good_bandwidth", 0), OptionRule.Between("bad_bandwidth", 0),
        OptionRule.Number("choice_smoothing", 0, 1), OptionRule.Integer("max_bad", 1, 10000),
    ];

    private static readonly OptionRule[] HyperoptTpe =
    [
        OptionRule.Integer("startup_trials", 0), OptionRule.Between("gamma", 0), OptionRule.Integer("candidates", 1), OptionRule.Between("prior_weight", 0),
        OptionRule.Integer("linear_forgetting", 1),
    ];

    private static readonly OptionRule[] GaussianProcess =
    [
        OptionRule.Integer("startup_trials", 1), OptionRule.Integer("candidates", 1), OptionRule.Integer("local_searches", 0),
        OptionRule.Number("refit_growth", 0), OptionRule.Number("smallest_improvement", 0), OptionRule.Integer("fit_observations", 2),
        OptionRule.Integer("max_observations", 2),
    ];

    private static readonly OptionRule[] Auto =
        [OptionRule.Integer("budget", 1), OptionRule.Integer("model_trials", 0), OptionRule.Integer("tpe_every", 2)];

    private static readonly OptionRule[] Anneal = [OptionRule.Number("mean_rank", 1), OptionRule.Number("shrinking", 0)];

    private static readonly OptionRule[] Grid = [OptionRule.Integer("levels", 1), OptionRule.Integer("exhaustive_up_to", 0)];

    private static readonly OptionRule[] CmaEs =
        [OptionRule.Integer("population", 4), OptionRule.Between("sigma", 0), OptionRule.Integer("population_growth", 1)];

    private static readonly OptionRule[] NsgaII =
    [
        OptionRule.Integer("population", 2), OptionRule.Number("crossover_probability", 0, 1), OptionRule.Number("crossover_index", 0),
        OptionRule.Number("mutation_probability", 0, 1), OptionRule.Number("mutation_index", 0),
    ];

    /// <summary>The options of an algorithm, but for <see cref="Compatibility"/>.</summary>
    /// <param name="algorithm">One of <see cref="AlgorithmNames.All"/>.</param>
    public static OptionRule[] Of(string algorithm) => algorithm switch
    {
        AlgorithmNames.Tpe => Tpe,
        AlgorithmNames.HyperoptTpe => HyperoptTpe,
        AlgorithmNames.GaussianProcess => GaussianProcess,
        AlgorithmNames.Auto => Auto,
        AlgorithmNames.Anneal => Anneal,
        AlgorithmNames.Grid => Grid,
        AlgorithmNames.CmaEs => CmaEs,
        AlgorithmNames.NsgaII => NsgaII,
        _ => [],
    };
}
