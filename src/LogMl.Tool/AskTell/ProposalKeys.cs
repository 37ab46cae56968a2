using LogMl.Optimization;
using LogMl.Optimization.Distributions;

namespace LogMl.Tool.AskTell;

/// <summary>Checks that the keys of a proposal are unambiguous: the index of a choice has a key beside those of the parameters.</summary>
internal static class ProposalKeys
{
    /// <returns>The space.</returns>
    /// <exception cref="FormatException">The name of a parameter is the key of a choice's index.</exception>
    public static SearchSpace Require(SearchSpace space)
    {
        var places = Places(space, "$").ToArray();
        foreach (var (choice, _, place) in places.Where(parameter => parameter.Distribution is ChoiceDistribution))
        {
            var key = choice + PointWriter.Index;
            if (places.FirstOrDefault(parameter => parameter.Name == key) is { Path: { } path })
            {
                throw new FormatException(
                    $"{path}.name: '{key}' is the key that a proposal has for the index of the choice '{choice}' ({place}). "
                    + "Rename one of the two.");
            }
        }

        return space;
    }

    /// <summary>The parameters with their paths in the JSON of the space.</summary>
    private static IEnumerable<(string Name, Distribution Distribution, string Path)> Places(SearchSpace space, string path)
    {
        foreach (var (index, (name, distribution)) in space.Index())
        {
            var place = FormattableString.Invariant($"{path}.params[{index}]");
            yield return (name, distribution, place);
            foreach (var (option, branch) in distribution is ChoiceDistribution choice ? choice.Branches.Index() : [])
            {
                var at = FormattableString.Invariant($"{place}.options[{option}]");
                foreach (var below in branch is null ? [] : Places(branch.Parameters, at))
                {
                    yield return below;
                }
            }
        }
    }
}
