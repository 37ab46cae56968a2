namespace LogMl.Configuration.Reading;

/// <summary>The names of the distributions and of their arguments.</summary>
internal static class DistributionSignature
{
    private static readonly DistributionKind[] Kinds = (DistributionKind[])Enum.GetValues(typeof(DistributionKind));

    public static IEnumerable<string> Names => Kinds.Select(DistributionConfiguration.NameOf);

    public static DistributionKind? Find(string? name)
    {
        foreach (var kind in Kinds)
        {
            if (DistributionConfiguration.NameOf(kind) == name)
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>True for choice and pchoice.</summary>
    public static bool HasOptions(DistributionKind kind) => kind is DistributionKind.Choice or DistributionKind.PChoice;

    /// <summary>True for the distributions that are over whole numbers by definition.</summary>
    public static bool IsInteger(DistributionKind kind) => kind is DistributionKind.RandInt or DistributionKind.UniformInt;

    /// <summary>True when the first two arguments are the natural logarithms of the bounds.</summary>
    public static bool HasLogBounds(DistributionKind kind) => kind is DistributionKind.LogUniform or DistributionKind.QLogUniform;

    /// <summary>True when the logarithm of the value is normal.</summary>
    public static bool IsLogNormal(DistributionKind kind) => kind is DistributionKind.LogNormal or DistributionKind.QLogNormal;

    /// <summary>True for the distributions that round to a multiple of q.</summary>
    public static bool IsQuantized(DistributionKind kind) =>
        kind is DistributionKind.QUniform or DistributionKind.QLogUniform or DistributionKind.QNormal or DistributionKind.QLogNormal;

    /// <summary>The names of the arguments, in their order.</summary>
    public static string[] Arguments(DistributionKind kind, int count) => kind switch
    {
        DistributionKind.Choice or DistributionKind.PChoice => ["options"],
        DistributionKind.RandInt when count == 1 => ["upper"],
        DistributionKind.Normal or DistributionKind.LogNormal => ["mu", "sigma"],
        DistributionKind.QNormal or DistributionKind.QLogNormal => ["mu", "sigma", "q"],
        DistributionKind.QUniform or DistributionKind.QLogUniform => ["low", "high", "q"],
        _ => ["low", "high"],
    };

    /// <summary>The arguments as a message says them.</summary>
    public static string Describe(DistributionKind kind) => kind switch
    {
        DistributionKind.Choice => "1 argument, the list of options",
        DistributionKind.PChoice => "1 argument, the list of [probability, option] pairs",
        DistributionKind.RandInt => "1 argument (upper) or 2 arguments (low, high)",
        _ => $"{(IsQuantized(kind) ? 3 : 2)} arguments ({string.Join(", ", Arguments(kind, 0))})",
    };
}
