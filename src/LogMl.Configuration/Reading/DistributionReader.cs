using System.Globalization;
using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;
using LogMl.Shared;

namespace LogMl.Configuration.Reading;

/// <summary>
/// A distribution as written. <see cref="Kind"/> is what was written or probably meant; null when that is unknown. The other properties are
/// valid only when <see cref="IsSound"/>.
/// </summary>
internal sealed record WrittenDistribution(
    DistributionKind? Kind,
    IReadOnlyList<double> Arguments,
    IReadOnlyList<YamlNode> Options,
    IReadOnlyList<double> Probabilities,
    bool IsSound)
{
    /// <summary>Whether the bounds are probably no logarithms, which is reported. Then the range says nothing about the default.</summary>
    public bool HasDoubtfulBounds { get; init; }

    public static WrittenDistribution Unsound(DistributionKind? kind) => new(kind, [], [], [], IsSound: false);

    /// <summary>A distribution with wrong arguments. Of a choice the options that they probably mean are known.</summary>
    public static WrittenDistribution Meant(DistributionKind kind, IReadOnlyList<YamlNode> arguments) => Unsound(kind) with
    {
        Options = DistributionForm.Of(kind).HasOptions ? MeantDistribution.OptionsIn(kind, arguments) : [],
    };
}

/// <summary>Reads and checks <c>[name, arguments...]</c>; the values of options are left to the typing of the parameter.</summary>
internal sealed class DistributionReader(ReadSession session)
{
    private const string Example = "['uniform', 0.0, 1.0]";

    private readonly NumericArguments _arguments = new(session.Diagnostics);
    private readonly ScalarReader _scalars = new(session.Diagnostics);

    public WrittenDistribution Read(string parameter, YamlNode node)
    {
        if (node is not YamlSequence { Items: [YamlScalar { IsNull: false } head, ..] items } list)
        {
            return ReportShape(parameter, node, MeantDistribution.OfSpace(node) ?? MeantDistribution.OfOptions(node));
        }

        var arguments = items.Skip(1).ToList();
        if (DistributionSignature.Find(head.Text) is not { } kind)
        {
            return ReadUnknown(parameter, list, head, arguments);
        }

        if (!DistributionForm.Of(kind).HasOptions)
        {
            var numbers = _arguments.Read(kind, list, arguments);
            return numbers is null ? WrittenDistribution.Unsound(kind) : new WrittenDistribution(kind, numbers, [], [], IsSound: true);
        }

        if (arguments.Count != 1)
        {
            ReportCount(kind, list, arguments, session.Diagnostics);
            return WrittenDistribution.Meant(kind, arguments);
        }

        return kind == DistributionKind.Choice ? ReadChoice(arguments[0]) : ReadPChoice(arguments[0]);
    }

    private WrittenDistribution ReportShape(string parameter, YamlNode node, MeantDistribution? meant)
    {
        session.Diagnostics.Report(
            ConfigurationDiagnostics.NotADistribution, node, YamlScalar.Display(parameter), meant?.Written ?? Example, node.Description);
        return meant?.Distribution ?? WrittenDistribution.Unsound(null);
    }

    /// <summary>A list that begins with a text which is no distribution: a misspelt one, or the first option of a choice.</summary>
    private WrittenDistribution ReadUnknown(string parameter, YamlSequence list, YamlScalar head, List<YamlNode> arguments)
    {
        string[] names = [.. DistributionSignature.Names];
        var nearest = DistributionSignature.Find(session.Diagnostics.Nearest(head.Text, names));
        var isOption = nearest is null && (arguments is not [YamlSequence only] || OptionShape.Of(only) is OptionShape.Distribution)
            && !arguments.TrueForAll(argument => argument is YamlScalar { IsNull: false } scalar
                && ScalarReader.NaturalKind(scalar) is ParameterKind.Int or ParameterKind.Double);
        if (isOption && MeantDistribution.OfOptions(list) is { } choice)
        {
            return ReportShape(parameter, list, choice);
        }

        session.Diagnostics.Report(
            ConfigurationDiagnostics.UnknownDistribution, head, YamlScalar.Display(head.Text),
            session.Diagnostics.Choices(head.Text, names));
        var hasBranches = arguments is [YamlSequence options] && options.Items.Any(option => option is YamlMapping);
        return (nearest ?? (hasBranches ? DistributionKind.Choice : null)) is { } kind
            ? WrittenDistribution.Meant(kind, arguments)
            : WrittenDistribution.Unsound(null);
    }

