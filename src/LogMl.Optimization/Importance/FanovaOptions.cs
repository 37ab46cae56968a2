namespace LogMl.Optimization.Importance;

/// <summary>The options of <see cref="Importances.Fanova"/>.</summary>
public sealed record FanovaOptions
{
    /// <summary>The number of trees of the forest, at least 1. With more trees the result depends less on <see cref="Seed"/>.</summary>
    public int Trees { get; init; } = 64;

    /// <summary>The smallest number of trials in a leaf, at least 1. Larger leaves smooth a noisy loss.</summary>
    public int MinLeaf { get; init; } = 1;

    /// <summary>The index of the objective, from 0.</summary>
    public int Objective { get; init; }

    /// <summary>The seed of the bootstrap samples; the same seed gives the same result.</summary>
    public long Seed { get; init; }

    internal void Validate()
    {
        Require.AtLeast(Trees, 1, nameof(Trees));
        Require.AtLeast(MinLeaf, 1, nameof(MinLeaf));
    }
}
