using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;
using LogMl.Shared;

namespace LogMl.Configuration.Reading;

/// <summary>Types a parameter that has a distribution over numbers.</summary>
internal sealed class NumericTyping(DiagnosticBag diagnostics)
{
    /// <summary>The range that is assumed for a normal value, in standard deviations. One value in 10^23 lies beyond.</summary>
    private const double WidestDeviation = 10;

    private readonly ScalarReader _scalars = new(diagnostics);
    private readonly TypedReader _typed = new(diagnostics);

    /// <param name="name">The name of the parameter.</param>
    /// <param name="defaultNode">Its default, or null.</param>
    /// <param name="place">The node of its distribution.</param>
    /// <param name="distribution">The distribution.</param>
    /// <param name="written">Its arguments.</param>
    /// <param name="declared">The declared type of the parameter, or null.</param>
    public ParameterConfiguration Read(
        string name, YamlNode? defaultNode, YamlNode place, DistributionKind distribution, WrittenDistribution written,
        ParameterType? declared)
    {
        if (declared is not null)
        {
            return ReadDeclared(name, defaultNode, place, distribution, written, declared);
        }

        var isInteger = DistributionForm.Of(distribution).IsInteger || (CanBeInteger(written) && IsInteger(defaultNode));
        var kind = isInteger ? ParameterKind.Long : ParameterKind.Double;
        var value = defaultNode is null ? null : ReadDefault(name, defaultNode, kind, distribution);
        var isWide = NeedsLong(written)
            || value is ConfigurationValue.Integer { Value: < int.MinValue or > int.MaxValue };
        var type = new ParameterType(isInteger && !isWide ? ParameterKind.Int : kind, value is ConfigurationValue.Null);
        return Checked(name, written.HasDoubtfulBounds ? null : defaultNode, type, value, Sound(written));
    }

    private ParameterConfiguration ReadDeclared(
        string name, YamlNode? defaultNode, YamlNode place, DistributionKind distribution, WrittenDistribution written,
        ParameterType declared)
    {
        if (Contradiction(distribution, written, declared.Kind) is { } contradiction)
        {
            _typed.ReportMismatch(name, declared, place, contradiction);
            return new ParameterConfiguration(name, declared, null, null);
        }

        var value = defaultNode is null ? null : _typed.ReadDeclared(name, declared, defaultNode, mayBeInfinite: true);
        return Checked(name, written.HasDoubtfulBounds ? null : defaultNode, declared, value, Sound(written));
    }

    private ParameterConfiguration Checked(
        string name, YamlNode? defaultNode, ParameterType type, ConfigurationValue? value, DistributionConfiguration? distribution)
    {
        if (defaultNode is not null && value is not null && distribution is not null)
        {
            DistributionRange.Check(name, defaultNode, value, distribution, diagnostics);
        }

        return new ParameterConfiguration(name, type, value, distribution);
    }

    /// <summary>A numeric distribution; null when it is not sound.</summary>
    public static DistributionConfiguration? Sound(WrittenDistribution written) => written.IsSound
        ? new DistributionConfiguration(written.Kind!.Value, written.Arguments.ToEquatableArray(), default, default)
        : null;

    /// <summary>Whether the values of a distribution are, or can be read as, whole numbers.</summary>
    public static bool CanBeInteger(WrittenDistribution written) => DistributionForm.Of(written.Kind!.Value).IsInteger
        || (written.IsSound && HasIntegerValues(written.Kind.Value, written.Arguments));

    /// <summary>Whether the whole numbers of a distribution need 64 bits.</summary>
    public static bool NeedsLong(WrittenDistribution written) =>
        written.IsSound && Largest(written.Kind!.Value, written.Arguments) > int.MaxValue;

    /// <summary>Why the values of a distribution are not all of a declared kind, or null when they are.</summary>
    public static string? Contradiction(DistributionKind distribution, WrittenDistribution written, ParameterKind declared)
    {
        var what = $"its distribution '{DistributionConfiguration.NameOf(distribution)}' gives ";
        return declared switch
        {
            ParameterKind.Double => null,
            not (ParameterKind.Int or ParameterKind.Long) => what + "numbers",
            _ when !written.IsSound => null,
            _ when !DistributionForm.Of(distribution).IsInteger
                && !HasIntegerValues(distribution, written.Arguments) => what + "real numbers",
            ParameterKind.Int when Largest(distribution, written.Arguments) > int.MaxValue => what + "numbers that only a long can hold",
            _ => null,
        };
    }

    /// <summary>The value of a default; null when it is of another kind, which is reported.</summary>
    public ConfigurationValue? ReadDefault(string name, YamlNode node, ParameterKind kind, DistributionKind distribution)
    {
        switch (node)
        {
            case YamlScalar { IsNull: true }:
                return new ConfigurationValue.Null();
            case YamlScalar scalar when _scalars.Refuses(scalar):
                return null;
            case YamlScalar scalar when ScalarReader.NotFinite(scalar, kind) is { } notFinite:
                return notFinite;
            case YamlScalar scalar when _scalars.ReadAs(scalar, kind) is { } value:
                return value;
            default:
                diagnostics.Report(
                    ConfigurationDiagnostics.DefaultKind,
                    node,
                    YamlScalar.Display(name),
                    CommonType.NameOf(kind),
                    DistributionConfiguration.NameOf(distribution),
                    node.Description);
                return null;
        }
    }

    private static bool IsInteger(YamlNode? node) => node is YamlScalar scalar && ScalarReader.NaturalKind(scalar) == ParameterKind.Int;

    /// <summary>
    /// True when the distribution rounds to whole numbers that a long can hold: q is whole and, for quniform, whose bounds are values
    /// themselves, the bounds are whole too.
    /// </summary>
    private static bool HasIntegerValues(DistributionKind kind, IReadOnlyList<double> arguments) =>
        DistributionForm.Of(kind).IsQuantized
        && IsWhole(arguments[2])
        && (kind != DistributionKind.QUniform || (IsWhole(arguments[0]) && IsWhole(arguments[1])))
        && Largest(kind, arguments) <= DistributionLimits.LargestExactInteger;

    private static bool IsWhole(double number) => number == Math.Floor(number);

    /// <summary>The largest magnitude of an integer value; 0 for a distribution of real numbers, which fit into any double.</summary>
    private static double Largest(DistributionKind kind, IReadOnlyList<double> arguments)
    {
        var range = new NumericRange(DistributionForm.Of(kind), arguments);
        if (range.Form.IsContinuous)
        {
            return 0;
        }

        var (low, high) = range.Form.Law == DistributionLaw.Normal
            ? (arguments[0] - (WidestDeviation * arguments[1]), arguments[0] + (WidestDeviation * arguments[1]))
            : (range.LawLow, range.LawHigh);
        return (range.Form.IsLog ? Math.Exp(high) : Math.Max(Math.Abs(low), Math.Abs(high))) + (range.Q ?? 0);
    }
}
