using LogMl.Configuration.Model;

namespace LogMl.Configuration.Reading;

/// <summary>The names of the distributions and of their arguments.</summary>
internal static class DistributionSignature
{
    /// <summary>The lower bound.</summary>
    public const string Low = "low";

    /// <summary>The upper bound.</summary>
    public const string High = "high";

    public static IEnumerable<string> Names => DistributionForm.All.Select(form => DistributionConfiguration.NameOf(form.Kind));

    public static DistributionKind? Find(string? name) =>
        DistributionForm.All.FirstOrDefault(form => DistributionConfiguration.NameOf(form.Kind) == name)?.Kind;

    /// <summary>The names of the arguments, in their order.</summary>
    public static string[] Arguments(DistributionKind kind, int count) => DistributionForm.Of(kind) switch
    {
        { HasOptions: true } => ["options"],
        { Kind: DistributionKind.RandInt } when count == 1 => ["upper"],
        { Law: var law, IsQuantized: var isQuantized } =>
            [.. law == DistributionLaw.Normal ? new[] { "mu", "sigma" } : [Low, High], .. isQuantized ? new[] { "q" } : []],
    };

    /// <summary>The arguments for a message.</summary>
    public static string Describe(DistributionKind kind) => kind switch
    {
        DistributionKind.Choice => "1 argument, the list of options",
        DistributionKind.PChoice => "1 argument, the list of [probability, option] pairs",
        DistributionKind.RandInt => "1 argument (upper) or 2 arguments (low, high)",
        _ => $"{Arguments(kind, 0).Length} arguments ({string.Join(", ", Arguments(kind, 0))})",
    };
}
