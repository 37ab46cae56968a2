using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tpe;

/// <summary>
/// TPE (J. Bergstra et al., "Algorithms for hyper-parameter optimization", NIPS 2011) with joint densities over the tree of parameters.
/// Candidates are drawn from l(x), the density of the good trials, and the one with the largest l(x) / g(x) is taken, where g(x) is the
/// density of the bad trials. That ratio grows with the expected improvement (section 4.1).
/// </summary>
internal sealed class TpeSampler : Sampler
{
    private readonly TpeOptions _options;

    public TpeSampler(long seed, TpeOptions options)
        : base(Samplers.TpeAlgorithmId, seed)
    {
        options.Validate();
        _options = options;
    }

    internal override Proposer CreateProposer(History history) => new TpeProposer(history, Seed, _options);
}
