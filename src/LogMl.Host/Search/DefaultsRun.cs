using System.Security.Cryptography;
using System.Text;
using LogMl.Host.Inputs;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Host.Workers;
using LogMl.Shared;
using LogMl.Shared.Wire;

namespace LogMl.Host.Search;

/// <summary>
/// The run with the defaults at the end of a search, with which the best trial is compared on the validation part, by fold, and on the test
/// part. It neither predicts nor saves. The same inputs and defaults are run once in the life of a study.
/// </summary>
internal sealed class DefaultsRun(
    HostEvents events, WorkerTeam team, Manifest manifest, SearchSettings settings, TrialInputs inputs, SearchRecord record,
    Func<string, string> displayPath)
{
    /// <summary>Whether this call has done the run.</summary>
    public bool HasRun { get; private set; }

    /// <summary>Does the run, unless it tells nothing, is switched off, or an earlier call has done it.</summary>
    /// <param name="best">The number of the best trial.</param>
    /// <param name="hasTest">Whether the final run has scored a test part.</param>
    /// <param name="earlier">The scores of an earlier call; null for none.</param>
    /// <returns>The scores; null when there are none that can be compared with the best trial. A failure is only a warning.</returns>
    public DefaultScores? Run(int best, bool hasTest, DefaultScores? earlier)
    {
        // The scores of a trial that was computed from other code say nothing beside those of today's.
        if (!settings.CompareDefaults || !(hasTest || settings.IsCrossValidated) || inputs.IsOutdated(best))
        {
            return null;
        }

        var functions = HashOf(FunctionsNote.Of(manifest).ToJson());
        return earlier?.Functions == functions && earlier.Inputs == inputs.Current.Id && (earlier.Test is not null || !hasTest)
            ? earlier
            : Run(functions, hasTest);
    }

    private DefaultScores? Run(string functions, bool hasTest)
    {
        var none = new Dictionary<string, double>();
        using var folder = record.Folder.BeginDefaults(
            () => manifest.Functions.Write([$"{manifest.Name}: the run with the defaults at the end of a search"], none));
        events.Detail($"{manifest.Name}: runs the defaults once, to compare the best trial with them (compare_defaults)");

        // The seed is one for all best trials of the study. Without values the workflow runs with those of 'functions'.
        var folds = new List<double>();
        var worker = team.Launch(0);
        HasRun = true;
        using var running = record.Start();
        var outcome = worker.Run(new TrialRun(
            new HostMessage.Trial(
                HostMessage.NoTrial, hasTest ? RunKind.Scored : RunKind.Search, Seeds.OfTrial(settings.Seed, 0), settings.Seed,
                folder.Path, IsPrunable: false, none),
            folder)
        {
            OnStep = step => running.Step = step,
            OnReport = (step, value) =>
            {
                folder.Report(step, value);
                folds.Add(value);
                return false;
            },
        });
        team.Dismiss(worker);
        switch (outcome)
        {
            case TrialOutcome.Completed completed when settings.Goals.ResultOf(completed.Validation, out var problem) is null:
                return Warn(new TrialFailure("model_evaluate", "", problem!, ""));
            case TrialOutcome.Completed completed:
                return new DefaultScores
                {
                    Inputs = inputs.Current.Id,
                    Functions = functions,
                    Validate = completed.Validation,
                    Test = completed.Scores.GetValueOrDefault("test"),
                    Folds = settings.IsCrossValidated && folds.TrueForAll(double.IsFinite) ? folds : [],
                    FoldRatio = manifest.CrossValidation is { } method ? FoldRatio.Of(method, folds.Count) : null,
                };
            case TrialOutcome.Failed { Failure: var failure }:
                return Warn(failure);
            default:
                return null;
        }

        DefaultScores? Warn(TrialFailure failure)
        {
            RunFailure.Tell(
                failure, folder, events, HostErrors.DefaultsRunFailed,
                "The run with the defaults failed, so that the best trial is not compared with them", displayPath);
            return null;
        }
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
