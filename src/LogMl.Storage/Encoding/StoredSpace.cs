using System.Text.Json;
using LogMl.Optimization;
using LogMl.Optimization.Distributions;

namespace LogMl.Storage.Encoding;

/// <summary>
/// The search space that is stored as an attribute of a study. It has the true distributions, some of which Optuna's classes cannot
/// express.
/// </summary>
internal static class StoredSpace
{
    /// <summary>
    /// The space of the last search of a study: the stored one or, in a study that Optuna has begun, the one that its trials have in
    /// common.
    /// </summary>
    /// <exception cref="StorageException">There is neither.</exception>
    public static SearchSpace Of(StudyStorage storage, StudyRecord study) =>
        Read(study.Attributes.GetValueOrDefault(SpaceCompatibility.SpaceKey)) ?? CommonSpace.Of(storage, study);

    /// <returns>Null when there is none, or when the attribute is another program's.</returns>
    public static SearchSpace? Read(string? attribute)
    {
        try
        {
            return attribute is null ? null : SearchSpace.Parse(attribute);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return null;
        }
    }

    /// <summary>All parameters of a space by their names: behind each choice come those of its branches.</summary>
    public static IEnumerable<(string Name, Distribution Distribution)> WithBranches(SearchSpace space)
    {
        foreach (var (name, distribution) in space)
        {
            yield return (name, distribution);
            foreach (var inner in (distribution is ChoiceDistribution choice ? choice.Branches.OfType<Branch>() : [])
                .SelectMany(branch => WithBranches(branch.Parameters)))
            {
                yield return inner;
            }
        }
    }
}
