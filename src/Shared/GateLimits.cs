namespace LogMl.Shared;

/// <summary>The limits of the gate at the end of a search, as a build writes them. Compiled into tasks and host.</summary>
internal static class GateLimits
{
    /// <summary>The property with the greatest loss that passes.</summary>
    public const string MaxLoss = "HyperOptMaxLoss";

    /// <summary>The property with the file of the baseline.</summary>
    public const string Baseline = "HyperOptBaseline";

    /// <summary>The property that says how much worse than the baseline a result may be.</summary>
    public const string MaxRegression = "HyperOptMaxRegression";

    /// <summary>The file of the baseline when <see cref="Baseline"/> names none, beside the project.</summary>
    public const string DefaultFile = "baseline.json";

    /// <summary>The values of <see cref="MaxLoss"/>.</summary>
    public static readonly OptionRule Loss = OptionRule.Any("max_loss", OptionKind.Number);
}
