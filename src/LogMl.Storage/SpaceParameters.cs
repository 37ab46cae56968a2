using LogMl.Optimization;

namespace LogMl.Storage;

/// <summary>The parameters of a space as the engine has them, without a search.</summary>
internal static class SpaceParameters
{
    /// <summary>All of them, each choice before those of its branches.</summary>
    public static IReadOnlyList<Parameter> Of(SearchSpace space) =>
        new Study(space, new StudyOptions { Sampler = Samplers.Random(seed: 0) }).Parameters;
}
