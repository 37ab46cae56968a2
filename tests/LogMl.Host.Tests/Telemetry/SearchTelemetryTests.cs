using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.Json;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Host.Telemetry;
using LogMl.Optimization;
using LogMl.Shared;
using LogMl.Shared.Wire;
using LogMl.Storage;
using LogMl.TestKit;

namespace LogMl.Host.Tests.Telemetry;

/// <summary>The spans and measurements of a search, as listeners in its process get them, and as docs/telemetry.md lists them.</summary>
public sealed class SearchTelemetryTests : IDisposable
{
    private const string Manifest = """
        { "format": 2, "name": "M", "optimization": null, "final_run": false, "defaults": {},
          "space": { "params": [
            { "name": "model_train.x", "dist": "uniform", "args": [0, 1] },
            { "name": "model_train.kind", "dist": "choice", "options": ["plain", "other"] }
          ] } }
        """;

    private readonly string _name = Guid.NewGuid().ToString("N");
    private readonly TempDirectory _folder = new("telemetry");
    private readonly Manifest _manifest = Host.Manifests.Manifest.Read(JsonElement.Parse(Manifest));
    private readonly StudyStorage _storage;
    private readonly StoredStudy _study;

    public SearchTelemetryTests()
    {
        _storage = StudyStorages.Sqlite(Path.Combine(_folder.Path, "study.db"));
        _study = StoredStudy.Open(_storage, _name, _manifest.Space, new StudyOptions { Sampler = Samplers.Random(1) });
    }

