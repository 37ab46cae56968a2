using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>Finds the common kind of several scalars, and reads them as that kind.</summary>
internal sealed class CommonType(DiagnosticBag diagnostics)
{
    private static readonly ParameterKind[] Candidates = [ParameterKind.Bool, ParameterKind.Int, ParameterKind.Double];

    private readonly ScalarReader _scalars = new(diagnostics);

    /// <summary>
    /// The common kind: that of all of them by themselves; double for integers and doubles; else the one as which all of them can be read
    /// (<c>[true, no]</c> is bool). Nulls are of every kind. Null when there is none.
    /// </summary>
    public static ParameterKind? Of(IReadOnlyList<YamlScalar> scalars)
    {
        var kinds = scalars.Select(ScalarReader.NaturalKind).Where(kind => kind is not null).Distinct().ToList();
        if (kinds.Count < 2)
        {
            return kinds.Count == 0 ? ParameterKind.String : kinds[0];
        }

        foreach (var candidate in Candidates)
        {
            // The values 0.5 and 2.0 are no integers, although 2.0 could be one.
            var isExact = candidate != ParameterKind.Int || !kinds.Contains(ParameterKind.Double);
            if (isExact && scalars.All(scalar => scalar.IsNull || ScalarReader.Fits(scalar, candidate)))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>
    /// Reads all as a kind that fits them. Warns of ambiguous scalars when no unambiguous one shows what the kind is.
    /// </summary>
    public List<ConfigurationValue> Convert(IReadOnlyList<YamlScalar> scalars, ParameterKind kind)
    {
        var isSettled = scalars.Any(scalar => !ScalarReader.IsAmbiguous(scalar) && ScalarReader.NaturalKind(scalar) == kind);
        return scalars.Select(scalar => Convert(scalar, kind, isSettled)).ToList();
    }

    private ConfigurationValue Convert(YamlScalar scalar, ParameterKind kind, bool isSettled)
    {
        if (scalar.IsNull)
        {
            return new ConfigurationValue.Null();
        }

        if (ScalarReader.NotFinite(scalar, kind) is { } notFinite)
        {
            return notFinite;
        }

        if (kind == ParameterKind.Double && _scalars.Refuses(scalar))
        {
            return new ConfigurationValue.Number(0);
        }

        if (!isSettled && ScalarReader.IsAmbiguous(scalar) && ScalarReader.NaturalKind(scalar) == kind)
        {
            _scalars.WarnAmbiguous(scalar);
        }

        return _scalars.ReadAs(scalar, kind) ?? throw new ArgumentException("The scalar has no value of this kind.", nameof(kind));
    }

    /// <summary>int, or long when an integer needs it; other kinds as they are.</summary>
    public static ParameterKind Widen(ParameterKind kind, IEnumerable<ConfigurationValue> values) =>
        kind == ParameterKind.Int && values.Any(value => value is ConfigurationValue.Integer { Value: < int.MinValue or > int.MaxValue })
            ? ParameterKind.Long
            : kind;

    /// <summary>Two scalars of different kinds, for a message, with the place of the second.</summary>
    public static (YamlScalar Place, string Difference) Clash(IReadOnlyList<YamlScalar> scalars)
    {
        var valued = scalars.Where(scalar => !scalar.IsNull).ToList();
        var first = valued[0];
        var second = valued.First(scalar => ScalarReader.NaturalKind(scalar) != ScalarReader.NaturalKind(first));
        return (second, $"{first.Description} is {NameOf(first)}, {second.Description} is {NameOf(second)}");
    }

    /// <summary>The name of a kind in messages.</summary>
    public static string NameOf(ParameterKind kind) => kind switch
    {
        ParameterKind.Bool => "true or false",
        ParameterKind.Int or ParameterKind.Long => "a whole number",
        ParameterKind.Double => "a number",
        ParameterKind.List => "a list",
        _ => "text",
    };

    private static string NameOf(YamlScalar scalar) => NameOf(ScalarReader.NaturalKind(scalar) ?? ParameterKind.String);
}
