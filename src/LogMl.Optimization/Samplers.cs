using LogMl.Optimization.Annealing;
using LogMl.Optimization.Auto;
using LogMl.Optimization.CmaEs;
using LogMl.Optimization.GaussianProcesses;
using LogMl.Optimization.Grid;
using LogMl.Optimization.HyperoptTpe;
using LogMl.Optimization.MultiObjective;
using LogMl.Optimization.Qmc;
using LogMl.Optimization.Sampling;
using LogMl.Optimization.Tpe;

namespace LogMl.Optimization;

/// <summary>The samplers: each proposes the points of a study.</summary>
public static class Samplers
{
    /// <summary>The id of <see cref="Random"/>.</summary>
    public const string RandomAlgorithmId = "random/1";

    /// <summary>The id of <see cref="Tpe"/>.</summary>
    public const string TpeAlgorithmId = "tpe/2";

    /// <summary>The id of <see cref="HyperoptTpe"/>.</summary>
    public const string HyperoptTpeAlgorithmId = "tpe-hyperopt/1";

    /// <summary>The id of <see cref="Anneal"/>.</summary>
    public const string AnnealAlgorithmId = "anneal/1";

    /// <summary>The id of <see cref="Qmc"/>.</summary>
    public const string QmcAlgorithmId = "qmc/1";

    /// <summary>The id of <see cref="CmaEs"/>.</summary>
    public const string CmaEsAlgorithmId = "cmaes/1";

    /// <summary>The id of <see cref="NsgaII"/>.</summary>
    public const string NsgaIIAlgorithmId = "nsga2/1";

    /// <summary>The id of <see cref="GaussianProcess"/>.</summary>
    public const string GpAlgorithmId = "gp/1";

    /// <summary>The id of <see cref="Auto"/>.</summary>
    public const string AutoAlgorithmId = "auto/2";

    /// <summary>The id of <see cref="Grid"/>.</summary>
    public const string GridAlgorithmId = "grid/1";

    /// <summary>Random search: every point is drawn from the prior.</summary>
    /// <param name="seed">Any number; the same seed gives the same points.</param>
    /// <returns>The sampler.</returns>
    public static Sampler Random(long seed) => new RandomSampler(seed);

    /// <summary>
    /// The tree-structured Parzen estimator (J. Bergstra, R. Bardenet, Y. Bengio, B. Kégl, "Algorithms for hyper-parameter optimization",
    /// NIPS 2011), with the estimators and defaults of hyperopt 0.3.0. Use it to compare with hyperopt, or to continue work that was tuned
    /// there.
    /// </summary>
    /// <param name="seed">Any number; the same seed and the same history give the same points.</param>
    /// <param name="options">The options, or null for hyperopt's defaults.</param>
    /// <returns>The sampler.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Sampler HyperoptTpe(long seed, HyperoptTpeOptions? options = null) =>
        new HyperoptTpeSampler(seed, options ?? new HyperoptTpeOptions());

    /// <summary>
    /// A tree-structured Parzen estimator with joint densities over the tree of parameters, tuned for small numbers of trials. It optimizes
    /// one or several objectives. A proposal takes a fraction of a millisecond, whatever the number of trials.
    /// </summary>
    /// <param name="seed">Any number; the same seed and the same history give the same points.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The sampler.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Sampler Tpe(long seed, TpeOptions? options = null) => new TpeSampler(seed, options ?? new TpeOptions());

    /// <summary>
    /// hyperopt's annealing: it samples around one of the best trials, in a neighbourhood that shrinks with every trial. It is simple and
    /// cheap, and good for smooth losses.
    /// </summary>
    /// <param name="seed">Any number; the same seed and the same history give the same points.</param>
    /// <param name="options">The options, or null for hyperopt's defaults.</param>
    /// <returns>The sampler.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Sampler Anneal(long seed, AnnealOptions? options = null) => new AnnealSampler(seed, options ?? new AnnealOptions());

    /// <summary>
    /// Quasi-random search: the points of an Owen-scrambled Sobol sequence, which fill the space more evenly than random points. Results of
    /// trials have no influence.
    /// </summary>
    /// <param name="seed">Any number; the same seed gives the same points.</param>
    /// <returns>The sampler.</returns>
    public static Sampler Qmc(long seed) => new QmcSampler(seed);

    /// <summary>
    /// CMA-ES with restarts (N. Hansen, "The CMA evolution strategy: a tutorial", 2016): for numeric parameters that depend on each other,
    /// and many trials.
    /// </summary>
    /// <param name="seed">Any number; the same seed and the same history give the same points.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The sampler.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Sampler CmaEs(long seed, CmaEsOptions? options = null) => new CmaEsSampler(seed, options ?? new CmaEsOptions());

    /// <summary>
    /// NSGA-II (K. Deb et al., "A fast and elitist multiobjective genetic algorithm: NSGA-II", 2002): a genetic algorithm that searches the
    /// Pareto front of several objectives.
    /// </summary>
    /// <param name="seed">Any number; the same seed and the same history give the same points.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The sampler.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Sampler NsgaII(long seed, NsgaIIOptions? options = null) => new NsgaIISampler(seed, options ?? new NsgaIIOptions());

    /// <summary>Grid search: every combination of values once. Then the search ends (<see cref="Study.TryAsk"/> returns null).</summary>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The sampler. It draws nothing; its seed is 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Sampler Grid(GridOptions? options = null) => new GridSampler(options ?? new GridOptions());

    /// <summary>Bayesian optimization with a Gaussian process. It needs the fewest trials; a proposal takes some milliseconds.</summary>
    /// <param name="seed">Any number; the same seed and the same history give the same points.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The sampler.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Sampler GaussianProcess(long seed, GpOptions? options = null) => new GpSampler(seed, options ?? new GpOptions());

    /// <summary>
    /// Chooses a sampler for each trial by the space and the history: first a Gaussian process beside TPE, later TPE and CMA-ES. Use it
    /// when you have no reason for another one.
    /// </summary>
    /// <param name="seed">Any number; the same seed and the same history give the same points.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The sampler.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Sampler Auto(long seed, AutoOptions? options = null) => new AutoSampler(seed, options ?? new AutoOptions());
}
