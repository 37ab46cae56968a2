using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Host.Workers;
using LogMl.Shared;
using LogMl.Shared.Wire;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>
/// Runs the step trial_finished of the user's assembly for each trial that this host ends, in the order of the ends. The step has a process
/// of its own, so that it sees all trials whatever becomes of their workers, and keeps its state from one trial to the next.
/// </summary>
/// <remarks>
/// The thread that has run a trial waits for the step. So a search with one worker begins no further trial after the step has asked to end
/// it, and a step that is slow slows the search, which is said.
/// </remarks>
internal sealed class FinishedStep : IDisposable
{
    /// <summary>The time that the step has after the search is stopped, and at the end of its process.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(2);

    /// <summary>A run of the step that takes longer is announced while it runs.</summary>
    private static readonly TimeSpan LongRun = TimeSpan.FromSeconds(5);

    private readonly HostEvents _events;
    private readonly WorkerTeam _team;
    private readonly Manifest _manifest;
    private readonly SearchSettings _settings;
    private readonly StoredStudy _study;
    private readonly StudyFolder _folder;
    private readonly Func<string, string> _displayPath;
    private readonly CancellationToken _stop;
    private readonly CancellationTokenRegistration _registration;
    private readonly ConcurrentQueue<(HostMessage.Finished Trial, DateTimeOffset Ended, TrialFolder Folder)> _waiting = new();
    private readonly List<FailedTrial> _failures = [];
    private readonly Lock _telling = new();
    private volatile WorkerProcess? _worker;
    private volatile string? _stopReason;
    private volatile Timer? _killer;
    private int _missed;
    private bool _hasAnnounced;
    private TimeSpan _elapsed;

    private FinishedStep(
        HostEvents events, WorkerTeam team, Manifest manifest, SearchSettings settings, StoredStudy study, StudyFolder folder,
        Func<string, string> displayPath, CancellationToken stop)
    {
        _events = events;
        _team = team;
        _manifest = manifest;
        _settings = settings;
        _study = study;
        _folder = folder;
        _displayPath = displayPath;
        _stop = stop;
        _registration = stop.Register(OnStop);
    }

    /// <summary>Why the step has asked to end the search, in one line; null when it has not.</summary>
    public string? StopReason => _stopReason;

    /// <summary>The step of the user's assembly; null when it has none.</summary>
    /// <param name="events">Receives the messages.</param>
    /// <param name="team">Starts the process.</param>
    /// <param name="manifest">The manifest.</param>
    /// <param name="settings">The settings of the search.</param>
    /// <param name="study">The study.</param>
    /// <param name="folder">The folder of the study.</param>
    /// <param name="displayPath">Returns a path in the form for messages.</param>
    /// <param name="stop">Stops the search.</param>
    public static FinishedStep? Of(
        HostEvents events, WorkerTeam team, Manifest manifest, SearchSettings settings, StoredStudy study, StudyFolder folder,
        Func<string, string> displayPath, CancellationToken stop) =>
        manifest.TrialFinished is null ? null : new FinishedStep(events, team, manifest, settings, study, folder, displayPath, stop);

    /// <summary>Adds a trial that has ended. The order of the calls is that in which the step runs.</summary>
    /// <param name="trial">The trial as it was run.</param>
    /// <param name="finished">The trial as it is stored.</param>
    /// <param name="folder">Its folder, which must stay open until <see cref="RunAll"/> has returned.</param>
    public void Add(StoredTrial trial, FinishedTrial finished, TrialFolder folder)
    {
        if (finished.End != TrialEnd.Repeated)
        {
            _waiting.Enqueue((MessageOf(trial, finished, folder), finished.Ended, folder));
        }
    }

    /// <summary>Runs the step for all trials that were added. When it returns, it has run for those that the caller has added.</summary>
    public void RunAll()
    {
        lock (_telling)
        {
            while (_waiting.TryDequeue(out var next))
            {
                var started = Stopwatch.GetTimestamp();
                using (new Timer(_ => AnnounceLongRun(next.Trial.Number), null, LongRun, Timeout.InfiniteTimeSpan))
                {
                    Run(next.Trial, next.Ended, next.Folder);
                }

                _elapsed += Stopwatch.GetElapsedTime(started);
            }
        }
    }

    /// <summary>Ends the process of the step, which gets the chance to dispose of what it holds.</summary>
    public void End()
    {
        if (_worker is { IsAlive: true } worker && worker.EndListening(GracePeriod) is { } failure)
        {
            Warn(failure, "at the end of the search", "its trials stay as they are", Written(failure));
        }
    }

