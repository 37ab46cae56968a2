namespace LogMl.Configuration.Model;

/// <summary>The distributions, with the names and the meaning that hyperopt gives them.</summary>
public enum DistributionKind
{
    /// <summary>One of the options, each as likely as the others.</summary>
    Choice,

    /// <summary>One of the options, each with its probability.</summary>
    PChoice,

    /// <summary>A whole number, <c>[upper]</c>: 0 to upper - 1, or <c>[low, high]</c>: low to high - 1.</summary>
    RandInt,

    /// <summary><c>[low, high]</c>.</summary>
    Uniform,

    /// <summary><c>[low, high, q]</c>: uniform, rounded to a multiple of q.</summary>
    QUniform,

    /// <summary>A whole number, <c>[low, high]</c>, both included.</summary>
    UniformInt,

    /// <summary><c>[low, high]</c>, the natural logarithms of the bounds.</summary>
    LogUniform,

    /// <summary><c>[low, high, q]</c>: log-uniform, rounded to a multiple of q.</summary>
    QLogUniform,

    /// <summary><c>[mu, sigma]</c>.</summary>
    Normal,

    /// <summary><c>[mu, sigma, q]</c>: normal, rounded to a multiple of q.</summary>
    QNormal,

    /// <summary><c>[mu, sigma]</c> of the logarithm of the value.</summary>
    LogNormal,

    /// <summary><c>[mu, sigma, q]</c>: log-normal, rounded to a multiple of q.</summary>
    QLogNormal,
}

/// <summary>
/// The distribution of a parameter. What the reader gives here is sound: the right number of arguments, low below high, q and sigma
/// above 0, at least one option, probabilities that sum to 1.
/// </summary>
/// <param name="Kind">Which distribution.</param>
/// <param name="Arguments">The numbers as written, see <see cref="DistributionKind"/>; empty for choice and pchoice.</param>
/// <param name="Options">The options of choice and pchoice; empty for the others.</param>
/// <param name="Probabilities">One for each option of a pchoice; empty for the others.</param>
public sealed record DistributionConfiguration(
    DistributionKind Kind,
    EquatableArray<double> Arguments,
    EquatableArray<OptionConfiguration> Options,
    EquatableArray<double> Probabilities)
{
    /// <summary>The name as the YAML and the manifest have it, such as <c>loguniform</c>.</summary>
    public string Name => NameOf(Kind);

    /// <summary>The options that are values.</summary>
    public IEnumerable<ConfigurationValue> Constants => Options.OfType<OptionConfiguration.Constant>().Select(option => option.Value);

    /// <summary>The name of a distribution: its kind in lower case.</summary>
    public static string NameOf(DistributionKind kind) => kind.ToString().ToLowerInvariant();
}