    public void Dispose()
    {
        _study.Dispose();
        _storage.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Nothing_is_allocated_for_a_trial_when_nobody_listens()
    {
        using var telemetry = Begin();
        var trial = _study.Ask()!;
        var ended = Ended(trial, TrialEnd.Complete) with { Loss = 0.5 };
        OneTrial();

        // Another thread may listen for the time of its test. It has no reason to do so a hundred times.
        Assert.Contains(Enumerable.Range(0, 100), _ => Allocated(OneTrial) == 0);

        void OneTrial()
        {
            telemetry.Asked(trial, DateTimeOffset.UtcNow);
            using var trace = telemetry.Begin(trial);
            using (var run = trace?.Run())
            {
                run?.Enter("model_train");
                _ = telemetry.TraceParentOf(run);
                run?.End(null);
            }

            using (trace?.Store())
            {
            }

            trace?.End(ended);
            telemetry.Add(ended, _study);
        }

        static long Allocated(Action action)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void The_measurements_have_the_names_units_and_attributes_of_the_page()
    {
        var published = new List<Instrument>();
        var measured = new List<(string Name, double Value, Dictionary<string, object?> Tags)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter.Name == TelemetryNames.Source)
            {
                published.Add(instrument);
                own.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measure(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Measure(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measure(instrument, value, tags));
        listener.Start();
        using var telemetry = Begin();
        telemetry.Watch(() => 3);
        var first = _study.Ask()!;
        _study.Tell(first, 0.25);
        telemetry.Add(Ended(first, TrialEnd.Complete) with { Loss = 0.25 }, _study);
        var second = _study.Ask()!;
        _study.TellFailed(second);
        var failure = new TrialFailure("model_train", "System.FormatException", "No number.", "");
        telemetry.Add(Ended(second, TrialEnd.Failed) with { Failure = failure }, _study);
        _study.Dispose();
        listener.RecordObservableInstruments();

        var mine = measured.Where(measure => Equals(measure.Tags[TelemetryNames.Attributes.Study], _name)).ToArray();
        Assert.Equal(["complete 1", "failed 1"], Of(TelemetryNames.Metrics.Trials, TelemetryNames.Attributes.State));
        Assert.Equal(["complete 2", "failed 2"], Of(TelemetryNames.Metrics.Duration, TelemetryNames.Attributes.State));
        Assert.Equal(["System.FormatException 1"], Of(TelemetryNames.Metrics.Failures, TelemetryNames.Attributes.ErrorType));
        Assert.Equal(["model_train 1"], Of(TelemetryNames.Metrics.Failures, TelemetryNames.Attributes.Step));
        Assert.Equal(["loss 0.25"], Of(TelemetryNames.Metrics.Objective, TelemetryNames.Attributes.ObjectiveName));
        Assert.Equal(["loss 0.25"], Of(TelemetryNames.Metrics.Best, TelemetryNames.Attributes.ObjectiveName));
        Assert.Equal([_name + " 3"], Of(TelemetryNames.Metrics.Running, TelemetryNames.Attributes.Study));
        Assert.Equal([_name + " 8"], Of(TelemetryNames.Metrics.Waiting, TelemetryNames.Attributes.Study));

        // Each has its row in the page: name, kind, unit, and the attributes that it has here.
        var page = Repository.Read("docs/telemetry.md");
        foreach (var instrument in published.DistinctBy(instrument => instrument.Name))
        {
            var tags = mine.Where(measure => measure.Name == instrument.Name).SelectMany(measure => measure.Tags.Keys).Distinct();
            var row = Assert.Single(page.Split('\n'), line => line.StartsWith($"| `{instrument.Name}` |", StringComparison.Ordinal));
            Assert.Equal(
                (KindOf(instrument), $"`{instrument.Unit}`", string.Join(", ", tags.Select(tag => $"`{tag}`"))), Cells(row));
        }

        Assert.Equal(
            Constants(typeof(TelemetryNames.Metrics)),
            published.Select(instrument => instrument.Name).Distinct().Order(StringComparer.Ordinal));

        void Measure(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            measured.Add((instrument.Name, value, new Dictionary<string, object?>(tags.ToArray())));

        IEnumerable<string> Of(string name, string tag) =>
            from measure in mine
            where measure.Name == name
            select FormattableString.Invariant($"{measure.Tags[tag]} {measure.Value}");

        static (string, string, string) Cells(string row) =>
            row.Split('|', StringSplitOptions.TrimEntries) is [_, _, var kind, var unit, var attributes, ..]
                ? (kind, unit, attributes)
                : default;

        static string KindOf(Instrument instrument) => instrument switch
        {
            Counter<long> => "counter",
            Histogram<double> => "histogram",
            ObservableUpDownCounter<int> => "up-down counter",
            _ => "gauge",
        };
    }

    [Fact]
    public void A_trial_that_is_given_back_is_marked_as_discarded_and_ends_on_any_thread()
    {
        var stopped = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TelemetryNames.Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (stopped)
                {
                    stopped.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var telemetry = Begin();
        telemetry.Trace(() =>
        {
            var search = Activity.Current;
            var trial = _study.Ask()!;
            var trace = telemetry.Begin(trial)!;
            Assert.Same(search, Activity.Current);
            var thread = new Thread(trace.Dispose);
            thread.Start();
            thread.Join();
            Assert.Same(search, Activity.Current);
            return 0;
        });

        var mine = stopped.Where(activity => Equals(activity.GetTagItem(TelemetryNames.Attributes.Study), _name)).ToArray();
        Assert.Equal([TelemetryNames.Spans.Trial, TelemetryNames.Spans.Search], mine.Select(activity => activity.OperationName));
        Assert.Equal(TelemetryNames.Discarded, mine[0].GetTagItem(TelemetryNames.Attributes.State));
        Assert.Equal(mine[1].SpanId, mine[0].ParentSpanId);
        Assert.Contains(mine[0].GetTagItem(TelemetryNames.Attributes.Parameter + "model_train.kind"), (object[])["plain", "other"]);
    }

    [Fact]
    public void A_search_that_ends_with_an_error_has_its_code()
    {
        Activity? ended = null;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TelemetryNames.Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
                ended = Equals(activity.GetTagItem(TelemetryNames.Attributes.Study), _name) ? activity : ended,
        };
        ActivitySource.AddActivityListener(listener);
        using var telemetry = new SearchTelemetry(_name, default);
        Assert.Throws<HostException>(
            () => telemetry.Trace(() => throw new HostException(HostErrors.AllTrialsFailed, "All failed.")));
        Assert.Equal((ActivityStatusCode.Error, "All failed."), (ended!.Status, ended.StatusDescription));
        Assert.Equal(HostErrors.AllTrialsFailed, ended.GetTagItem(TelemetryNames.Attributes.ErrorType));
    }

    [Fact]
    public void The_page_has_each_span_and_each_attribute()
    {
        var page = Repository.Read("docs/telemetry.md");
        string[] names = [.. Constants(typeof(TelemetryNames.Spans)), .. Constants(typeof(TelemetryNames.Attributes))];
        Assert.All(names, name => Assert.Contains(
            page.Split('\n'),
            line => line.StartsWith($"| `{name}` |", StringComparison.Ordinal)
                || line.StartsWith($"| `{name} <step>` |", StringComparison.Ordinal)
                || line.StartsWith($"| `{name}<name>` |", StringComparison.Ordinal)));
        Assert.All(names, name => Assert.Matches("^[a-z_.]+$", name));
    }

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => (string)field.GetValue(null)!)
            .Order(StringComparer.Ordinal);

    private static FinishedTrial Ended(StoredTrial trial, TrialEnd end) => new()
    {
        Number = trial.Number,
        End = end,
        Values = trial.Values,
        Started = DateTimeOffset.UtcNow,
        Elapsed = TimeSpan.FromSeconds(2),
    };

    private SearchTelemetry Begin()
    {
        var telemetry = new SearchTelemetry(_name, default);
        telemetry.Describe(_manifest, "random", 1, 10, 1);
        return telemetry;
    }
}
