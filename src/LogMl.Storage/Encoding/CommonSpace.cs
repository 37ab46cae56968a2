using System.Text.Json;
using LogMl.Optimization;
using LogMl.Shared;

namespace LogMl.Storage.Encoding;

/// <summary>
/// The space that all trials of a study have in common, when another program has begun it: Optuna stores a distribution with each value,
/// and no space.
/// </summary>
internal static class CommonSpace
{
    /// <exception cref="StorageException">The trials have different spaces, or one that this library does not have.</exception>
    public static SearchSpace Of(StudyStorage storage, StudyRecord study)
    {
        var stored = storage.ReadDistributions(study.Id).ToLookup(pair => pair.Name, pair => pair.DistributionJson, StringComparer.Ordinal);
        if (stored.Count == 0)
        {
            throw None(study, "no trial has a parameter yet");
        }

        var space = new SearchSpace();
        foreach (var parameter in stored)
        {
            StoredDistribution?[] forms = [.. parameter.Select(DistributionJson.Read)];
            if (forms is not [{ } form])
            {
                var all = string.Join(", and then ", forms.Select(other => other?.Description ?? "something unknown"));
                throw None(study, $"'{parameter.Key}' was {all}");
            }

            space.Add(
                parameter.Key,
                Read(form) ?? throw None(study, $"'{parameter.Key}' is {form.Description}, for which there is no distribution"));
        }

        foreach (var trial in storage.ReadTrials(study.Id, -1, []).Where(trial => trial.State == StoredState.Complete))
        {
            var names = trial.Parameters.Select(value => value.Key).ToHashSet(StringComparer.Ordinal);
            if (stored.FirstOrDefault(parameter => !names.Contains(parameter.Key)) is { } missing)
            {
                throw None(
                    study,
                    FormattableString.Invariant($"trial {trial.Number} has no '{missing.Key}', ")
                    + "so that it may belong to an option of another parameter");
            }
        }

        return space;
    }

    /// <summary>The distribution of the engine from which Optuna draws as it is stored; null when there is none.</summary>
    private static Distribution? Read(StoredDistribution stored)
    {
        try
        {
            return OfForm(stored);
        }
        catch (ArgumentException)
        {
            // A range of one value, or one that is too large.
            return null;
        }
    }

    private static Distribution? OfForm(StoredDistribution stored) => stored switch
    {
        { Kind: StoredKind.Categorical } => Distribution.Choice([.. stored.Choices.Select(Option)]),
        { Kind: StoredKind.Int, IsLog: true, Step: 1 } => Distribution.QLogUniformBetween(stored.Low, stored.High, 1),
        { Kind: StoredKind.Int, IsLog: false, Step: 1 } => Distribution.RandInt((long)stored.Low, (long)stored.High + 1),
        { IsLog: false, Step: { } q } => IsMultiple(stored.Low, q) ? Distribution.QUniform(stored.Low, stored.High, q) : null,
        { IsLog: true, Step: null } => Distribution.LogUniformBetween(stored.Low, stored.High),
        { IsLog: false } => Distribution.Uniform(stored.Low, stored.High),
        _ => null,
    };

    /// <summary>The engine rounds to multiples of the step, Optuna counts from the lower bound.</summary>
    private static bool IsMultiple(double number, double q) => Math.Abs((number / q) - Math.Round(number / q)) < 1e-9;

    private static object? Option(string json)
    {
        using var document = JsonDocument.Parse(json);
        return OptionJson.Read(document.RootElement);
    }

    private static StorageException None(StudyRecord study, string why) => new(
        StorageProblem.NoSpace,
        $"The stored study '{study.Name}' has no search space that this library has stored, and none follows from its trials: {why}. "
        + $"Open it with a space ({nameof(StoredStudy)}.{nameof(StoredStudy.Open)}).");
}
