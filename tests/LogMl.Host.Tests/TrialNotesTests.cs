using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Shared.Wire;
using LogMl.Optimization;
using LogMl.Storage;

namespace LogMl.Host.Tests;

/// <summary>The attributes of a trial are read back from the store.</summary>
public sealed class TrialNotesTests
{
    private const string Metrics = "1.5 NaN ∞ -∞";

    private static readonly Goals Loss = Goals.Of(null, null);

    private static readonly ParameterRecord X = new("x", 1, """{"name":"FloatDistribution","attributes":{"step":null,"low":0.0,"high":2.0,"log":false}}""");

    [Fact]
    public void Metrics_that_are_not_finite_are_numbers_or_nothing_to_every_reader_of_JSON()
    {
        var trial = Trial() with { End = TrialEnd.Complete, Loss = 1, Metrics = new OrderedDictionary<string, double>
        {
            ["a"] = 1.5,
            ["b"] = double.NaN,
            ["c"] = double.PositiveInfinity,
            ["d"] = double.NegativeInfinity
        } };
        var notes = TrialNotes.Of(trial, Loss);
        Assert.Equal(
            "1.5 null 1e999 -1e999",
            string.Join(' ', notes.Where(note => note.Key.StartsWith("metrics.", StringComparison.Ordinal)).Select(note => note.Value)));

        var read = Assert.Single(Stored(new TrialEnding(StoredState.Complete, [1]) { Attributes = notes }));

        Assert.Equal(Metrics, FormattableString.Invariant($"{read.Metrics["a"]} {read.Metrics["b"]} {(double.IsPositiveInfinity(read.Metrics["c"]) ? "∞" : "")} {(double.IsNegativeInfinity(read.Metrics["d"]) ? "-∞" : "")}"));
    }

    [Theory]
    [InlineData("\"NaN\"", "an earlier version")]
    [InlineData("NaN", "Python")]
    public void NaN_is_read_however_it_was_written(string json, string by)
    {
        var read = Assert.Single(Stored(new TrialEnding(StoredState.Complete, [1]) { Attributes = new Dictionary<string, string> { ["metrics.a"] = json } }));
        Assert.True(double.IsNaN(read.Metrics["a"]), by);
    }

    [Fact]
    public void An_infinite_loss_of_another_program_is_a_failure()
    {
        var read = Assert.Single(Stored(new TrialEnding(StoredState.Complete, [double.PositiveInfinity])));
        Assert.Equal((TrialEnd.Failed, null, "the loss is no finite number"), (read.End, read.Loss, read.Failure?.Summary));
    }

    [Fact]
    public void A_stack_trace_comes_back_and_a_long_one_without_its_middle()
    {
        var stack = "System.Exception: é\n   at A.B()";
        Assert.Equal(stack, Assert.Single(Stored(Failed(stack))).Failure!.Stack);

        var read = Assert.Single(Stored(Failed("begin" + new string('x', 100_000) + "end"))).Failure!.Stack;
        Assert.InRange(read.Length, 7000, 8000);
        Assert.StartsWith("begin", read, StringComparison.Ordinal);
        Assert.Contains("characters left out", read, StringComparison.Ordinal);
        Assert.EndsWith("end", read, StringComparison.Ordinal);
    }

    [Fact]
    public void A_metric_whose_name_no_study_has_room_for_is_an_error_of_the_search()
    {
        var longest = new string('m', 504);
        Assert.Contains(
            "metrics." + longest, TrialNotes.Of(Trial() with { Metrics = new Dictionary<string, double> { [longest] = 1 } }, Loss).Keys);
        var longer = Trial() with { Metrics = new Dictionary<string, double> { [longest + "m"] = 1 } };
        var error = Assert.Throws<HostException>(() => TrialNotes.Of(longer, Loss));
        Assert.Contains("has 505 characters; a study has room for 504", error.Message, StringComparison.Ordinal);
    }

    private static TrialEnding Failed(string stack) => new(StoredState.Fail, [])
    {
        Attributes = TrialNotes.Of(
            Trial() with { End = TrialEnd.Failed, Failure = new TrialFailure("model_train", "System.Exception", "é", stack) }, Loss),
    };

    private static FinishedTrial Trial() => new()
    {
        Number = 0,
        End = TrialEnd.Failed,
        Values = new Dictionary<string, double>(),
        Started = DateTimeOffset.UnixEpoch,
        Elapsed = TimeSpan.FromSeconds(1)
    };

    private static IReadOnlyList<FinishedTrial> Stored(TrialEnding ending)
    {
        using var storage = StudyStorages.InMemory();
        var study = storage.CreateStudy("study", [Direction.Minimize], new Dictionary<string, string>(), []);
        Assert.True(storage.TryFinish(storage.TryCreateTrial(study.Id, 0, [X], new Dictionary<string, string>())!.Value, ending));
        return TrialNotes.Read(storage, storage.ViewStudy("study"), Loss);
    }
}
