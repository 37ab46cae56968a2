using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;
using LogMl.Shared;

namespace LogMl.Configuration.Reading;

/// <summary>Recognizes pairs of a pchoice that are written as [option, probability].</summary>
internal static class SwappedPairs
{
    /// <summary>
    /// The pairs in the right order; null when they are not swapped, that is, unless only the second items can be probabilities.
    /// </summary>
    public static IReadOnlyList<YamlSequence>? Find(IReadOnlyList<YamlNode> nodes)
    {
        var pairs = nodes.OfType<YamlSequence>().Where(pair => pair.Items.Count == 2).ToList();
        return pairs.Count == nodes.Count && AreProbabilities(pairs.Select(pair => pair.Items[1]))
            && !AreProbabilities(pairs.Select(pair => pair.Items[0]))
            ? [.. pairs.Select(pair => new YamlSequence([pair.Items[1], pair.Items[0]], pair.Start, pair.End))]
            : null;
    }

    private static bool AreProbabilities(IEnumerable<YamlNode> nodes)
    {
        var sum = 0.0;
        foreach (var node in nodes)
        {
            var value = (node as YamlScalar)?.Text is { } text
                ? Yaml12Scalars.Read(text) switch
                {
                    ConfigurationValue.Integer whole => whole.Value,
                    ConfigurationValue.Number number => number.Value,
                    _ => double.NaN,
                }
                : double.NaN;
            if (!(value is >= 0 and <= 1))
            {
                return false;
            }

            sum += value;
        }

        return Math.Abs(sum - 1) <= Probabilities.SumTolerance;
    }
}