    /// <summary>Reports a wrong number of arguments: at the first one too many, or at the list that has too few.</summary>
    public static void ReportCount(DistributionKind kind, YamlSequence list, List<YamlNode> arguments, DiagnosticBag diagnostics)
    {
        var most = Math.Max(DistributionSignature.Arguments(kind, 0).Length, DistributionSignature.Arguments(kind, 1).Length);
        var place = arguments.Count > most ? arguments[most] : list;
        diagnostics.Report(
            ConfigurationDiagnostics.ArgumentCount,
            place,
            DistributionConfiguration.NameOf(kind),
            DistributionSignature.Describe(kind),
            arguments.Count.ToString(CultureInfo.InvariantCulture)
                + (MeantDistribution.OfArguments(kind, list, arguments) is { } meant ? $"; write {meant.Written}" : ""));
    }

    private WrittenDistribution ReadChoice(YamlNode argument) =>
        ReadOptions(DistributionKind.Choice, argument, "a list of options") is { } options
            ? new WrittenDistribution(DistributionKind.Choice, [], options, [], IsSound: true)
            : WrittenDistribution.Meant(DistributionKind.Choice, [argument]);

    private WrittenDistribution ReadPChoice(YamlNode argument)
    {
        if (ReadOptions(DistributionKind.PChoice, argument, "a list of [probability, option] pairs") is not { } pairs)
        {
            return WrittenDistribution.Meant(DistributionKind.PChoice, [argument]);
        }

        if (pairs.All(pair => pair is not YamlSequence))
        {
            // The probabilities are forgotten, which is one mistake.
            ReportArgument(pairs[0], "options", DistributionKind.PChoice, "[probability, option] pairs");
            return WrittenDistribution.Meant(DistributionKind.PChoice, [argument]);
        }

        if (SwappedPairs.Find(pairs) is { } swapped)
        {
            session.Diagnostics.Report(
                ConfigurationDiagnostics.SwappedPairs, pairs[0],
                swapped[0].Items[0].Description.Trim('\''), swapped[0].Items[1].Description.Trim('\''));
            pairs = swapped;
        }

        var options = new List<YamlNode>();
        var probabilities = new List<double>();
        var isSound = true;
        foreach (var pair in pairs)
        {
            if (pair is not YamlSequence { Items: [var probability, var option] })
            {
                ReportArgument(pair, "options", DistributionKind.PChoice, "[probability, option] pairs");
                isSound = false;
                options.AddRange(pair is YamlMapping || (pair is YamlScalar && OptionShape.HasBranch(argument)) ? [pair] : []);
                continue;
            }

            options.Add(option);
            if (ReadProbability(probability) is { } value)
            {
                probabilities.Add(value);
            }
        }

        isSound = isSound && probabilities.Count == options.Count;
        isSound = isSound && CheckSum(argument, probabilities);
        return new WrittenDistribution(DistributionKind.PChoice, [], options, probabilities, isSound);
    }

    private bool CheckSum(YamlNode argument, List<double> probabilities)
    {
        var sum = probabilities.Sum();
        if (Math.Abs(sum - 1) <= Probabilities.SumTolerance)
        {
            return true;
        }

        session.Diagnostics.Report(ConfigurationDiagnostics.ProbabilitySum, argument, ScalarReader.Show(sum));
        return false;
    }

    private double? ReadProbability(YamlNode node)
    {
        if (node is not YamlScalar { IsNull: false } scalar
            || _scalars.ReadAs(scalar, ParameterKind.Double) is not ConfigurationValue.Number number)
        {
            ReportArgument(node, "probability", DistributionKind.PChoice, "a number");
            return null;
        }

        if (number.Value is < 0 or > 1)
        {
            session.Diagnostics.Report(ConfigurationDiagnostics.ProbabilityRange, node, ScalarReader.Show(number.Value));
            return null;
        }

        return number.Value;
    }

    private IReadOnlyList<YamlNode>? ReadOptions(DistributionKind kind, YamlNode argument, string expected)
    {
        switch (argument)
        {
            case YamlSequence { Items.Count: > 0 } list:
                return list.Items;
            case YamlSequence or YamlScalar { IsNull: true }:
                session.Diagnostics.Report(ConfigurationDiagnostics.EmptyChoice, argument, DistributionConfiguration.NameOf(kind));
                return null;
            default:
                ReportArgument(argument, "options", kind, expected);
                return null;
        }
    }

    private void ReportArgument(YamlNode node, string argument, DistributionKind kind, string expected) => session.Diagnostics.Report(
        ConfigurationDiagnostics.ArgumentKind, node, argument, DistributionConfiguration.NameOf(kind), expected, node.Description);
}
