using System.Globalization;
using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;
using LogMl.Shared;

namespace LogMl.Configuration.Reading;

/// <summary>
/// Reads scalars as the type that is needed: where a number is needed, <c>1e-5</c> is one, whatever a YAML version says. When both versions
/// read a value of the needed type and the values differ (<c>010</c>), YAML 1.2 decides, and a warning says so.
/// </summary>
internal sealed class ScalarReader(DiagnosticBag diagnostics)
{
    /// <summary>The greatest number of items that a message shows of a list.</summary>
    public const int MaxShownItems = 8;

    /// <summary>The value of a scalar by itself, by YAML 1.2. A quoted scalar is text.</summary>
    public static ConfigurationValue Natural(YamlScalar scalar) =>
        (scalar.TaggedKind is { } kind ? NotFinite(scalar, kind) ?? Newer(scalar, kind) ?? Older(scalar, kind) : null)
        ?? (scalar.IsPlain ? Yaml12Scalars.Read(scalar.Text) : new ConfigurationValue.Text(scalar.Text));

    /// <summary>True when YAML 1.1 reads the scalar differently.</summary>
    public static bool IsAmbiguous(YamlScalar scalar) => scalar.TaggedKind is { } kind
        ? Newer(scalar, kind) is { } newer && Older(scalar, kind) is { } older && !newer.Equals(older)
        : scalar.IsPlain && !Yaml12Scalars.Read(scalar.Text).Equals(Yaml11Scalars.Read(scalar.Text));

    /// <summary>The kind of a scalar by itself; null for null.</summary>
    public static ParameterKind? NaturalKind(YamlScalar scalar) => Natural(scalar) switch
    {
        ConfigurationValue.Null => null,
        ConfigurationValue.Bool => ParameterKind.Bool,
        ConfigurationValue.Integer => ParameterKind.Int,
        ConfigurationValue.Number => ParameterKind.Double,
        _ => ParameterKind.String,
    };

    /// <summary>Whether YAML 1.1 or 1.2 reads a scalar as this kind.</summary>
    public static bool Fits(YamlScalar scalar, ParameterKind kind) =>
        (NotFinite(scalar, kind) ?? Newer(scalar, kind) ?? Older(scalar, kind)) is not null;

    /// <summary>The number that <c>.inf</c>, <c>-.inf</c> or <c>.nan</c> is where a double is needed; null for everything else.</summary>
    public static ConfigurationValue.Number? NotFinite(YamlScalar scalar, ParameterKind kind)
    {
        var sign = scalar.Text.Length > 0 && scalar.Text[0] is '+' or '-' ? 1 : 0;
        return kind == ParameterKind.Double
            && scalar.Text.Length > sign + 1
            && scalar.Text[sign] == '.'
            && char.IsLetter(scalar.Text[sign + 1])
            && Yaml12Scalars.Read(scalar.Text) is ConfigurationValue.Number { IsFinite: false } number
                ? number
                : null;
    }

    /// <summary>Reports a number that only a default can have: the space and its points are finite.</summary>
    public bool RefusesNotFinite(YamlScalar scalar)
    {
        if (NotFinite(scalar, ParameterKind.Double) is null)
        {
            return Refuses(scalar);
        }

        diagnostics.Report(ConfigurationDiagnostics.NumberOutOfRange, scalar, YamlScalar.Display(scalar.Text), "it is not finite");
        return true;
    }

    /// <summary>Reports a number that no parameter can have: beyond the largest double, an integer beyond 64 bits.</summary>
    public bool Refuses(YamlScalar scalar)
    {
        if (NotFinite(scalar, ParameterKind.Double) is not null
            || Yaml12Scalars.Read(scalar.Text) is not ConfigurationValue.Number { Value: var value } number)
        {
            return false;
        }

        var isWhole = scalar.Text.StartsWith("0x", StringComparison.Ordinal) || scalar.Text.All(c => c is not ('.' or 'e' or 'E'));
        var isInteger = isWhole && Math.Abs(value) >= long.MaxValue;
        if (number.IsFinite && !isInteger)
        {
            return false;
        }

        var reason = isInteger ? "integers have 64 bits; write 1.0e+19 for a floating-point number" : "it is not finite";
        diagnostics.Report(ConfigurationDiagnostics.NumberOutOfRange, scalar, YamlScalar.Display(scalar.Text), reason);
        return true;
    }

