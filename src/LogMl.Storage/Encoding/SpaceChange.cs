using System.Globalization;
using LogMl.Optimization;
using LogMl.Optimization.Distributions;

namespace LogMl.Storage.Encoding;

/// <summary>What is different between two spaces of which one can go on with the trials of the other: ranges and probabilities.</summary>
internal static class SpaceChange
{
    /// <param name="before">The attribute of the study (<see cref="StoredSpace"/>); null when it has none.</param>
    /// <param name="now">The space in the same form.</param>
    /// <returns>A clause for each parameter outside of branches that is in both and differs: <c>'x' was uniform(-5, 5), and is now uniform(-10, 10)</c>.</returns>
    public static IReadOnlyList<string> Between(string? before, string now)
    {
        var earlier = before == now ? null : StoredSpace.Read(before);
        return earlier is null ? [] : [.. Changes(earlier.ToDictionary(parameter => parameter.Key, parameter => Shown(parameter.Value), StringComparer.Ordinal), StoredSpace.Read(now)!)];
    }

    private static IEnumerable<string> Changes(Dictionary<string, string> earlier, SearchSpace now)
    {
        foreach (var (name, distribution) in now)
        {
            if (earlier.TryGetValue(name, out var was) && Shown(distribution) is var shown && was != shown)
            {
                yield return $"'{name}' was {was}, and is now {shown}";
            }
        }
    }

    private static string Shown(Distribution distribution) => distribution switch
    {
        NumericDistribution number => $"{number.Name}({Listed(number.Arguments)})",
        ChoiceDistribution { Name: "pchoice" } choice => $"{choice.Name} with the probabilities {Listed(choice.Probabilities)}",
        _ => distribution.Name,
    };

    private static string Listed(IEnumerable<double> numbers) => string.Join(", ", numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));
}
