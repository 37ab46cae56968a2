using System.Text.Json;
using LogMl.Optimization;
using LogMl.Optimization.Distributions;
using LogMl.Report.Reading;
using LogMl.Shared;
using LogMl.Storage.Encoding;

namespace LogMl.Report.Model;

/// <summary>Lists the parameters of a study: those of its space, then those that only other trials have.</summary>
internal static class ParameterList
{
    public static IReadOnlyList<ParameterModel> Of(StudyContent content)
    {
        var integers = content.Functions.Integers.ToHashSet(StringComparer.Ordinal);
        var space = content.View?.History.Parameters ?? [];
        var index = space.Select((parameter, i) => (parameter, i)).ToDictionary(pair => pair.parameter, pair => pair.i);
        ParameterModel[] searched =
        [
            .. space.Select(parameter => Of(
                parameter, parameter.Parent is { } parent ? index[parent] : -1, integers.Contains(parameter.Name))),
        ];
        var names = space.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. searched,
            .. content.Distributions.Where(pair => !names.Contains(pair.Name)).GroupBy(pair => pair.Name, StringComparer.Ordinal)
                .Select(group => Of(group.Key, group.Last().Distribution, isSearched: content.View is null)),
        ];
    }

    private static ParameterModel Of(Parameter parameter, int parent, bool isInteger)
    {
        var (step, key) = SplitName(parameter);
        var known = new ParameterModel
        {
            Name = parameter.Name,
            Step = step is null ? null : YamlText.Of(step),
            Key = YamlText.Of(key),
            IsSearched = true,
            Parent = parent,
            ParentOption = parameter.ParentOption,
            IsOptionItself = parameter.Parent is { } choice && parameter.Name == OptionPath(choice, parameter.ParentOption),
        };
        return parameter.Distribution switch
        {
            ChoiceDistribution options => known with { Options = [.. options.Options.Select(OptionJson.Text).Select(Option)] },
            NumericDistribution number => known with
            {
                IsInteger = number.IsInteger || isInteger,
                IsLog = number.IsLog,
                Low = Finite(number.Lowest),
                High = Finite(number.Highest),
            },
            _ => known,
        };
    }

    private static ParameterModel Of(string name, StoredDistribution stored, bool isSearched)
    {
        var (step, key) = Split(name);
        return new ParameterModel
        {
            Name = name,
            Step = step is null ? null : YamlText.Of(step),
            Key = YamlText.Of(key),
            IsSearched = isSearched,
            IsInteger = stored.Kind == StoredKind.Int,
            IsLog = stored.IsLog,
            Low = stored.Kind == StoredKind.Categorical ? null : Finite(stored.Low),
            High = stored.Kind == StoredKind.Categorical ? null : Finite(stored.High),
            Options = stored.Kind == StoredKind.Categorical ? [.. stored.Choices.Select(Option)] : null,
        };
    }

    /// <summary>The step and the name there; in a branch the name there alone.</summary>
    private static (string? Step, string Key) SplitName(Parameter parameter)
    {
        if (parameter.Parent is not { } choice)
        {
            return Split(parameter.Name);
        }

        var branch = OptionPath(choice, parameter.ParentOption) + ".";
        return (null, parameter.Name.StartsWith(branch, StringComparison.Ordinal) ? parameter.Name[branch.Length..] : parameter.Name);
    }

    private static string OptionPath(Parameter choice, int option) =>
        $"{choice.Name}.{((ChoiceDistribution)choice.Distribution).Options[option]}";

    /// <summary>A name as step and parameter; a name without a step has none.</summary>
    public static (string? Step, string Key) Split(string name) =>
        name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? (name[..dot], name[(dot + 1)..]) : (null, name);

    private static OptionModel Option(string json)
    {
        using var option = JsonDocument.Parse(json);
        var value = option.RootElement;
        return new OptionModel(
            value.ValueKind == JsonValueKind.String ? value.GetString()! : json, YamlText.Of(value));
    }

    private static double? Finite(double bound) => double.IsFinite(bound) && Math.Abs(bound) < double.MaxValue ? bound : null;
}
