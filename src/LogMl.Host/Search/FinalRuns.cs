using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Shared;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>The runs at the end of a search, whose scores the study keeps: that of the best trial, and that of the defaults.</summary>
internal sealed class FinalRuns(StudyStore store, StoredStudy study, Manifest manifest, FinalRun best, DefaultsRun defaults)
{
    /// <summary>Which runs this call has done, for messages; null for none.</summary>
    public string? Done => (best.HasRun, defaults.HasRun) switch
    {
        (true, _) => "the final run",
        (_, true) => "the run with the defaults",
        _ => null,
    };

    /// <summary>Does those that add something and that no earlier call has done.</summary>
    /// <param name="studySeed">The seed of the study.</param>
    /// <param name="folder">The folder of the study.</param>
    /// <param name="inputs">The id of the inputs of this call.</param>
    public void Run(long studySeed, StudyFolder folder, string inputs)
    {
        if (study.Best is not { } trial || (!manifest.FinalRun && manifest.CrossValidation is null))
        {
            return;
        }

        study.RequireStored();

        var test = manifest.FinalRun ? best.Run(studySeed, folder) : null;
        var scores = test is { Count: > 0 } ? test : null;
        store.NoteFinal(study, new StoredFinal
        {
            Trial = trial.Number,
            Inputs = inputs,
            Test = scores,
            Defaults = defaults.Run(trial.Number, scores is not null, store.Final?.Defaults),
        });
    }
}
