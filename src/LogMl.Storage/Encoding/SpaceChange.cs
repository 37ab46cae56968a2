using System.Globalization;
using LogMl.Optimization;
using LogMl.Optimization.Distributions;

namespace LogMl.Storage.Encoding;

/// <summary>Describes how the ranges and probabilities of two compatible spaces differ.</summary>
internal static class SpaceChange
{
    /// <param name="before">The space of the study as stored (<see cref="StoredSpace"/>); null when it has none.</param>
    /// <param name="now">The present space in the same form.</param>
    /// <param name="fixedValues">The values of parameters that are not searched.</param>
    /// <returns>
    /// A clause for each parameter that is in both spaces, also in a branch, and differs: <c>'x' was uniform(-5, 5), and is now
    /// uniform(-10, 10)</c>; and one for each that is fixed now, or was before.
    /// </returns>
    public static IReadOnlyList<string> Between(string? before, string now, FixedValues fixedValues)
    {
        var moved = fixedValues.Moved();
        var earlier = before == now ? null : StoredSpace.Read(before);
        return earlier is null
            ? [.. moved]
            : [.. Changes(Described(earlier), Described(StoredSpace.Read(now)!), fixedValues), .. moved];
    }

    /// <summary>The parameters with their distributions in words, in the order of the space.</summary>
    private static List<(string Name, string Shown)> Described(SearchSpace space) =>
        [.. StoredSpace.WithBranches(space).Select(parameter => (parameter.Name, Describe(parameter.Distribution)))];

    private static IEnumerable<string> Changes(
        List<(string Name, string Shown)> before, List<(string Name, string Shown)> now, FixedValues fixedValues)
    {
        var earlier = before.ToDictionary(parameter => parameter.Name, parameter => parameter.Shown, StringComparer.Ordinal);
        foreach (var (name, shown) in now)
        {
            if (earlier.TryGetValue(name, out var was) ? was != shown : fixedValues.ReturnsItself(name))
            {
                yield return $"'{name}' was {was ?? $"fixed at {fixedValues.ReturnedTextOf(name)}"}, and is now {shown}";
            }
        }

        foreach (var (name, was) in before)
        {
            if (fixedValues.HasItself(name) && now.TrueForAll(parameter => parameter.Name != name))
            {
                yield return $"'{name}' was {was}, and is now fixed at {fixedValues.TextOf(name)}";
            }
        }
    }

    private static string Describe(Distribution distribution) => distribution switch
    {
        NumericDistribution number => $"{number.Name}({Listed(number.Arguments)})",
        ChoiceDistribution { Name: "pchoice" } choice => $"{choice.Name} with the probabilities {Listed(choice.Probabilities)}",
        _ => distribution.Name,
    };

    private static string Listed(IEnumerable<double> numbers) =>
        string.Join(", ", numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));
}
