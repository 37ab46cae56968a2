using System.Text.RegularExpressions;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;
using LogMl.Shared;

namespace LogMl.Configuration.Reading;

/// <summary>
/// A distribution that is written as a call, <c>uniform(0, 1)</c>, as a mapping, <c>uniform: [0, 1]</c>, or in place of a default.
/// </summary>
/// <param name="Written">The right form: <c>[uniform, 0, 1]</c>.</param>
/// <param name="Distribution">The distribution, for the type of its parameter.</param>
internal sealed record MeantDistribution(string Written, WrittenDistribution Distribution)
{
    private static readonly Regex Call = new(@"^(\w+)\s*\((.*)\)\z", RegexOptions.CultureInvariant | RegexOptions.Singleline);

    /// <summary>The distribution that a call means, or null when a node is no such call. In quotes it is a text.</summary>
    public static MeantDistribution? OfCall(YamlNode node)
    {
        if (node is not YamlScalar { IsPlain: true } scalar
            || Call.Match(scalar.Text) is not { Success: true } match
            || DistributionSignature.Find(match.Groups[1].Value.ToLowerInvariant()) is not { } kind)
        {
            return null;
        }

        var name = DistributionConfiguration.NameOf(kind);
        var arguments = match.Groups[2].Value.Trim();
        if (!DistributionForm.Of(kind).HasOptions)
        {
            return new MeantDistribution(YamlScalar.Display($"[{name}, {arguments}]"), WrittenDistribution.Unsound(kind));
        }

        var inner = arguments.StartsWith("[", StringComparison.Ordinal) ? arguments.Trim('[', ']') : arguments;
        var options = kind == DistributionKind.Choice ? inner.Split(',').Select(option => OptionOf(option.Trim(), scalar)).ToList() : [];
        return new MeantDistribution(
            YamlScalar.Display($"[{name}, {(arguments == inner ? "[" + arguments + "]" : arguments)}]"),
            new WrittenDistribution(kind, [], options, [], IsSound: false));
    }

    /// <summary>The distribution that a call or a mapping means, also as the only item of a list; null when there is none.</summary>
    public static MeantDistribution? OfSpace(YamlNode node) => node switch
    {
        YamlSequence { Items: [YamlMapping only] } => OfSpace(only),
        YamlMapping { Pairs: [{ Key: YamlScalar name, Value: YamlSequence arguments }] }
            when DistributionSignature.Find(name.Text) is { } kind =>
            DistributionForm.Of(kind).HasOptions ? Of(kind, [name, arguments]) : Of(kind, [name, .. arguments.Items]),
        _ => OfCall(node),
    };

    /// <summary>
    /// The distribution in place of a default, or null. A list of texts alone may be a list whose first item is such a name; with a number
    /// or a list in it, it is a distribution.
    /// </summary>
    public static MeantDistribution? OfDefault(YamlNode? node) => node switch
    {
        YamlSequence { Items: [YamlScalar head, ..] items } when DistributionSignature.Find(head.Text) is { } kind && !items.All(IsText) =>
            Of(kind, items),
        YamlScalar => OfCall(node),
        _ => null,
    };

    private static MeantDistribution Of(DistributionKind kind, IReadOnlyList<YamlNode> items) =>
        new(YamlScalar.Display(Show(items)), new WrittenDistribution(kind, [], OptionsOf(kind, items), [], IsSound: false));

    private static bool IsText(YamlNode node) =>
        node is YamlScalar scalar && ScalarReader.NaturalKind(scalar) is null or ParameterKind.String;

    private static YamlScalar OptionOf(string text, YamlScalar place)
    {
        var inner = text.Trim('\'', '"');
        return new YamlScalar(inner, isPlain: inner == text, place.Start, place.End);
    }

    private static IReadOnlyList<YamlNode> OptionsOf(DistributionKind kind, IReadOnlyList<YamlNode> items) => (kind, items) switch
    {
        (DistributionKind.Choice, [_, YamlSequence options]) => options.Items,
        (DistributionKind.PChoice, [_, YamlSequence pairs]) =>
            [.. pairs.Items.Select(pair => pair is YamlSequence { Items: [_, var option] } ? option : null).OfType<YamlNode>()],
        _ => [],
    };

    private static string Show(YamlNode node) => node switch
    {
        YamlScalar scalar => YamlScalar.Display(scalar.Text),
        YamlSequence list => Show(list.Items),
        _ => "{...}",
    };

    private static string Show(IReadOnlyList<YamlNode> items) => ShortText.OfList(items, ScalarReader.MaxShownItems, Show);
}
