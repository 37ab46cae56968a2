using System.Text.Json;
using LogMl.Optimization;
using LogMl.Shared;

namespace LogMl.Host.Sampling;

/// <summary>Makes samplers from the names and options that the YAML, MSBuild and ask-tell know.</summary>
internal static class SamplerFactory
{
    /// <param name="algorithm">One of <see cref="AlgorithmNames.All"/>.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="options">An object with options by their snake_case names; null for none.</param>
    /// <param name="budget">How many trials the search shall have: what <c>auto</c> takes as its budget when no option says it.</param>
    /// <exception cref="FormatException">The algorithm has no such option, or a value is wrong.</exception>
    public static Sampler Create(string algorithm, long seed, JsonElement? options, int budget)
    {
        if (algorithm == AlgorithmNames.Tpe && options is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(AlgorithmOptions.Compatibility, out _))
        {
            return Compatible(seed, json);
        }

        var values = options is { } some ? OptionValues.Read(some, algorithm, RulesOf(algorithm)) : OptionValues.None;
        return algorithm == AlgorithmNames.Auto ? Samplers.Auto(seed, Auto(values, budget)) : Create(algorithm, seed, values);
    }

    private static Sampler Create(string algorithm, long seed, OptionValues values) => algorithm switch
    {
        AlgorithmNames.Random => Samplers.Random(seed),
        AlgorithmNames.Tpe => Samplers.Tpe(seed, Tpe(values)),
        AlgorithmNames.HyperoptTpe => Samplers.HyperoptTpe(seed, HyperoptTpe(values)),
        AlgorithmNames.GaussianProcess => Samplers.GaussianProcess(seed, GaussianProcess(values)),
        AlgorithmNames.Anneal => Samplers.Anneal(seed, Anneal(values)),
        AlgorithmNames.Qmc => Samplers.Qmc(seed),
        AlgorithmNames.Grid => Samplers.Grid(Grid(values)),
        AlgorithmNames.CmaEs => Samplers.CmaEs(seed, CmaEs(values)),
        AlgorithmNames.NsgaII => Samplers.NsgaII(seed, NsgaII(values)),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Names are checked before."),
    };

    /// <summary>tpe with <c>compatibility: hyperopt</c> is tpe-hyperopt, with the options of that one.</summary>
    private static Sampler Compatible(long seed, JsonElement options)
    {
        OptionRule[] rules = [OptionRule.Word(AlgorithmOptions.Compatibility, AlgorithmOptions.Hyperopt), .. AlgorithmOptions.Of(AlgorithmNames.HyperoptTpe)];
        return Create(AlgorithmNames.HyperoptTpe, seed, OptionValues.Read(options, AlgorithmNames.Tpe, rules));
    }

    /// <summary>With the switch to compatibility, so that a slip in its name finds it.</summary>
    private static OptionRule[] RulesOf(string algorithm) => algorithm == AlgorithmNames.Tpe
        ? [.. AlgorithmOptions.Of(algorithm), OptionRule.Word(AlgorithmOptions.Compatibility, AlgorithmOptions.Hyperopt)]
        : AlgorithmOptions.Of(algorithm);

    private static TpeOptions Tpe(OptionValues values)
    {
        var defaults = new TpeOptions();
        return new TpeOptions
        {
            StartupTrials = values.Integer("startup_trials", defaults.StartupTrials),
            Gamma = values.Number("gamma", defaults.Gamma),
            MinGood = values.Integer("min_good", defaults.MinGood),
            MaxGood = values.Integer("max_good", defaults.MaxGood),
            Candidates = values.Integer("candidates", defaults.Candidates),
            Recombination = values.Number("recombination", defaults.Recombination),
            Exploration = values.Number("exploration", defaults.Exploration),
            PriorWeight = values.Number("prior_weight", defaults.PriorWeight),
            GoodBandwidth = values.Number("good_bandwidth", defaults.GoodBandwidth),
            BadBandwidth = values.Number("bad_bandwidth", defaults.BadBandwidth),
            ChoiceSmoothing = values.Number("choice_smoothing", defaults.ChoiceSmoothing),
            MaxBad = values.Integer("max_bad", defaults.MaxBad),
        };
    }

    private static HyperoptTpeOptions HyperoptTpe(OptionValues values)
    {
        var defaults = new HyperoptTpeOptions();
        return new HyperoptTpeOptions
        {
            StartupTrials = values.Integer("startup_trials", defaults.StartupTrials),
            Gamma = values.Number("gamma", defaults.Gamma),
            Candidates = values.Integer("candidates", defaults.Candidates),
            PriorWeight = values.Number("prior_weight", defaults.PriorWeight),
            LinearForgetting = values.Integer("linear_forgetting", defaults.LinearForgetting),
        };
    }

    private static AutoOptions Auto(OptionValues values, int budget)
    {
        var defaults = new AutoOptions();
        return new AutoOptions
        {
            Budget = values.Integer("budget", Math.Max(1, budget)),
            ModelTrials = values.Integer("model_trials", defaults.ModelTrials),
            TpeEvery = values.Integer("tpe_every", defaults.TpeEvery),
        };
    }

    private static GpOptions GaussianProcess(OptionValues values)
    {
        var defaults = new GpOptions();
        return new GpOptions
        {
            StartupTrials = values.Integer("startup_trials", defaults.StartupTrials),
            Candidates = values.Integer("candidates", defaults.Candidates),
            LocalSearches = values.Integer("local_searches", defaults.LocalSearches),
            RefitGrowth = values.Number("refit_growth", defaults.RefitGrowth),
            SmallestImprovement = values.Number("smallest_improvement", defaults.SmallestImprovement),
            FitObservations = values.Integer("fit_observations", defaults.FitObservations),
            MaxObservations = values.Integer("max_observations", defaults.MaxObservations),
        };
    }

    private static AnnealOptions Anneal(OptionValues values)
    {
        var defaults = new AnnealOptions();
        return new AnnealOptions
        {
            MeanRank = values.Number("mean_rank", defaults.MeanRank),
            Shrinking = values.Number("shrinking", defaults.Shrinking),
        };
    }

    private static GridOptions Grid(OptionValues values)
    {
        var defaults = new GridOptions();
        return new GridOptions
        {
            Levels = values.Integer("levels", defaults.Levels),
            ExhaustiveUpTo = values.Integer("exhaustive_up_to", defaults.ExhaustiveUpTo),
        };
    }

    private static CmaEsOptions CmaEs(OptionValues values)
    {
        var defaults = new CmaEsOptions();
        return new CmaEsOptions
        {
            Population = values.Integer("population"),
            Sigma = values.Number("sigma", defaults.Sigma),
            PopulationGrowth = values.Integer("population_growth", defaults.PopulationGrowth),
        };
    }

    private static NsgaIIOptions NsgaII(OptionValues values)
    {
        var defaults = new NsgaIIOptions();
        return new NsgaIIOptions
        {
            Population = values.Integer("population", defaults.Population),
            CrossoverProbability = values.Number("crossover_probability", defaults.CrossoverProbability),
            CrossoverIndex = values.Number("crossover_index", defaults.CrossoverIndex),
            MutationProbability = values.Number("mutation_probability"),
            MutationIndex = values.Number("mutation_index", defaults.MutationIndex),
        };
    }
}
