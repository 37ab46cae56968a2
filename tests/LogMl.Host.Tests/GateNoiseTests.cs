using System.Text.Json;
using LogMl.Host.Gating;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Optimization;
using LogMl.Shared;

namespace LogMl.Host.Tests;

/// <summary>How exactly a result is known, and what of a difference chance may explain.</summary>
public sealed class GateNoiseTests
{
    private static readonly JsonElement FiveFolds = JsonElement.Parse("""{ "method": "KFold", "n_splits": 5, "shuffle": false }""");

    [Fact]
    public void Several_objectives_have_the_errors_that_their_deviations_over_the_folds_say()
    {
        var goals = Goals.Of(JsonElement.Parse("""{ "f1": "maximize", "loss": "minimize" }"""), null);
        var scores = new Dictionary<string, double> { ["f1"] = 0.8, ["loss"] = 0.3, ["loss_std"] = 0.02, ["f1_std"] = 0.1 };

        var figures = ObjectiveFigures.Of(goals, scores, [], FiveFolds);
        Assert.Equal(["f1", "loss"], figures.Select(one => one.Name));
        Assert.Equal([0.1 * Math.Sqrt(0.45), 0.02 * Math.Sqrt(0.45)], figures.Select(one => one.StandardError!.Value), Near);

        var noise = Noise.Between(figures[0], figures[0], areSameFolds: true, FiveFolds)!;
        Assert.False(noise.IsPaired);
        Assert.Equal(2.1318468 * 0.1 * Math.Sqrt(0.45 * 2), noise.Margin, 6);

        // Ten folds of five splits, whose rows to validate on are a quarter of those to train on all the same.
        var repeated = JsonElement.Parse("""{ "method": "RepeatedKFold", "n_splits": 5, "n_repeats": 2 }""");
        Assert.Equal(0.02 * Math.Sqrt(0.1 + 0.25), ObjectiveFigures.Of(goals, scores, [], repeated)[1].StandardError!.Value, 12);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("""{ "method": "LeaveOneOut" }""")]
    [InlineData("""{ "method": "ShuffleSplit", "n_splits": 10, "test_size": 20 }""")]
    public void Where_the_error_is_not_known_the_tolerance_alone_decides(string? crossValidation)
    {
        JsonElement? settings = crossValidation is null ? null : JsonElement.Parse(crossValidation);
        var scores = new Dictionary<string, double> { ["loss"] = 0.3, ["loss_std"] = 0.02 };
        var figures = ObjectiveFigures.Of("loss", Direction.Minimize, scores, [], settings);

        Assert.Null(figures.StandardError);
        Assert.Null(Noise.Between(figures, figures, areSameFolds: true, settings));
    }

    [Fact]
    public void What_is_not_passed_is_shown_with_the_digits_that_say_why_and_with_its_error()
    {
        var check = new GateCheck(GateLimits.MaxLoss, 17, "loss", Direction.Minimize, 0.0900001, 0.09, 0.0022);
        var outcome = new GateOutcome(GateState.Failed, null, [check]);

        Assert.Equal(["gate failed: loss 0.0900001 > 0.09"], GateText.Lines(outcome));
        Assert.StartsWith(
            "The loss is 0.0900001 (trial 17), and HyperOptMaxLoss allows at most 0.09; its standard error is 0.0022. ",
            GateText.Error(outcome)!.Message, StringComparison.Ordinal);
        Assert.False((check with { Value = double.NaN }).IsPassed);
        Assert.Null(GateText.Error(outcome with { State = GateState.Passed }));
        Assert.Empty(GateText.Lines(null));
    }

    private static bool Near(double one, double other) => Math.Abs(one - other) < 1e-12;
}
