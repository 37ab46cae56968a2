using LogMl.Optimization;
using LogMl.Report.Tests.Kit;
using LogMl.Storage;
using Microsoft.Playwright;

namespace LogMl.Report.Tests;

/// <summary>Studies beside each other on one page.</summary>
public sealed class ComparisonTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private readonly StudyFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void The_best_so_far_and_the_importance_of_each_study_are_those_of_its_trials()
    {
        _file.With(storage =>
        {
            Add(storage, "mine", 3, 2, 5, 1);
            Add(storage, "other", 9, 4, 4, 6);
        });
        using var storage = StudyStorages.Sqlite(_file.Path);
        var comparison = PageData.Of(Render(storage)).GetProperty("comparison");

        var rows = comparison.GetProperty("studies");
        Assert.Equal(["mine", "other"], rows.EnumerateArray().Select(row => row.GetProperty("name").GetString()));
        Assert.Equal(["[0,1,3]", "[3,2,1]"], Steps(0));
        Assert.Equal(["[0,1,3]", "[9,4,4]"], Steps(1));
        Assert.Equal("[4]", rows[1].GetProperty("values").GetRawText());
        Assert.Equal(1, rows[1].GetProperty("best").GetInt32());
        Assert.Equal(4, rows[1].GetProperty("finished").GetInt32());
        Assert.Equal(3, rows[1].GetProperty("history")[0].GetProperty("bestByTime").GetArrayLength());

        var expected = Importances.Fanova(storage.ViewStudy("other").History);
        Assert.Equal("[\"x\",\"only.mine\",\"only.other\"]", comparison.GetProperty("parameters").GetRawText());
        var shares = rows[1].GetProperty("fanova");
        Assert.Equal(expected.Single(row => row.Name == "x").Importance, shares[0].GetDouble());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, shares[1].ValueKind);

        var maximized = AddMaximized(storage);
        Assert.Contains("minimizes", new ComparedStudy(storage, "mine").Difference(storage, maximized), StringComparison.Ordinal);
        Assert.Null(new ComparedStudy(storage, "mine").Difference(storage, "other"));

        string[] Steps(int study)
        {
            var history = rows[study].GetProperty("history")[0];
            return [history.GetProperty("number").GetRawText(), history.GetProperty("best").GetRawText()];
        }
    }

    [ChromiumFact]
    public async Task A_page_with_hostile_studies_beside_it_draws_them_in_both_themes_and_fits_a_phone()
    {
        _file.With(storage =>
        {
            Add(storage, "mine", 3, 2, 5, 1);
            Add(storage, "other", 9, 4, 4, 6);
            Add(storage, SampleStudies.Hostile, 8, 3, 7, 2);
        });
        foreach (var (width, scheme) in new[] { (1400, ColorScheme.Light), (400, ColorScheme.Dark) })
        {
            string address;
            using (var storage = StudyStorages.Sqlite(_file.Path))
            {
                address = _file.Write("mine", new ReportContext
                {
                    Compared = [new ComparedStudy(storage, "other"), new ComparedStudy(storage, SampleStudies.Hostile)],
                });
            }

            await using var open = await OpenPage.Open(chromium, address, width, scheme);
            Assert.Equal(0, await open.CountBlankPlots());
            var section = open.Page.Locator("#comparison");
            Assert.Equal(3, await section.Locator("tbody").First.Locator("tr").CountAsync());
            Assert.Contains("<img src=x", await section.InnerTextAsync(), StringComparison.Ordinal);
            Assert.Equal("1", await section.Locator("tbody strong").InnerTextAsync());
            Assert.Equal("–", (await section.Locator("tr", new() { HasText = "only.mine" }).Locator("td").Nth(1).InnerTextAsync()).Trim());
            await section.GetByLabel("by time").CheckAsync();
            Assert.Equal(0, await open.CountBlankPlots());

            // Nothing is selected in a plot that has no trials.
            await open.Drag("Best so far", 0.2f, 0.2f, 0.8f, 0.8f);
            Assert.Equal("4 trials", await open.Page.InnerTextAsync("#selected"));
            Assert.Equal(width, await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            Assert.Equal("undefined", await open.Page.EvaluateAsync<string>("typeof window.pwned"));
            Assert.Empty(open.Complaints);
            Assert.Equal([address], open.Requests);
        }
    }

    private static string Render(StudyStorage storage) =>
        StudyReport.Render(storage, "mine", new ReportContext { Compared = [new ComparedStudy(storage, "other")] });

    private static void Add(StudyStorage storage, string name, params double[] losses)
    {
        var space = new SearchSpace
        {
            ["x"] = Distribution.Uniform(0, 1),
            ["only." + (name == "mine" ? name : "other")] = Distribution.Uniform(0, 1),
        };
        using var study = StoredStudy.Open(storage, name, space, new StudyOptions { Sampler = Samplers.Random(seed: 1) });
        study.Optimize(trial => losses[trial.Number], maxEvals: losses.Length);
    }

    private static string AddMaximized(StudyStorage storage)
    {
        var space = new SearchSpace { ["x"] = Distribution.Uniform(0, 1) };
        var options = new StudyOptions { Sampler = Samplers.Random(seed: 1), Directions = [Direction.Maximize] };
        StoredStudy.Open(storage, "maximized", space, options).Dispose();
        return "maximized";
    }
}
