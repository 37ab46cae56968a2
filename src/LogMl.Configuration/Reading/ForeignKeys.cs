namespace LogMl.Configuration.Reading;

/// <summary>Keys that users of other libraries expect in <c>hyper_parameter_optimization</c>.</summary>
internal static class ForeignKeys
{
    /// <summary>The names that hyperopt, Optuna and others have for our keys.</summary>
    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.Ordinal)
    {
        ["seed"] = "random_seed",
        ["random_state"] = "random_seed",
        ["rstate"] = "random_seed",
        ["n_trials"] = "max_evals",
        ["num_trials"] = "max_evals",
        ["max_trials"] = "max_evals",
        ["trials"] = "max_evals",
        ["n_iter"] = "max_evals",
        ["budget"] = "max_evals",
        ["sampler"] = "algorithm",
        ["algo"] = "algorithm",
        ["search_algorithm"] = "algorithm",
        ["search_space"] = "space",
        ["distributions"] = "space",
        ["n_jobs"] = "workers",
        ["parallelism"] = "workers",
        ["max_concurrent_trials"] = "workers",
        ["early_stopping"] = "no_improvement",
        ["early_stop_fn"] = "no_improvement",
        ["patience"] = "no_improvement",
        ["scheduler"] = "pruner",
        ["initial_points"] = "points_to_evaluate",
        ["enqueue_trials"] = "points_to_evaluate",
        ["max_time"] = "timeout",
    };

    private const string Minimized = "the loss is minimized; to maximize a figure, let model_evaluate give its negative";
    private const string Loss = "what is optimized is the loss that model_evaluate gives";

    /// <summary>Names of things that have no key here, with what to use instead.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["direction"] = Minimized,
        ["directions"] = Minimized,
        ["mode"] = Minimized,
        ["maximize"] = Minimized,
        ["minimize"] = Minimized,
        ["metric"] = Loss,
        ["objective"] = Loss,
        ["fn"] = Loss,
        ["study_name"] = "the build property HyperOptStudy names the study",
        ["storage"] = "the build property HyperOptStorageFile names a file with the location of the database",
        ["load_if_exists"] = "a study goes on by itself when it is searched again",
    };

    /// <summary>The key that means the same, or null.</summary>
    public static string? SynonymOf(string name) => Synonyms.TryGetValue(name, out var key) ? key : null;

    /// <summary>What to do instead, or null.</summary>
    public static string? AdviceFor(string name) => Elsewhere.TryGetValue(name, out var advice) ? advice : null;
}
