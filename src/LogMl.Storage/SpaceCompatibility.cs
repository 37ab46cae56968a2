using LogMl.Optimization;
using LogMl.Storage.Encoding;

namespace LogMl.Storage;

/// <summary>Decides whether a stored study can continue with a search space, and says what is different.</summary>
internal static class SpaceCompatibility
{
    /// <summary>The attribute of a study that has its whole space.</summary>
    public const string SpaceKey = "logml:space";

    /// <summary>
    /// Refuses a study that was searched in another space. Otherwise its points are stored in the form that they have already.
    /// </summary>
    /// <returns>
    /// The parameters of the previous space, when this library searched the study in another one. A trial that fits into the previous space
    /// and not into the new one is one that the new space has lost.
    /// </returns>
    /// <exception cref="StorageException">The study has other parameters.</exception>
    public static SpaceNames? Require(StudyStorage storage, StudyRecord study, Study engine, PointEncoding points, string spaceJson)
    {
        var attribute = study.Attributes.GetValueOrDefault(SpaceKey);
        if (attribute == spaceJson && !points.DependsOnStudy)
        {
            return null;
        }

        var stored = storage.ReadDistributions(study.Id);
        var names = attribute != spaceJson && StoredSpace.Read(attribute) is { } space ? new SpaceNames(space) : null;
        if (attribute != spaceJson)
        {
            RequireSame(storage, study, names, engine.Parameters, points, stored);
        }

        points.AdoptForms(stored);
        return names;
    }

    /// <summary>The error for a trial of the study whose point is not in the space.</summary>
    /// <param name="study">The name of the study.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="parameters">The present parameters.</param>
    /// <param name="points">The encoding of the points.</param>
    /// <param name="stored">The stored distributions of the study's trials.</param>
    public static StorageException Misfit(
        string study, TrialRecord trial, IReadOnlyList<Parameter> parameters, PointEncoding points,
        IReadOnlyList<(string Name, string DistributionJson)> stored)
    {
        foreach (var parameter in parameters)
        {
            var values = trial.Parameters.Where(value => value.Key == parameter.Name).Select(value => value.Value).ToArray();
            if (values is [var value] && parameter.Distribution.ValueOf(value) is null)
            {
                var change = FormChange(parameter, Last(stored, parameter.Name) is { } json ? DistributionJson.Read(json) : null, points);
                return Other(study, [FormattableString.Invariant($"{change}, but it is {value:G7} in trial {trial.Number}")]);
            }
        }

        foreach (var (name, value) in trial.Parameters)
        {
            if (points.Fixed?.Contains(name) == true && points.Fixed.ProblemOf(name, value) is { } problem)
            {
                return Other(study, [FormattableString.Invariant($"{problem}, which is so in trial {trial.Number}, and no trial fits")]);
            }
        }

        return Other(study, [FormattableString.Invariant($"of trial {trial.Number}, ") + Difference(trial, parameters, points)]);
    }

    /// <summary>The error for a complete trial without its values. No program writes such a trial.</summary>
    public static StorageException WithoutValues(string study, TrialRecord trial, int expected) => new(
        StorageProblem.Damaged,
        FormattableString.Invariant($"The stored study '{study}' is damaged: trial {trial.Number} is complete, ")
        + FormattableString.Invariant($"but has {trial.Values.Count} of {expected} values. Restore it from a copy."));

    /// <summary>
    /// Requires that the space is compatible with the space in which this library searched the study. For a study that another program has
    /// begun, most of its trials must fit. The few with other parameters are left out, because nothing tells what they are.
    /// </summary>
    private static void RequireSame(
        StudyStorage storage, StudyRecord study, SpaceNames? before, IReadOnlyList<Parameter> parameters, PointEncoding points,
        IReadOnlyList<(string Name, string DistributionJson)> stored)
    {
        if (before is not null)
        {
            stored = [.. stored.Where(pair => before.Contains(pair.Name) || parameters.Any(parameter => parameter.Name == pair.Name))];
        }

        string[] other = [.. OtherForms(stored, parameters, points)];
        string[] names = [.. OtherNames(stored, before, parameters, points)];
        if (other.Length > 0 || (names.Length > 0 && (before is not null || !MostFit(storage, study, points))))
        {
            throw Other(study.Name, [.. other, .. names]);
        }
    }

