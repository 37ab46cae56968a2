using System.Globalization;
using System.Text.Json;
using LogMl.Runtime;

namespace LogMl.TestWorkflows;

/// <summary>A step trial_finished, when an environment variable says what it does: actions as in <see cref="Script"/>.</summary>
internal static class Listener
{
    /// <summary>
    /// <c>log=path</c>: writes what the trial and the study are; <c>front=path</c>: writes what the trial is among the
    /// others; <c>print</c>; <c>stop=reason</c>; <c>throw</c>; <c>exit</c>: ends the
    /// process; <c>hang=path</c>: writes the file and waits for its token; <c>freeze=path</c>: writes the file and hangs;
    /// <c>dispose=path</c>: writes the file when the search is over; <c>dispose_throw</c>: throws then.
    /// </summary>
    public const string Variable = "LOGML_TEST_LISTENER";

    private static readonly string Written = Environment.GetEnvironmentVariable(Variable) ?? "";

    public static Func<FinishedTrials, ValueTask>? Listen => Written.Length == 0 ? null : ListenAsync;

    /// <summary>Adds the step to a manifest.</summary>
    public static string AddTo(string manifest) => Written.Length == 0
        ? manifest
        : manifest.TrimEnd()[..^1] + ", \"trial_finished\": \"Listener.Ended\" }";

    private static async ValueTask ListenAsync(FinishedTrials trials)
    {
        using var instance = new Instance();
        await trials.ForEachAsync(async run => await instance.EndedAsync(run.Trial, run.Study, run.Parameters, run.CancellationToken));
    }

    private sealed class Instance : IDisposable
    {
        private int _count;

        public async Task EndedAsync(FinishedTrial trial, IStudy study, ParameterValues values, CancellationToken stop)
        {
            _count++;
            foreach (var (name, argument) in Script.Read(Written, trial.Number))
            {
                switch (name)
                {
                    case "log":
                        File.AppendAllText(argument, Describe(trial, study, values) + "\n");
                        break;
                    case "front":
                        File.AppendAllText(
                            argument,
                            FormattableString.Invariant($"{trial.Number}|{trial.IsOnFront}|{trial.IsBest}|{study.Best?.Number}\n"));
                        break;
                    case "print":
                        Console.WriteLine(FormattableString.Invariant($"trial {trial.Number} has ended"));
                        break;
                    case "stop":
                        study.Stop(argument);
                        break;
                    case "throw":
                        throw new InvalidOperationException("The server does not answer.");
                    case "exit":
                        Environment.Exit(5);
                        break;
                    case "hang":
                        await File.WriteAllTextAsync(argument, "", stop);
                        await Task.Delay(Timeout.Infinite, stop);
                        break;
                    case "freeze":
                        await File.WriteAllTextAsync(argument, "", CancellationToken.None);
                        Thread.Sleep(Timeout.Infinite);
                        break;
                }
            }
        }

        public void Dispose()
        {
            foreach (var (name, argument) in Script.Read(Written, -1))
            {
                switch (name)
                {
                    case "dispose":
                        File.AppendAllText(argument, FormattableString.Invariant($"{_count}\n"));
                        break;
                    case "dispose_throw":
                        throw new IOException("The log is full.");
                }
            }
        }

        /// <summary>All that the step gets, in the order in which the test expects it.</summary>
        private string Describe(FinishedTrial trial, IStudy study, ParameterValues values) => string.Join('|', [
            _count.ToString(CultureInfo.InvariantCulture),
            trial.Number.ToString(CultureInfo.InvariantCulture),
            trial.State.ToString(),
            trial.Loss?.ToString("R", CultureInfo.InvariantCulture) ?? "",
            string.Join(' ', trial.Objectives.Select(score => FormattableString.Invariant($"{score.Key}={score.Value:R}"))),
            string.Join(' ', trial.Scores.Keys),
            trial.IsFeasible ? "feasible" : "",
            trial.IsBest ? "best" : "",
            FormattableString.Invariant($"{study.Best?.Number} of {study.Finished} of {study.Planned}"),
            string.Join(' ', study.Best?.Objectives.Select(score => FormattableString.Invariant($"{score.Key}={score.Value:R}")) ?? []),
            trial.Parameters["model_train.kind"].ToString(),
            JsonSerializer.Serialize(trial.Parameters["model_train.x"]),
            values.Double("model_train.x", 0).ToString("R", CultureInfo.InvariantCulture),
            string.Join(' ', trial.UserAttributes.Select(attribute => $"{attribute.Key}={attribute.Value}")),
            trial.Failure ?? "",
            trial.Duration > TimeSpan.Zero ? "long" : "",
            Path.GetRelativePath(study.Directory, trial.Directory).Replace('\\', '/'),
            study.Name,
        ]);
    }
}
