using System.Globalization;
using System.Text.Json;

namespace LogMl.Tests;

/// <summary>What the step trial_finished gets, as text.</summary>
public sealed class FinishedTrialTests
{
    [Fact]
    public void A_trial_is_printed_in_one_line_with_its_values_in_any_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            var trial = new FinishedTrial
            {
                Number = 7,
                State = FinishedTrialState.Complete,
                Objectives = new Dictionary<string, double> { ["loss"] = 0.5 },
                Scores = new Dictionary<string, double> { ["loss"] = 0.5, ["latency_ms"] = 12.25 },
                IsFeasible = true,
                IsOnFront = true,
                Parameters = Values("""{ "model_train.rate": 1e-3, "model_train.kind": "relu" }"""),
                UserAttributes = Values("""{ "note": "a\nb", "is_big": true, "sizes": [1, 2] }"""),
                Duration = TimeSpan.FromSeconds(1.5),
                Directory = "/trials/7",
            };
            Assert.Equal(
                "FinishedTrial { Number = 7, State = Complete, Objectives = { loss = 0.5 }, Scores = { loss = 0.5, latency_ms = 12.25 }, "
                + "IsFeasible = True, IsBest = False, IsOnFront = True, "
                + "Parameters = { model_train.rate = 1e-3, model_train.kind = relu }, "
                + "UserAttributes = { note = a\\nb, is_big = true, sizes = [1, 2] }, Duration = 00:00:01.5000000, Directory = /trials/7 }",
                trial.ToString());
            Assert.Contains(
                "Objectives = { }, ", (trial with { Objectives = new Dictionary<string, double>() }).ToString(), StringComparison.Ordinal);
            Assert.Contains(", Failure = no memory, ", (trial with { Failure = "no memory" }).ToString(), StringComparison.Ordinal);
            Assert.Equal(
                "BestTrial { Number = 7, Objectives = { loss = 0.5 }, Parameters = { a = 1.5 } }",
                new BestTrial(7, trial.Objectives, Values("""{ "a": 1.5 }""")).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static Dictionary<string, JsonElement> Values(string json) =>
        JsonElement.Parse(json).EnumerateObject().ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal);
}
