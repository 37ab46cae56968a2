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
    /// The choice that a list of options, or a mapping of branches, means without its name; null when it is something else. Numbers alone
    /// may be the arguments of any distribution.
    /// </summary>
    public static MeantDistribution? OfOptions(YamlNode node)
    {
        var options = node switch
        {
            YamlSequence { Items.Count: > 1 } list when !list.Items.All(IsNumber) => list.Items,
            YamlMapping mapping when mapping.Pairs.Count > 0 && mapping.Pairs.All(IsBranch) => BranchesOf(mapping),
            _ => null,
        };
        var name = new YamlScalar(DistributionConfiguration.NameOf(DistributionKind.Choice), isPlain: true, node.Start, node.Start);
        return options is null
            ? null
            : Of(DistributionKind.Choice, [name, new YamlSequence(options, node.Start, node.End)]);
    }

    /// <summary>
    /// The choice that is meant where its options, or the pairs of a pchoice, are its arguments, and not one list; null when that is not
    /// known.
    /// </summary>
    public static MeantDistribution? OfArguments(DistributionKind kind, YamlSequence list, IReadOnlyList<YamlNode> arguments) =>
        AreOptions(kind, arguments)
            ? Of(kind, [list.Items[0], new YamlSequence(arguments, arguments[0].Start, list.End)])
            : null;

    /// <summary>What the arguments of a choice mean where they are not one list of options; nothing when that is not known.</summary>
    public static IReadOnlyList<YamlNode> OptionsIn(DistributionKind kind, IReadOnlyList<YamlNode> arguments) => arguments switch
    {
        [var first, ..] when AreOptions(kind, arguments) => OptionsOf(kind, [first, new YamlSequence(arguments, first.Start, first.End)]),
        [YamlSequence list, ..] when OptionShape.Of(list) is OptionShape.Constant => OptionsOf(kind, [list, list]),
        [YamlMapping mapping] => BranchesOf(mapping),
        { Count: > 1 } => OptionsOf(kind, [arguments[0], new YamlSequence(arguments, arguments[0].Start, arguments[0].End)]),
        _ => [],
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

    /// <summary>Whether arguments are options, or pairs of a pchoice, that are not in a list.</summary>
    private static bool AreOptions(DistributionKind kind, IReadOnlyList<YamlNode> arguments) =>
        arguments.Count > 1 && (kind == DistributionKind.PChoice
            ? arguments.All(argument => argument is YamlSequence { Items: [var probability, _] } && IsNumber(probability))
            : kind == DistributionKind.Choice && !(arguments[0] is YamlSequence && OptionShape.Of(arguments[0]) is OptionShape.Constant));

    private static bool IsBranch(YamlPair pair) => pair is { Key: YamlScalar, Value: YamlMapping or YamlScalar { IsNull: true } };

    private static IReadOnlyList<YamlNode> BranchesOf(YamlMapping mapping) =>
        [.. mapping.Pairs.Select(pair => new YamlMapping([pair], pair.Key.Start, pair.Value.End))];

    private static bool IsNumber(YamlNode node) =>
        node is YamlScalar scalar && ScalarReader.NaturalKind(scalar) is ParameterKind.Int or ParameterKind.Double;

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
            [.. pairs.Items.Select(pair => pair is YamlSequence { Items: [_, var option, ..] } ? option : pair)
                .Where(option => option is not YamlSequence { Items.Count: < 2 })],
        _ => [],
    };

    private static string Show(YamlNode node) => node switch
    {
        YamlScalar scalar => YamlScalar.Display(scalar.Text),
        YamlSequence list => Show(list.Items),
        YamlMapping { Pairs: [{ Key: YamlScalar key }] } => $"{{{YamlScalar.Display(key.Text)}: ...}}",
        _ => "{...}",
    };

    private static string Show(IReadOnlyList<YamlNode> items) => ShortText.OfList(items, ScalarReader.MaxShownItems, Show);
}
