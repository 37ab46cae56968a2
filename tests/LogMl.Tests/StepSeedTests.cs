using CsCheck;

namespace LogMl.Tests;

public sealed class StepSeedTests
{
    // These values were computed by another program (FNV-1a). A change of them would change what a seed in users' YAML files means.
    [Theory]
    [InlineData(0, "dataset_create", 799856260)]
    [InlineData(7, "model_train", 2052414645)]
    [InlineData(-1, "dataset_split", 1973486038)]
    [InlineData(long.MaxValue, "é", 1714951694)]
    public void A_seed_is_the_same_on_every_machine(long seed, string step, int expected) =>
        Assert.Equal(expected, StepSeed.Of(seed, step));

    [Fact]
    public void A_seed_is_never_negative() =>
        Gen.Select(Gen.Long, Gen.String).Sample((seed, step) => StepSeed.Of(seed, step) >= 0);

    [Fact]
    public void Neighbouring_seeds_give_different_ones()
    {
        var seeds = Enumerable.Range(0, 10_000).Select(seed => StepSeed.Of(seed, "model_train")).ToHashSet();
        Assert.Equal(10_000, seeds.Count);
    }
}
