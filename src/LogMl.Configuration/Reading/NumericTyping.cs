using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>Types a parameter that has a distribution over numbers.</summary>
internal sealed class NumericTyping(DiagnosticBag diagnostics)
{
    /// <summary>How many standard deviations a normal value is taken to stay within: beyond is one value in 10^23.</summary>
    private const double WidestDeviation = 10;

    private readonly ScalarReader _scalars = new(diagnostics);

    public ParameterConfiguration Read(string name, YamlNode? defaultNode, DistributionKind distribution, WrittenDistribution written)
    {
        var isInteger = DistributionSignature.IsInteger(distribution)
            || (written.IsSound && HasIntegerValues(distribution, written.Arguments) && IsInteger(defaultNode));
        var kind = isInteger ? ParameterKind.Long : ParameterKind.Double;
        var sound = written.IsSound
            ? new DistributionConfiguration(distribution, written.Arguments.ToEquatableArray(), default, default)
            : null;
        var value = defaultNode is null ? null : ReadDefault(name, defaultNode, kind, distribution);
        if (defaultNode is not null && value is not null && sound is not null)
        {
            DistributionRange.Check(name, defaultNode, value, sound, diagnostics);
        }

        value ??= defaultNode is null ? null : isInteger ? new ConfigurationValue.Integer(0) : new ConfigurationValue.Number(0);
        var isWide = (written.IsSound && Largest(distribution, written.Arguments) > int.MaxValue)
            || value is ConfigurationValue.Integer { Value: < int.MinValue or > int.MaxValue };
        var type = new ParameterType(isInteger && !isWide ? ParameterKind.Int : kind, value is ConfigurationValue.Null);
        return new ParameterConfiguration(name, type, value, sound);
    }

    /// <summary>The value of a default, or null when it is, reported, not of the kind.</summary>
    private ConfigurationValue? ReadDefault(string name, YamlNode node, ParameterKind kind, DistributionKind distribution)
    {
        switch (node)
        {
            case YamlScalar { IsNull: true }:
                return new ConfigurationValue.Null();
            case YamlScalar scalar when _scalars.Refuses(scalar):
                return null;
            case YamlScalar scalar when _scalars.ReadAs(scalar, kind) is { } value:
                return value;
            default:
                diagnostics.Report(
                    ConfigurationDiagnostics.DefaultKind,
                    node,
                    YamlScalar.Shown(name),
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
        DistributionSignature.IsQuantized(kind)
        && IsWhole(arguments[2])
        && (kind != DistributionKind.QUniform || (IsWhole(arguments[0]) && IsWhole(arguments[1])))
        && Largest(kind, arguments) <= ScalarReader.LargestExactInteger;

    private static bool IsWhole(double number) => number == Math.Floor(number);

    /// <summary>The largest magnitude that the distribution gives.</summary>
    private static double Largest(DistributionKind kind, IReadOnlyList<double> arguments) => kind switch
    {
        DistributionKind.RandInt when arguments.Count == 1 => arguments[0] - 1,
        DistributionKind.RandInt => Math.Max(Math.Abs(arguments[0]), Math.Abs(arguments[1] - 1)),
        DistributionKind.UniformInt => Math.Max(Math.Abs(arguments[0]), Math.Abs(arguments[1])),
        DistributionKind.QUniform => Math.Max(Math.Abs(arguments[0]), Math.Abs(arguments[1])) + arguments[2],
        DistributionKind.QLogUniform => Math.Exp(arguments[1]) + arguments[2],
        DistributionKind.QNormal => Math.Abs(arguments[0]) + (WidestDeviation * arguments[1]) + arguments[2],
        DistributionKind.QLogNormal => Math.Exp(arguments[0] + (WidestDeviation * arguments[1])) + arguments[2],
        _ => 0,
    };
}
