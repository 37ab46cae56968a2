using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Shared;
using LogMl.Shared.Requests;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>The study from which a new study begins: <c>HyperOptFrom</c>.</summary>
internal static class StudySource
{
    /// <summary>Reads what the new study takes over.</summary>
    /// <param name="request">The request, which names the other study.</param>
    /// <param name="store">The store of the new study.</param>
    /// <param name="manifest">The manifest, which has the space and what is not searched.</param>
    /// <param name="goals">What the new study looks for. Its constraints judge the trials that are taken over.</param>
    /// <returns>What is taken over.</returns>
    /// <exception cref="HostException">The other study cannot be used.</exception>
    public static TakenTrials Read(HostRequest request, StudyStore store, Manifest manifest, Goals goals)
    {
        var source = request.From!;
        if (FolderName.Of(source) == FolderName.Of(request.Study))
        {
            throw Unusable("it is the study itself. A study goes on by itself; HyperOptFrom is for a new one, named by HyperOptStudy.");
        }

        if (store.Elsewhere is not null)
        {
            return Read(store.Storage, source, manifest, goals);
        }

        var file = FileOf(request, source);
        if (!File.Exists(file))
        {
            throw Unusable($"there is no such study in '{request.Output}'. {Existing(request, source)}");
        }

        using var storage = StudyStorages.Sqlite(file, new StorageOptions { ReadOnly = true });
        return Read(storage, source, manifest, goals);

        HostException Unusable(string why) => StudySource.Unusable(source, why);
    }

    private static TakenTrials Read(StudyStorage storage, string source, Manifest manifest, Goals goals)
    {
        try
        {
            var record = storage.RequireStudy(source);
            if (ObjectiveCompatibility.Difference(record, goals.Directions, goals.Names) is { } difference)
            {
                throw Unusable(source, $"it has other objectives: {difference}. Results of another kind say nothing here.");
            }

            var trials = TakenTrials.Read(
                storage, source, manifest.Space, FixedParameters.Of(manifest),
                (trial, notes) => goals.ConstraintsOf(TrialNotes.Scores(trial, goals, notes)));
            if (trials.Trials.Count == 0 && trials.Points.Count == 0)
            {
                throw Unusable(
                    source,
                    trials.Others == 0
                        ? "it has no finished trial."
                        : "no parameter of it that a complete trial has is one of this space.");
            }

            return trials;
        }
        catch (StorageException exception) when (exception.Problem is StorageProblem.NotFound or StorageProblem.NoSpace)
        {
            throw Unusable(source, exception.Message);
        }
    }

    /// <summary>The sentence with the other studies in the results folder, each of which has a folder with its file.</summary>
    /// <param name="request">The request, which has the results folder.</param>
    /// <param name="wanted">The name that is not among them.</param>
    public static string Existing(HostRequest request, string wanted)
    {
        string[] studies = Directory.Exists(request.Output)
            ? [.. Directory.GetDirectories(request.Output).Where(folder => File.Exists(Path.Combine(folder, StudyFolder.DatabaseFile)))
                .Select(folder => Path.GetFileName(folder)).Where(name => name != FolderName.Of(request.Study))
                .Order(StringComparer.Ordinal)]
            : [];
        var meant = NearestName.Find(wanted, studies);
        return studies.Length == 0
            ? "It has no other study."
            : $"It has {string.Join(", ", studies.Select(name => $"'{name}'"))}{(meant is null ? "" : $" (did you mean '{meant}'?)")}.";
    }

    /// <summary>The file of a study in the results folder, which need not be there.</summary>
    public static string FileOf(HostRequest request, string study) =>
        Path.Combine(request.Output, FolderName.Of(study), StudyFolder.DatabaseFile);

    private static HostException Unusable(string source, string why) =>
        new(HostErrors.UnusableSource, $"The study cannot begin from the study '{source}' (HyperOptFrom): {why}");
}