    private static bool MostFit(StudyStorage storage, StudyRecord study, PointEncoding points)
    {
        TrialRecord[] complete = [.. storage.ReadTrials(study.Id, -1, []).Where(trial => trial.State == StoredState.Complete)];
        return complete.Length > 0 && complete.Count(trial => points.Read(trial, out _) is not null) * 2 >= complete.Length;
    }

    /// <summary>The parameters whose kind or options have changed.</summary>
    private static IEnumerable<string> OtherForms(
        IReadOnlyList<(string Name, string DistributionJson)> stored, IReadOnlyList<Parameter> parameters, PointEncoding points)
    {
        foreach (var parameter in parameters)
        {
            if (Last(stored, parameter.Name) is { } json
                && DistributionJson.Read(json) is var last && last?.IsCompatibleWith(points.NewForm(parameter)) != true)
            {
                yield return FormChange(parameter, last, points);
            }
        }
    }

    /// <summary>The parameters that were removed, and those that were added.</summary>
    private static IEnumerable<string> OtherNames(
        IReadOnlyList<(string Name, string DistributionJson)> stored, SpaceNames? before, IReadOnlyList<Parameter> parameters,
        PointEncoding points)
    {
        if (stored.Count == 0)
        {
            // No trial has a point yet.
            yield break;
        }

        var gone = stored.Select(pair => pair.Name).Distinct(StringComparer.Ordinal).Except(parameters.Select(parameter => parameter.Name))
            .Where(name => points.Fixed?.Covers(name) != true);
        foreach (var name in gone)
        {
            yield return $"'{name}' was {Description(DistributionJson.Read(Last(stored, name)!))}, and is no parameter any more";
        }

        foreach (var parameter in parameters.Where(parameter => IsNew(parameter) && (parameter.Parent is not { } parent || !IsNew(parent))))
        {
            yield return $"'{parameter.Name}' was no parameter, and is now {points.NewForm(parameter).Description}";
        }

        // A parameter of a branch that no trial has may have been in the space all the same. Of another program's space this is unknown.
        bool IsNew(Parameter parameter) =>
            stored.All(pair => pair.Name != parameter.Name) && points.Fixed?.HasReturned(parameter.Name) != true
                && (parameter.Parent is null || before?.Contains(parameter.Name) == false);
    }

    /// <summary>The parameters that a trial has too much or too little, by the options that it has.</summary>
    private static string Difference(TrialRecord trial, IReadOnlyList<Parameter> parameters, PointEncoding points)
    {
        string[] others = [.. trial.Parameters.Select(value => value.Key).Except(parameters.Select(parameter => parameter.Name))
            .Select(name => $"'{name}'")];
        points.Read(trial, out var problem);
        return others.Length == 0
            ? problem ?? "the values are no point of the space"
            : $"{string.Join(", ", others)} {(others.Length == 1 ? "is no parameter" : "are no parameters")} any more";
    }

    private static string FormChange(Parameter parameter, StoredDistribution? before, PointEncoding points) =>
        $"'{parameter.Name}' was {Description(before)}, and is now {points.NewForm(parameter).Description}";

    private static string Description(StoredDistribution? distribution) => distribution?.Description ?? "something unknown";

    private static string? Last(IReadOnlyList<(string Name, string DistributionJson)> stored, string name) =>
        stored.Where(pair => pair.Name == name).Select(pair => pair.DistributionJson).LastOrDefault();

    private static StorageException Other(string study, IReadOnlyList<string> differences) =>
        new(StorageProblem.OtherSpace, $"The stored study '{study}' has another search space: {string.Join("; ", differences)}.");
}
