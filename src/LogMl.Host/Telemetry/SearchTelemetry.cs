using System.Diagnostics;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Shared;
using LogMl.Storage;

namespace LogMl.Host.Telemetry;

/// <summary>
/// The telemetry of a search: a span for the search and for each of its trials, and the instruments of a meter (docs/telemetry.md). When
/// nobody listens, it allocates nothing. Any thread may use it.
/// </summary>
/// <param name="study">The name of the study.</param>
/// <param name="parent">The span that the search is in; the default when there is none.</param>
internal sealed class SearchTelemetry(string study, ActivityContext parent) : IDisposable
{
    private readonly ActivitySource _source = new(TelemetryNames.Source, Version);
    private readonly SearchMetrics _metrics = new(study);
    private Activity? _search;
    private Manifest? _manifest;
    private int _maxEvals;

    /// <summary>The version of the product.</summary>
    public static string? Version { get; } = typeof(SearchTelemetry).Assembly.GetName().Version?.ToString(3);

    /// <summary>What the spans of trials are in.</summary>
    private ActivityContext Context => _search?.Context ?? parent;

    /// <summary>Traces a search, from its start to its end.</summary>
    /// <param name="search">Runs the search, and returns its exit code.</param>
    public int Trace(Func<int> search)
    {
        _search = _source.StartActivity(TelemetryNames.Spans.Search, ActivityKind.Internal, parent);
        _search?.SetTag(TelemetryNames.Attributes.Study, study);
        try
        {
            return search();
        }
        catch (HostException exception)
        {
            _search?.SetTag(TelemetryNames.Attributes.ErrorType, exception.Code).SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }
        catch (Exception exception)
        {
            _search?.SetTag(TelemetryNames.Attributes.ErrorType, exception.GetType().FullName)
                .SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }
        finally
        {
            _search?.Stop();
        }
    }

    /// <summary>Receives the settings of the search, when they are known.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="maxEvals">How many trials there are to be in the study.</param>
    /// <param name="workers">The number of workers.</param>
    public void Describe(Manifest manifest, string algorithm, long seed, int maxEvals, int workers)
    {
        _manifest = manifest;
        _maxEvals = maxEvals;
        _search?.SetTag(TelemetryNames.Attributes.Algorithm, algorithm)
            .SetTag(TelemetryNames.Attributes.Seed, seed)
            .SetTag(TelemetryNames.Attributes.MaxEvals, maxEvals)
            .SetTag(TelemetryNames.Attributes.Workers, workers);
    }

    /// <summary>Receives what counts the trials that run. Any thread may call it, also after the end of the search.</summary>
    public void Watch(Func<int> running) => _metrics.Running = running;

    /// <summary>Records that a trial was asked for.</summary>
    /// <param name="trial">The trial; null when there was none.</param>
    /// <param name="since">When that began.</param>
    public void Asked(StoredTrial? trial, DateTimeOffset since)
    {
        if (trial is not null && _source.HasListeners())
        {
            Spans.Start(_source, TelemetryNames.Spans.Ask, Context, since)?.SetTag(TelemetryNames.Attributes.Number, trial.Number).Stop();
        }
    }

    /// <summary>Records that a trial starts.</summary>
    /// <returns>Its span; null when nobody traces.</returns>
    public TrialTrace? Begin(StoredTrial trial) =>
        _source.HasListeners() && Spans.Start(_source, TelemetryNames.Spans.Trial, Context) is { } span ? TraceOf(trial, span) : null;

    /// <summary>Records the start of the final run.</summary>
    /// <param name="trial">The trial whose parameters it has.</param>
    /// <returns>Its span; null when nobody traces.</returns>
    public RunTrace? BeginFinal(int trial) =>
        _source.HasListeners() && Spans.Start(_source, TelemetryNames.Spans.Final, Context) is { } span
            ? new RunTrace(_source, span.SetTag(TelemetryNames.Attributes.Number, trial))
            : null;

    /// <summary>What the spans of user code are in: the run, or without one the span of the search or of the build.</summary>
    /// <param name="run">The span of the run; null when there is none.</param>
    public string? TraceParentOf(RunTrace? run) => run?.TraceParent ?? _search?.Id ?? Spans.TraceParentOf(parent);

    /// <summary>Records a trial that has ended, as it is stored. The caller holds the lock of the study's results.</summary>
    public void Add(FinishedTrial trial, StoredStudy stored)
    {
        _metrics.Add(trial, _manifest!.Goals);
        if (_metrics.NeedsState)
        {
            var waiting = Math.Max(0, _maxEvals - stored.Evaluations) + stored.WaitingRepetitions;
            _metrics.Note(waiting, stored.Best is { } best ? _manifest.Goals.ValuesOf(best.Losses) : null, _manifest.Goals);
        }
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _source.Dispose();
    }

    /// <remarks>Not a part of <see cref="Begin"/>, because its closure is allocated where it starts.</remarks>
    private TrialTrace TraceOf(StoredTrial trial, Activity span)
    {
        span.SetTag(TelemetryNames.Attributes.Study, study).SetTag(TelemetryNames.Attributes.Number, trial.Number);
        foreach (var (name, parameter, value) in _manifest!.TopParameters.SelectMany(parameter => parameter.ValuesIn(trial.Values)))
        {
            span.SetTag(TelemetryNames.Attributes.Parameter + name, parameter.Option(value) is null ? value : parameter.Text(value));
        }

        return new TrialTrace(_source, span, _manifest.Goals);
    }
}
