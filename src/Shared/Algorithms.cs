namespace LogMl.Shared;

/// <summary>
/// The names that <c>algorithm:</c> in the YAML, <c>-p:HyperOptAlgorithm=</c> and <c>ask-tell --algo</c> accept, with the rules of each
/// algorithm's options. The rules have the names (in snake_case) and ranges of the options record in LogMl.Optimization.
/// </summary>
internal static class Algorithms
{
    public const string Auto = "auto";
    public const string Random = "random";
    public const string Tpe = "tpe";
    public const string HyperoptTpe = "tpe-hyperopt";
    public const string Anneal = "anneal";
    public const string Qmc = "qmc";
    public const string Grid = "grid";
    public const string CmaEs = "cmaes";
    public const string NsgaII = "nsga2";
    public const string GaussianProcess = "gp";

    /// <summary>The default algorithm: the best one on every suite that was measured (docs/engine.md, "Auto").</summary>
    public const string Default = Auto;

    /// <summary>
    /// The option of tpe that asks for hyperopt's behaviour. Its only value makes the algorithm <see cref="HyperoptTpe"/>.
    /// </summary>
    public static readonly OptionRule Compatibility = OptionRule.Word("compatibility", "hyperopt");

    private static readonly (string Name, OptionRule[] Options)[] Table =
    [
        (Auto, [OptionRule.Integer("budget", 1), OptionRule.Integer("model_trials", 0), OptionRule.Integer("tpe_every", 2)]),
        (Tpe,
        [
            OptionRule.Integer("startup_trials", 0), OptionRule.Between("gamma", 0), OptionRule.Integer("min_good", 1),
            OptionRule.Integer("max_good", 1, 1000),
            OptionRule.Integer("candidates", 1), OptionRule.Number("recombination", 0, 1), OptionRule.Number("exploration", 0, 1),
            OptionRule.Between("prior_weight", 0), OptionRule.Between("good_bandwidth", 0), OptionRule.Between("bad_bandwidth", 0),
            OptionRule.Number("choice_smoothing", 0, 1), OptionRule.Integer("max_bad", 1, 10000),
        ]),
        (HyperoptTpe,
        [
            OptionRule.Integer("startup_trials", 0), OptionRule.Between("gamma", 0), OptionRule.Integer("candidates", 1),
            OptionRule.Between("prior_weight", 0),
            OptionRule.Integer("linear_forgetting", 1),
        ]),
        (GaussianProcess,
        [
            OptionRule.Integer("startup_trials", 1), OptionRule.Integer("candidates", 1), OptionRule.Integer("local_searches", 0),
            OptionRule.Number("refit_growth", 0), OptionRule.Number("smallest_improvement", 0), OptionRule.Integer("fit_observations", 2),
            OptionRule.Integer("max_observations", 2),
        ]),
        (Random, []),
        (Anneal, [OptionRule.Number("mean_rank", 1), OptionRule.Number("shrinking", 0)]),
        (Qmc, []),
        (Grid, [OptionRule.Integer("levels", 1), OptionRule.Integer("exhaustive_up_to", 0)]),
        (CmaEs, [OptionRule.Integer("population", 4), OptionRule.Between("sigma", 0), OptionRule.Integer("population_growth", 1)]),
        (NsgaII,
        [
            OptionRule.Integer("population", 2), OptionRule.Number("crossover_probability", 0, 1), OptionRule.Number("crossover_index", 0),
            OptionRule.Number("mutation_probability", 0, 1), OptionRule.Number("mutation_index", 0),
        ]),
    ];

    /// <summary>All names, in the order in which messages list them.</summary>
    public static readonly string[] Names = Array.ConvertAll(Table, row => row.Name);

    /// <summary>The names of those that search for the front of several objectives, or do not learn from results at all.</summary>
    public static readonly string[] ForSeveralObjectives = [Auto, Tpe, Random, Qmc, Grid, NsgaII];

    /// <summary>The options of an algorithm, without <see cref="Compatibility"/>.</summary>
    /// <param name="algorithm">One of <see cref="Names"/>.</param>
    public static OptionRule[] OptionsOf(string algorithm) => Array.Find(Table, row => row.Name == algorithm).Options;
}
