using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>Types a parameter that has a choice or a pchoice: by its options together with its default, or by its declared type.</summary>
internal sealed class ChoiceTyping(DiagnosticBag diagnostics)
{
    private readonly CommonType _common = new(diagnostics);
    private readonly DefaultTyping _lists = new(diagnostics);
    private readonly ScalarReader _scalars = new(diagnostics);
    private readonly TypedReader _typed = new(diagnostics);

    /// <summary>The parameter; null when its options do not determine its type.</summary>
    public ParameterConfiguration? Read(
        string name, YamlNode? defaultNode, DistributionKind kind, WrittenDistribution written, ParameterType? declared)
    {
        var options = written.Options.Where(option => !option.IsInvalid).ToList();
        if (options.Count == 0)
        {
            return null;
        }

        var typed = declared is not null ? ReadDeclared(name, defaultNode, options, declared)
            : options.Any(option => option is YamlSequence) ? ReadLists(name, defaultNode, kind, options)
            : ReadScalars(name, defaultNode, kind, options.Cast<YamlScalar>().ToList());
        if (typed is not var (type, defaultValue, values))
        {
            return null;
        }

        if (!written.IsSound || values.Count < written.Options.Count || HasInfinite(type, options))
        {
            return new ParameterConfiguration(name, type, defaultValue, null);
        }

        WarnRepeated(name, kind, options, values);

        var distribution = new DistributionConfiguration(
            kind,
            default,
            OptionConfiguration.Constants(values),
            written.Probabilities.ToEquatableArray());
        if (defaultNode is not null && defaultValue is not null)
        {
            DistributionRange.Check(name, defaultNode, defaultValue, distribution, diagnostics);
        }

        return new ParameterConfiguration(name, type, defaultValue, distribution);
    }

    private TypedValues ReadDeclared(string name, YamlNode? defaultNode, List<YamlNode> options, ParameterType declared)
    {
        var values = new List<ConfigurationValue>();
        foreach (var option in options)
        {
            // One wrong option is reported; the others would repeat it.
            if (_typed.ReadDeclared(name, declared, option, mayBeInfinite: false) is not { } value)
            {
                return new TypedValues(declared, null, []);
            }

            values.Add(value);
        }

        return new TypedValues(
            declared, defaultNode is null ? null : _typed.ReadDeclared(name, declared, defaultNode, mayBeInfinite: true), values);
    }

    private TypedValues? ReadScalars(string name, YamlNode? defaultNode, DistributionKind distribution, List<YamlScalar> options)
    {
        if (CommonType.Of(options) is not { } kind)
        {
            var (place, difference) = CommonType.Clash(options);
            diagnostics.Report(ConfigurationDiagnostics.NoCommonType, place, YamlScalar.Display(name), difference);
            return null;
        }

        var scalars = new List<YamlScalar>(options);
        var hasDefault = false;
        if (defaultNode is YamlScalar scalar && CommonType.Of([.. options, scalar]) is { } common)
        {
            hasDefault = true;
            kind = common;
            scalars.Add(scalar);
        }
        else if (defaultNode is not null)
        {
            ReportDefault(name, defaultNode, distribution, CommonType.NameOf(kind));
        }

        var values = _common.Convert(scalars, kind);
        var type = TypeOf(name, CommonType.Widen(kind, values), scalars, values);
        var defaultValue = hasDefault ? values[values.Count - 1] : null;
        return new TypedValues(type, defaultValue, values.Take(options.Count).ToList());
    }

