using LogMl.Report.Tests.Kit;
using LogMl.Shared;
using LogMl.Storage;

namespace LogMl.Report.Tests;

/// <summary>What a page says of the gain over the defaults, in numbers and in a browser.</summary>
public sealed class GainTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private readonly StudyFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void The_share_that_is_left_follows_from_the_losses_of_both_parts()
    {
        var gain = Gain(0.4, 0.3, 0.1, 0.15);
        Assert.Equal((0.3, 0.15, 0.5), (Math.Round(gain.Validation, 9), Math.Round(gain.Test!.Value, 9), Math.Round(gain.Left!.Value, 9)));
        Assert.Equal("0.3 on validation, 0.15 on test: 50 % is left", gain.Words);
        Assert.Equal("0.3 on validation, -0.1 on test: the defaults are better there", Gain(0.4, 0.3, 0.1, 0.4).Words);
        Assert.Equal("-0.1 on validation, 0.1 on test", Gain(0.1, 0.3, 0.2, 0.2).Words);
        Assert.Null(Gain(0.1, 0.3, 0.2, 0.2).Left);

        // A score that is maximized gains by becoming greater.
        var score = Gain(0.6, 0.5, 0.9, 0.65) with { Maximize = true, Folds = 5, StandardError = 0.2, Margin = 0.5 };
        Assert.Equal("0.3 ± 0.5 over 5 folds, which may be chance; 0.15 on test: 50 % is left", score.Words);
        Assert.Equal("0.3 ± 0.2 over 5 folds, more than chance", (score with { Margin = 0.2, BestTest = null }).Words);
    }

    [ChromiumFact]
    public async Task A_page_shows_the_defaults_beside_the_best_trial_or_why_nothing_is_known()
    {
        _file.With(storage => SampleStudies.AddClassifiers(storage, "classifiers", 30));
        foreach (var (hasFinalRun, text) in new[] { (false, "neither a test part nor"), (true, "has not been compared with the defaults") })
        {
            _file.WithFunctions("classifiers", new StoredFunctions { HasFinalRun = hasFinalRun });
            await using var unknown = await OpenPage.Open(chromium, _file.Write("classifiers"));
            await unknown.Page.Locator("#summary").GetByText(text).WaitForAsync();
        }

        using var storage = StudyStorages.Sqlite(_file.Path);
        var best = storage.ViewStudy("classifiers").Best!;
        Note(storage, best.Number);
        await using var open = await OpenPage.Open(chromium, _file.Write("classifiers"), 400);
        var card = open.Page.Locator(".card", new() { HasText = "Gain over the defaults" });
        Assert.Equal(["loss of the defaults\t0.9\t0.8", $"loss of trial {best.Number}", "gain"], [
            .. (await card.Locator("tbody tr").AllInnerTextsAsync()).Select((row, n) => n == 0 ? row : row.Split('\t')[0]),
        ]);
        Assert.Matches(@"^0\.\d+ on validation, 0\.3 on test: \d+ % is left\.$", await card.Locator("p").InnerTextAsync());
        Assert.Equal(400, await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(open.Complaints);

        // The runs of another trial say nothing about this one.
        Note(storage, best.Number + 1);
        await using var other = await OpenPage.Open(chromium, _file.Write("classifiers"));
        await other.Page.Locator("#summary").GetByText("has not been compared with the defaults").WaitForAsync();
    }

    private static ObjectiveGain Gain(double defaults, double defaultsTest, double best, double bestTest) => new()
    {
        Name = "loss",
        Maximize = false,
        DefaultsValidation = defaults,
        DefaultsTest = defaultsTest,
        BestValidation = best,
        BestTest = bestTest,
    };

    private static void Note(StudyStorage storage, int trial)
    {
        var final = new StoredFinal
        {
            Trial = trial,
            Inputs = "inputs",
            Test = new Dictionary<string, double> { ["loss"] = 0.5 },
            Defaults = new DefaultScores
            {
                Inputs = "inputs",
                Functions = "functions",
                Validate = new Dictionary<string, double> { ["loss"] = 0.9 },
                Test = new Dictionary<string, double> { ["loss"] = 0.8 },
            },
        };
        storage.SetStudyAttributes(
            storage.RequireStudy("classifiers").Id, new Dictionary<string, string> { [StoredFinal.Key] = final.ToJson() });
    }
}
