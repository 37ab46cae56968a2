using LogMl.Optimization;
using LogMl.Optimization.Distributions;

namespace LogMl.Host.AskTell;

/// <summary>The keys of a proposal, of which each must mean one thing: the index of a choice stands beside the values of the other parameters.</summary>
internal static class ProposalKeys
{
    /// <returns>The space.</returns>
    /// <exception cref="FormatException">A parameter has the name that the index of a choice has as its key.</exception>
    public static SearchSpace Require(SearchSpace space)
    {
        var places = Places(space, "$").ToArray();
        foreach (var (choice, _, place) in places.Where(parameter => parameter.Distribution is ChoiceDistribution))
        {
            var key = choice + PointWriter.Index;
            if (places.FirstOrDefault(parameter => parameter.Name == key) is { Path: { } path })
            {
                throw new FormatException($"{path}.name: '{key}' is the key that a proposal has for the index of the choice '{choice}' ({place}). Rename one of the two.");
            }
        }

        return space;
    }

    /// <summary>The parameters with their places in the JSON of the space.</summary>
    private static IEnumerable<(string Name, Distribution Distribution, string Path)> Places(SearchSpace space, string path)
    {
        foreach (var (index, (name, distribution)) in space.Index())
        {
            var place = FormattableString.Invariant($"{path}.params[{index}]");
            yield return (name, distribution, place);
            foreach (var (option, branch) in distribution is ChoiceDistribution choice ? choice.Branches.Index() : [])
            {
                foreach (var below in branch is null ? [] : Places(branch.Parameters, FormattableString.Invariant($"{place}.options[{option}]")))
                {
                    yield return below;
                }
            }
        }
    }
}