    /// <summary>The value of a scalar as the needed kind; null when no version reads it as that kind.</summary>
    public ConfigurationValue? ReadAs(YamlScalar scalar, ParameterKind kind)
    {
        if (kind == ParameterKind.String)
        {
            return new ConfigurationValue.Text(scalar.Text);
        }

        var newer = Newer(scalar, kind);
        var older = Older(scalar, kind);
        if (newer is not null && older is not null && !newer.Equals(older))
        {
            WarnAmbiguous(scalar);
        }

        return newer ?? older;
    }

    /// <summary>Warns how the two versions of YAML read a scalar, and that 1.2 decides.</summary>
    public void WarnAmbiguous(YamlScalar scalar)
    {
        var newer = Describe(Yaml12Scalars.Read(scalar.Text));
        var older = Describe(Yaml11Scalars.Read(scalar.Text));
        diagnostics.Report(ConfigurationDiagnostics.AmbiguousScalar, scalar, YamlScalar.Display(scalar.Text), newer, older, newer);
    }

    /// <summary>A value for a message.</summary>
    public static string Show(ConfigurationValue value) => value switch
    {
        ConfigurationValue.Null => "null",
        ConfigurationValue.Bool { Value: var truth } => truth ? "true" : "false",
        ConfigurationValue.Integer { Value: var integer } => integer.ToString(CultureInfo.InvariantCulture),
        ConfigurationValue.Number { Value: var number } => Show(number),
        ConfigurationValue.Text { Value: var text } => "'" + YamlScalar.Display(text) + "'",
        ConfigurationValue.List { Items: var items } => ShortText.OfList(items, MaxShownItems, Show),
        ConfigurationValue.Mapping { Entries: [var entry, ..] } => $"{{{YamlScalar.Display(entry.Name)}: ...}}",
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    /// <summary>The shortest text that reads back as the number.</summary>
    public static string Show(double number) =>
        double.IsNaN(number) ? ".nan"
            : double.IsInfinity(number) ? (number > 0 ? ".inf" : "-.inf")
            : number.ToString("R", CultureInfo.InvariantCulture);

    private static ConfigurationValue? Newer(YamlScalar scalar, ParameterKind kind) => Fit(Yaml12Scalars.Read(scalar.Text), kind);

    private static ConfigurationValue? Older(YamlScalar scalar, ParameterKind kind) => Fit(Yaml11Scalars.Read(scalar.Text), kind);

    private static string Describe(ConfigurationValue? value) => value switch
    {
        null => "a date",
        ConfigurationValue.Text => "text",
        ConfigurationValue.Integer or ConfigurationValue.Number => "the number " + Show(value),
        _ => Show(value),
    };

    private static ConfigurationValue? Fit(ConfigurationValue? value, ParameterKind kind) => (kind, value) switch
    {
        (ParameterKind.Bool, ConfigurationValue.Bool) => value,
        (ParameterKind.Int or ParameterKind.Long, ConfigurationValue.Integer) => value,
        (ParameterKind.Int or ParameterKind.Long, ConfigurationValue.Number { Value: var number })
            when Math.Abs(number) <= DistributionLimits.LargestExactInteger
                && number == Math.Floor(number) => new ConfigurationValue.Integer((long)number),
        (ParameterKind.Double, ConfigurationValue.Integer { Value: var integer }) => new ConfigurationValue.Number(integer),
        (ParameterKind.Double, ConfigurationValue.Number { IsFinite: true }) => value,
        _ => null,
    };
}
