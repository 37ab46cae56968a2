using System.Text.Json;
using LogMl.Shared.Sampling;
using LogMl.Optimization;
using LogMl.Optimization.Distributions;
using LogMl.Shared;

namespace LogMl.Tool.AskTell;

/// <summary>
/// Reads the points with which a study begins: objects by name, like the <c>values</c> or the <c>params</c> of a proposal. Messages begin
/// with the path of the error.
/// </summary>
internal static class PointsReader
{
    /// <exception cref="FormatException">A point is invalid.</exception>
    public static IReadOnlyList<IReadOnlyDictionary<string, double>> Read(JsonElement root, SearchSpace space)
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException($"$: it must be an array of points; it is {JsonWords.Describe(root)}.");
        }

        // This study checks whether the parameters of a whole point belong together. Its sampler proposes nothing.
        var study = new Study(space, new StudyOptions { Sampler = Samplers.Random(0) });
        return [.. root.EnumerateArray().Select((point, i) => ReadPoint(point, $"$[{i}]", study))];
    }

    private static Dictionary<string, double> ReadPoint(JsonElement point, string path, Study study)
    {
        if (point.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"{path}: it must be an object with values by name; it is {JsonWords.Describe(point)}.");
        }

        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var given in point.EnumerateObject())
        {
            var (parameter, isIndex) = Find(given.Name, path, study.Parameters);
            if (!values.TryAdd(parameter.Name, ReadValue(given.Value, parameter.Distribution, isIndex, $"{path}.{given.Name}")))
            {
                throw new FormatException($"{path}: '{parameter.Name}' is given as option and as index.");
            }
        }

        try
        {
            _ = study.TryPropose(values);
            return values;
        }
        catch (ArgumentException exception)
        {
            throw new FormatException($"{path}: {ArgumentText.Of(exception)}", exception);
        }
    }

    private static (Parameter Parameter, bool IsIndex) Find(string name, string path, IReadOnlyList<Parameter> parameters)
    {
        if (parameters.FirstOrDefault(parameter => parameter.Name == name) is { } found)
        {
            return (found, false);
        }

        if (name.EndsWith(PointWriter.Index, StringComparison.Ordinal)
            && parameters.FirstOrDefault(IsMeant) is { } choice)
        {
            return (choice, true);
        }

        var names = parameters.Select(parameter => parameter.Name).ToArray();
        var nearest = NearestName.Find(name, names);
        throw new FormatException(
            $"{path}: the space has no parameter '{name}'; "
            + (nearest is null ? "there are " + string.Join(", ", names) + "." : $"did you mean '{nearest}'?"));

        bool IsMeant(Parameter parameter) =>
            parameter.Distribution is ChoiceDistribution && parameter.Name + PointWriter.Index == name;
    }

    private static double ReadValue(JsonElement value, Distribution distribution, bool isIndex, string path)
    {
        if (distribution is ChoiceDistribution choice && !isIndex)
        {
            var option = OptionLabel.IndexOf(choice.Options, value);
            return option >= 0
                ? option
                : throw new FormatException(
                    $"{path}: {JsonWords.Describe(value)} is no option; "
                    + $"there are {string.Join(", ", choice.Options.Select(OptionJson.Text))}.");
        }

        return value.ValueKind == JsonValueKind.Number
            ? value.GetDouble()
            : throw new FormatException($"{path}: it must be a number; it is {JsonWords.Describe(value)}.");
    }
}
