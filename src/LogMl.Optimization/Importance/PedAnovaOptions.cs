namespace LogMl.Optimization.Importance;

/// <summary>The options of <see cref="Importances.PedAnova"/>.</summary>
public sealed record PedAnovaOptions
{
    /// <summary>The share of the trials that count as the best ones, in (0, 1).</summary>
    public double Quantile { get; init; } = 0.1;

    /// <summary>The index of the objective, from 0.</summary>
    public int Objective { get; init; }

    internal void Validate()
    {
        if (!(Quantile > 0 && Quantile < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Quantile), Require.Text($"{nameof(Quantile)} must be between 0 and 1; got {Quantile}."));
        }
    }
}
