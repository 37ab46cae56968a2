using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tpe;

/// <summary>
/// TPE (J. Bergstra et al., "Algorithms for hyper-parameter optimization", NIPS 2011) with joint densities over the tree of parameters: of some
/// candidates drawn from l(x), the density of the good trials, the one with the largest l(x) / g(x) is taken, g being the density of the
/// other trials. That ratio grows with the expected improvement (section 4.1).
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
