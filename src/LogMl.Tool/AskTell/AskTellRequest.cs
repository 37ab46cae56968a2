using LogMl.Shared;

namespace LogMl.Tool.AskTell;

/// <summary>What a command line of <c>ask-tell</c> says.</summary>
/// <param name="Space">The file with the search space.</param>
/// <param name="Algorithm">One of <see cref="Algorithms.Names"/>.</param>
/// <param name="Seed">The sampler's seed.</param>
/// <param name="Evaluations">The number of proposals.</param>
internal sealed record AskTellRequest(string Space, string Algorithm, long Seed, int Evaluations)
{
    /// <summary>The name of a study that none is given for.</summary>
    public const string UsualStudy = "ask-tell";

    /// <summary>The file with the sampler's options, or null.</summary>
    public string? Options { get; init; }

    /// <summary>The file with the points that a study begins with, or null.</summary>
    public string? Points { get; init; }

    /// <summary>The place of the storage with the study, or null.</summary>
    public string? Storage { get; init; }

    /// <summary>The name of the study in it, or null.</summary>
    public string? Study { get; init; }
}