    private TypedValues? ReadLists(string name, YamlNode? defaultNode, DistributionKind distribution, List<YamlNode> options)
    {
        if (options.FirstOrDefault(option => option is YamlScalar { IsNull: false }) is { } scalar)
        {
            var difference = $"{scalar.Description} is not a list, another option is";
            diagnostics.Report(ConfigurationDiagnostics.NoCommonType, scalar, YamlScalar.Display(name), difference);
            return null;
        }

        var lists = new List<YamlNode>(options);
        var hasDefault = defaultNode is YamlSequence or YamlScalar { IsNull: true };
        if (hasDefault)
        {
            lists.Add(defaultNode!);
        }
        else if (defaultNode is not null)
        {
            ReportDefault(name, defaultNode, distribution, "a list");
        }

        // All items of all lists are of one type.
        if (_lists.ReadItems(name, lists.OfType<YamlSequence>().SelectMany(list => list.Items).ToList()) is not var (kind, items))
        {
            return null;
        }

        var values = Regroup(lists, items);
        var element = new ParameterType(kind, items.Any(item => item is ConfigurationValue.Null));
        var type = new ParameterType(ParameterKind.List, values.Any(value => value is ConfigurationValue.Null), default, element);
        var defaultValue = hasDefault ? values[values.Count - 1] : null;
        return new TypedValues(type, defaultValue, values.Take(options.Count).ToList());
    }

    private static List<ConfigurationValue> Regroup(List<YamlNode> lists, List<ConfigurationValue> items)
    {
        var next = 0;
        var values = new List<ConfigurationValue>();
        foreach (var list in lists)
        {
            var count = list is YamlSequence sequence ? sequence.Items.Count : -1;
            values.Add(count < 0
                ? new ConfigurationValue.Null()
                : new ConfigurationValue.List(items.GetRange(next, count).ToEquatableArray()));
            next += Math.Max(count, 0);
        }

        return values;
    }

    /// <summary>A closed set of names is an enum; other texts stay strings, with a warning when some of them are names.</summary>
    private ParameterType TypeOf(string name, ParameterKind kind, List<YamlScalar> scalars, List<ConfigurationValue> values)
    {
        var isNullable = values.Any(value => value is ConfigurationValue.Null);
        var texts = values.OfType<ConfigurationValue.Text>().Select(text => text.Value).Distinct(StringComparer.Ordinal).ToList();
        if (kind != ParameterKind.String || texts.Count == 0)
        {
            return new ParameterType(kind, isNullable);
        }

        if (EnumMembers.Obstacle(texts) is not var (obstacle, reason))
        {
            return new ParameterType(ParameterKind.Enum, isNullable, texts.ToEquatableArray(), null);
        }

        if (texts.Exists(EnumMembers.IsName))
        {
            var place = scalars.First(scalar => scalar.Text == obstacle && !scalar.IsNull);
            diagnostics.Report(ConfigurationDiagnostics.TextAmongNames, place, YamlScalar.Display(name), reason);
        }

        return new ParameterType(kind, isNullable);
    }

    /// <summary>Reports options that are infinite or not a number where the parameter is a double.</summary>
    private bool HasInfinite(ParameterType type, List<YamlNode> options) =>
        (type.Element ?? type).Kind == ParameterKind.Double
        && options.SelectMany(option => option is YamlSequence list ? list.Items : [option])
            .OfType<YamlScalar>()
            .Any(_scalars.RefusesNotFinite);

    private void WarnRepeated(string name, DistributionKind kind, List<YamlNode> options, List<ConfigurationValue> values)
    {
        var seen = new HashSet<ConfigurationValue>();
        for (var i = 0; i < values.Count; i++)
        {
            if (!seen.Add(values[i]))
            {
                var remedy = kind == DistributionKind.Choice
                    ? "it is as likely as two of the others; to say so, give probabilities with 'pchoice'"
                    : "write it once, with the sum of its probabilities";
                diagnostics.Report(
                    ConfigurationDiagnostics.RepeatedOption, options[i], ScalarReader.Show(values[i]), YamlScalar.Display(name), remedy);
            }
        }
    }

    private void ReportDefault(string name, YamlNode node, DistributionKind distribution, string expected) => diagnostics.Report(
        ConfigurationDiagnostics.DefaultKind,
        node,
        YamlScalar.Display(name),
        expected,
        DistributionConfiguration.NameOf(distribution),
        node.Description);

    private sealed record TypedValues(ParameterType Type, ConfigurationValue? Default, List<ConfigurationValue> Options);
}
