namespace LogMl.Optimization;

/// <summary>Random search: every parameter is drawn from its distribution, whatever was told.</summary>
internal sealed class RandomSampler(long seed) : Sampler(Samplers.RandomAlgorithmId, seed)
{
    private protected override Proposal Prepare(IReadOnlyList<Trial> trials) => (parameter, random) => parameter.Distribution.Draw(random);
}
