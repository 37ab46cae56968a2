using System.Globalization;
using LogMl.Host.Manifests;
using LogMl.Optimization;
using LogMl.Optimization.Distributions;
using LogMl.Shared;
using LogMl.Storage;
using LogMl.Storage.Encoding;

namespace LogMl.Host.Search;

/// <summary>The point of a trial in the space that is compiled today: numbers by their values, options by what they are.</summary>
/// <param name="Values">The values that today's space has too.</param>
/// <param name="Missing">The parameters of today's space for which the trial has no value.</param>
/// <param name="Problems">The values of the trial that today's space does not have, each with the reason.</param>
internal sealed record TodaysPoint(
    IReadOnlyDictionary<string, double> Values, IReadOnlyList<string> Missing, IReadOnlyList<string> Problems)
{
    /// <summary>Carries the values of a trial over.</summary>
    /// <param name="manifest">The manifest, which has today's space.</param>
    /// <param name="searched">The parameters of the study.</param>
    /// <param name="values">The values of the trial.</param>
    public static TodaysPoint Of(Manifest manifest, IReadOnlyList<Parameter> searched, IReadOnlyDictionary<string, double> values)
    {
        var today = SpaceParameters.Of(manifest.Space);
        var before = searched.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        var integers = manifest.Parameters.Where(parameter => parameter.IsInteger).Select(parameter => parameter.Name)
            .ToHashSet(StringComparer.Ordinal);
        var point = new Dictionary<string, double>(StringComparer.Ordinal);
        var missing = new List<string>();
        var problems = new List<string>();
        foreach (var parameter in today)
        {
            if (parameter.Parent is { } parent && !(point.TryGetValue(parent.Name, out var option) && option == parameter.ParentOption))
            {
                continue;
            }

            if (!values.TryGetValue(parameter.Name, out var value))
            {
                missing.Add(parameter.Name);
            }
            else if (PointMapping.Map(before[parameter.Name].Distribution, value, parameter.Distribution) is { } mapped)
            {
                point[parameter.Name] = mapped;
            }
            else
            {
                var was = TextOf(before[parameter.Name].Distribution, value);
                var now = StoredDistribution.Of(parameter.Distribution, integers.Contains(parameter.Name)).Description;
                problems.Add($"'{parameter.Name}' is {was} in it, and is now {now}");
            }
        }

        var known = today.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        problems.AddRange(values.Keys.Where(name => !known.Contains(name))
            .Select(name => $"'{name}' is no parameter of the space any more"));
        return new TodaysPoint(point, missing, problems);
    }

    private static string TextOf(Distribution distribution, double value) => distribution is ChoiceDistribution choice
        ? OptionJson.Text(choice.Options[(int)value])
        : value.ToString("G7", CultureInfo.InvariantCulture);
}
