using System.Diagnostics.Metrics;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Shared;
using LogMl.Shared.Wire;

namespace LogMl.Host.Telemetry;

/// <summary>
/// The instruments of a search. One that nobody listens to costs a comparison. What is observed is kept here, because a listener may ask
/// after the study has been closed.
/// </summary>
internal sealed class SearchMetrics : IDisposable
{
    /// <summary>From trials of milliseconds to those of a day, in seconds.</summary>
    private static readonly double[] DurationBounds =
        [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 600, 1800, 3600, 7200, 14400, 28800, 86400];

    /// <summary>An objective has any scale, and may be negative.</summary>
    private static readonly double[] ObjectiveBounds =
        [-1000, -100, -10, -1, -0.1, 0, 0.0001, 0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 0.8, 0.9, 1, 2, 5, 10, 100, 1000, 10_000];

    private readonly KeyValuePair<string, object?> _study;
    private readonly Meter _meter = new(TelemetryNames.Source, SearchTelemetry.Version);
    private readonly Counter<long> _trials;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _objective;
    private readonly ObservableUpDownCounter<int> _waiting;
    private readonly ObservableGauge<double> _best;
    private volatile Measurement<double>[] _bestValues = [];
    private volatile int _waitingTrials;

    /// <param name="study">The name of the study.</param>
    public SearchMetrics(string study)
    {
        _study = new(TelemetryNames.Attributes.Study, study);
        _trials = _meter.CreateCounter<long>(TelemetryNames.Metrics.Trials, "{trial}", "Trials that have ended.");
        _failures = _meter.CreateCounter<long>(TelemetryNames.Metrics.Failures, "{trial}", "Trials that have failed.");
        _duration = _meter.CreateHistogram<double>(
            TelemetryNames.Metrics.Duration, "s", "How long trials run.", tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = DurationBounds });
        _objective = _meter.CreateHistogram<double>(
            TelemetryNames.Metrics.Objective, "1", "The values of the objectives of complete trials.", tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = ObjectiveBounds });
        _meter.CreateObservableUpDownCounter(
            TelemetryNames.Metrics.Running, () => new Measurement<int>(Running?.Invoke() ?? 0, _study), "{trial}",
            "Trials that this host runs now.");
        _waiting = _meter.CreateObservableUpDownCounter(
            TelemetryNames.Metrics.Waiting, () => new Measurement<int>(_waitingTrials, _study), "{trial}",
            "Trials that there are to be, and that no host has started.");
        _best = _meter.CreateObservableGauge(
            TelemetryNames.Metrics.Best, () => _bestValues, "1", "The values of the objectives of the best trial.");
    }

    /// <summary>Returns the number of trials that run. Any thread may call it, also after the end of the search.</summary>
    public Func<int>? Running { get; set; }

    /// <summary>Whether somebody listens to the state of the study.</summary>
    public bool NeedsState => _best.Enabled || _waiting.Enabled;

    /// <summary>Records a trial that has ended.</summary>
    public void Add(FinishedTrial trial, Goals goals)
    {
        var state = new KeyValuePair<string, object?>(TelemetryNames.Attributes.State, trial.State);
        if (_trials.Enabled)
        {
            _trials.Add(1, _study, state);
        }

        if (_duration.Enabled)
        {
            _duration.Record(trial.Elapsed.TotalSeconds, _study, state);
        }

        if (_failures.Enabled && trial.Failure is { } failure)
        {
            _failures.Add(
                1, _study, new(TelemetryNames.Attributes.ErrorType, failure.ErrorType), new(TelemetryNames.Attributes.Step, failure.Step));
        }

        if (_objective.Enabled && trial.End == TrialEnd.Complete)
        {
            foreach (var objective in goals.Objectives)
            {
                _objective.Record(trial.Score(objective.Name) ?? double.NaN, _study, Name(objective));
            }
        }
    }

    /// <summary>Notes the state of the study, for listeners that ask for it.</summary>
    /// <param name="waiting">How many trials there are to be that no host has started.</param>
    /// <param name="best">The values of the objectives of the best trial; null when there is none.</param>
    /// <param name="goals">The objectives.</param>
    public void Note(int waiting, IReadOnlyList<double>? best, Goals goals)
    {
        _waitingTrials = waiting;
        _bestValues = best is null
            ? []
            : [.. goals.Objectives.Zip(best, (objective, value) => new Measurement<double>(value, _study, Name(objective)))];
    }

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Name(Objective objective) => new(TelemetryNames.Attributes.ObjectiveName, objective.Name);
}
