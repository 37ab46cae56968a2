using LogMl.Optimization;
using LogMl.Storage.Encoding;

namespace LogMl.Storage;

/// <summary>Whether a stored study can go on with a search space, and if not, what is different.</summary>
internal static class SpaceCompatibility
{
    /// <summary>The attribute of a study with its whole space.</summary>
    public const string SpaceKey = "logml:space";

    /// <exception cref="StorageException">The study has other parameters, or other objectives.</exception>
    public static void Require(IStudyStorage storage, StudyRecord study, Study engine, string spaceJson)
    {
        if (!study.Directions.SequenceEqual(engine.Options.Directions))
        {
            throw Other(study.Name, [$"its objectives are {string.Join(", ", study.Directions)}, and now {string.Join(", ", engine.Options.Directions)}"]);
        }

        if (study.Attributes.TryGetValue(SpaceKey, out var stored) && stored == spaceJson)
        {
            return;
        }

        string[] differences = [.. Differences(storage.ReadDistributions(study.Id), engine.Parameters)];
        if (differences.Length > 0)
        {
            throw Other(study.Name, differences);
        }
    }

    /// <summary>A trial of the study has a point that the space does not have.</summary>
    /// <param name="study">The name of the study.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="parameters">The parameters that there are now.</param>
    /// <param name="stored">The distributions that trials have had.</param>
    public static StorageException Misfit(string study, TrialRecord trial, IReadOnlyList<Parameter> parameters, IReadOnlyList<(string Name, string DistributionJson)> stored)
    {
        foreach (var parameter in parameters)
        {
            var values = trial.Parameters.Where(value => value.Key == parameter.Name).Select(value => value.Value).ToArray();
            if (values is [var value] && StoredValue.Read(parameter.Distribution, value) is null)
            {
                var before = stored.Where(pair => pair.Name == parameter.Name).Select(pair => StoredDistribution.Read(pair.DistributionJson)?.Shown).LastOrDefault();
                return Other(study, [FormattableString.Invariant($"'{parameter.Name}' was {before ?? "something unknown"}, and is now {Shown(parameter.Distribution)}, but it is {value:G7} in trial {trial.Number}")]);
            }
        }

        return Other(study, [FormattableString.Invariant($"trial {trial.Number} has the parameters {string.Join(", ", trial.Parameters.Select(value => value.Key))}, and there are now {string.Join(", ", parameters.Select(parameter => parameter.Name))}")]);
    }

    /// <summary>A value is none of a parameter.</summary>
    public static string Misfit(Parameter parameter, double value) => FormattableString.Invariant($"'{parameter.Name}' is {value}, and it is now {Shown(parameter.Distribution)}");

    /// <summary>A trial that is complete has not the values that make it so: no program writes it like that.</summary>
    public static StorageException WithoutValues(string study, TrialRecord trial, int expected) => new(
        StorageProblem.Damaged,
        FormattableString.Invariant($"The stored study '{study}' is damaged: trial {trial.Number} is complete, but has {trial.Values.Count} of {expected} values. Restore it from a copy."));

    private static IEnumerable<string> Differences(IReadOnlyList<(string Name, string DistributionJson)> stored, IReadOnlyList<Parameter> parameters)
    {
        if (stored.Count == 0)
        {
            // No trial has a point yet.
            yield break;
        }

        foreach (var group in stored.GroupBy(pair => pair.Name, StringComparer.Ordinal))
        {
            var last = StoredDistribution.Read(group.Last().DistributionJson);
            if (parameters.FirstOrDefault(parameter => parameter.Name == group.Key) is not { } parameter)
            {
                yield return $"'{group.Key}' was {last?.Shown ?? "something unknown"}, and is no parameter any more";
            }
            else if (last is null || !last.IsCompatible(StoredDistribution.Read(DistributionJson.Write(parameter.Distribution))!))
            {
                yield return $"'{group.Key}' was {last?.Shown ?? "something unknown"}, and is now {Shown(parameter.Distribution)}";
            }
        }

        foreach (var parameter in parameters.Where(parameter => parameter.Parent is null && stored.All(pair => pair.Name != parameter.Name)))
        {
            yield return $"'{parameter.Name}' was no parameter, and is now {Shown(parameter.Distribution)}";
        }
    }

    private static string Shown(Distribution distribution) => StoredDistribution.Read(DistributionJson.Write(distribution))!.Shown;

    private static StorageException Other(string study, IReadOnlyList<string> differences) =>
        new(StorageProblem.OtherSpace, $"The stored study '{study}' has another search space: {string.Join("; ", differences)}.");
}