    /// <summary>The lines of the summary about the step.</summary>
    /// <param name="elapsed">The duration of the search.</param>
    public IEnumerable<string> Lines(TimeSpan elapsed)
    {
        foreach (var line in SearchSummary.Failures(
            FailureGroup.Of(_failures), DisplayedErrorOf,
            count => $"{WorkerProcess.FinishedStep} failed for {SearchSummary.Counted(count, "trial")}"))
        {
            yield return line;
        }

        if (_missed > 0)
        {
            yield return $"{WorkerProcess.FinishedStep} did not run for {SearchSummary.Counted(_missed, "trial")} that ended when the "
                + "search was stopped";
        }

        if (SearchSummary.IsLong(_elapsed, elapsed))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{WorkerProcess.FinishedStep} took {_elapsed.TotalSeconds:0.0} s, in which workers waited for it");
        }
    }

    public void Dispose()
    {
        _registration.Dispose();
        _killer?.Dispose();
        _worker?.Dispose();
    }

    private void Run(HostMessage.Finished trial, DateTimeOffset ended, TrialFolder folder)
    {
        try
        {
            if (Worker().Tell(trial, folder) is not { } answer)
            {
                _missed++;
                return;
            }

            _stopReason ??= answer.Stop;
            if (answer.Failure is { } failure && !IsOfStop(failure))
            {
                Record(trial.Number, ended, folder, failure);
            }
        }
        catch (OperationCanceledException)
        {
            // The search was stopped while the process was starting.
            _missed++;
        }
        catch (HostException exception)
        {
            Record(trial.Number, ended, folder, new TrialFailure(null, "", exception.Message, exception.Detail));
        }
    }

    /// <summary>Whether a step has ended because its token was cancelled.</summary>
    private bool IsOfStop(TrialFailure failure) =>
        _stop.IsCancellationRequested
        && (failure.Exception == typeof(OperationCanceledException).FullName
            || failure.Exception == typeof(TaskCanceledException).FullName);

    private WorkerProcess Worker()
    {
        if (_worker is { IsAlive: true } worker)
        {
            return worker;
        }

        _stop.ThrowIfCancellationRequested();
        if (_worker is null)
        {
            // What an earlier search has left there.
            Try(() => FreshFile.Remove(_folder.ListenerError));
        }

        _worker?.Dispose();
        _worker = null;
        return _worker = _team.LaunchApart();
    }

    /// <summary>Each failure is in the folder of its trial. The first is a warning, and the summary counts all.</summary>
    private void Record(int trial, DateTimeOffset ended, TrialFolder folder, TrialFailure failure)
    {
        folder.Write(TrialFolder.ListenerFailureFile, failure.Text);

        // The stack is on the disk. A step may fail for every trial of a long search.
        _failures.Add(new FailedTrial(trial, ended, new TrialFailure(failure.Step, failure.Exception, failure.Message, "")));
        if (_failures.Count == 1)
        {
            Warn(
                failure, string.Create(CultureInfo.InvariantCulture, $"for trial {trial}"), "the search goes on",
                $" (see {DisplayedErrorOf(trial)})");
        }
    }

    /// <summary>Writes a failure that belongs to no trial, and says where; nothing when that is impossible.</summary>
    private string Written(TrialFailure failure) => Try(() => AtomicFile.Write(_folder.ListenerError, failure.Text))
        ? $" (see {_displayPath(_folder.ListenerError)})"
        : "";

    private static bool Try(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or HostException)
        {
            return false;
        }
    }

    private string DisplayedErrorOf(int trial) => _displayPath(_folder.ListenerErrorOf(trial));

    private void Warn(TrialFailure failure, string when, string consequence, string where = "") => _events.Warning(
        HostErrors.TrialFinishedFailed, SourcePlace.OfStack(failure.Stack),
        $"{WorkerProcess.FinishedStep} ('{_manifest.TrialFinished}') failed {when}, and {consequence}: {failure.Headline}{where}");

    private void AnnounceLongRun(int trial)
    {
        if (!_hasAnnounced)
        {
            _hasAnnounced = true;
            _events.Message(string.Create(
                CultureInfo.InvariantCulture,
                $"{_manifest.Name}: {WorkerProcess.FinishedStep} has been running for {LongRun.TotalSeconds:0} s after trial {trial}; "
                + $"a worker begins its next trial when it has returned"));
        }
    }

    private void OnStop()
    {
        _worker?.CancelListening();
        _killer = new Timer(_ => _worker?.Kill(), null, GracePeriod, Timeout.InfiniteTimeSpan);
    }

    private HostMessage.Finished MessageOf(StoredTrial trial, FinishedTrial finished, TrialFolder folder)
    {
        var best = _study.Best;
        return new HostMessage.Finished(
            finished.Number,
            Seeds.OfTrial(_settings.Seed, trial.Evaluation),
            finished.Elapsed.TotalSeconds,
            folder.Path,
            finished.Values,
            _manifest.ToJson(finished.Values),
            finished.End == TrialEnd.Complete ? Objectives(_settings.Goals.Names.Select(name => finished.Score(name)!.Value)) : None,
            finished.Scores,
            finished.IsFeasible == true,
            _study.Front.Any(result => result.Number == finished.Number),
            ObjectOf(finished.UserAttributes),
            finished.End == TrialEnd.Failed ? finished.Failure?.Headline ?? "" : null,
            _study.Name,
            _folder.Path,
            _study.Finished,
            _settings.MaxEvals,
            best?.Number ?? HostMessage.NoTrial,
            best is null ? None : Objectives(_settings.Goals.ValuesOf(best.Losses)),
            best is null ? ObjectOf([]) : _manifest.ToJson(best.Values));
    }

    private static OrderedDictionary<string, double> None => new(StringComparer.Ordinal);

    private OrderedDictionary<string, double> Objectives(IEnumerable<double> values) =>
        new(_settings.Goals.Names.Zip(values, KeyValuePair.Create), StringComparer.Ordinal);

    private static JsonElement ObjectOf(IEnumerable<KeyValuePair<string, JsonElement>> values) =>
        JsonElement.Parse(ReadableJson.Write(json => WriteObject(json, values)));

    private static void WriteObject(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, JsonElement>> values)
    {
        json.WriteStartObject();
        foreach (var (name, value) in values)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
    }
}
