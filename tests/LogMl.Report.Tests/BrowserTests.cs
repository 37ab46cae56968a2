using LogMl.Optimization;
using LogMl.Report.Tests.Kit;
using LogMl.Shared;
using LogMl.Storage;
using Microsoft.Playwright;

namespace LogMl.Report.Tests;

/// <summary>Pages in a real browser.</summary>
public sealed class BrowserTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private readonly StudyFile _file = new();

    public void Dispose() => _file.Dispose();

    [ChromiumFact]
    public async Task Every_plot_is_drawn_in_both_themes_and_on_a_phone_without_a_complaint_or_a_request()
    {
        _file.With(storage =>
        {
            SampleStudies.AddClassifiers(storage, "classifiers", 60);
            SampleStudies.AddTradeOff(storage, "trade-off", 40);
        }).WithFunctions("classifiers", new StoredFunctions { HasFolds = true });
        foreach (var (study, width, scheme) in new[]
        {
            ("classifiers", 1400, ColorScheme.Light), ("classifiers", 400, ColorScheme.Dark), ("trade-off", 1400, ColorScheme.Dark),
        })
        {
            var address = _file.Write(study);
            await using var open = await OpenPage.Open(chromium, address, width, scheme);
            Assert.InRange(await open.Page.Locator(".plot").CountAsync(), 8, 40);
            Assert.Equal(0, await open.CountBlankPlots());
            Assert.Equal(width, await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

            var ground = "getComputedStyle(document.documentElement).getPropertyValue('--ground')";
            var before = await open.Page.EvaluateAsync<string>(ground);
            await open.Page.ClickAsync("#theme");
            Assert.NotEqual(before, await open.Page.EvaluateAsync<string>(ground));
            Assert.Equal(0, await open.CountBlankPlots());
            Assert.Empty(open.Complaints);
            Assert.Equal([address], open.Requests);
        }
    }

    [ChromiumFact]
    public async Task What_is_selected_in_one_plot_is_highlighted_in_the_others_and_in_the_table()
    {
        _file.With(storage => SampleStudies.AddClassifiers(storage, "classifiers", 100));
        await using var open = await OpenPage.Open(chromium, _file.Write("classifiers"));
        await open.CountBlankPlots();
        Assert.Equal(0, await open.CountSelectedPixels("model_train.learning_rate"));

        await open.Drag("History", 0.1f, 0.02f, 0.5f, 0.98f);
        Assert.Matches("^[1-9][0-9]? of 100 trials selected$", await open.Page.InnerTextAsync("#selected"));
        string[] others = ["model_train.learning_rate", "Parallel coordinates", "Distribution", "Timeline", "Intermediate values"];
        foreach (var title in others)
        {
            await open.Plot(title).ScrollIntoViewIfNeededAsync();
            Assert.True(await open.CountSelectedPixels(title) > 0, title);
        }

        Assert.EndsWith("selected", await open.Page.InnerTextAsync("#table-count"), StringComparison.Ordinal);
        await open.Page.ClickAsync("#clear");
        Assert.Equal("100 trials", await open.Page.InnerTextAsync("#selected"));
        Assert.Equal(0, await open.CountSelectedPixels("model_train.learning_rate"));
        Assert.Empty(open.Complaints);
    }

    [ChromiumFact]
    public async Task An_expression_selects_trials_and_a_wrong_one_says_what_is_wrong()
    {
        _file.With(storage => SampleStudies.AddClassifiers(storage, "classifiers", 60));
        using var storage = StudyStorages.Sqlite(_file.Path);
        var trials = storage.ViewStudy("classifiers").History.Trials;
        await using var open = await OpenPage.Open(chromium, _file.Write("classifiers"));

        foreach (var (expression, holds) in new (string, Func<TrialView, bool>)[]
        {
            ("classifier = net and learning_rate > 1e-3", trial => trial.Get<string>("model_create.classifier") == "net"
                && trial.GetDouble("model_train.learning_rate") > 1e-3),
            ("not (state = complete) or loss<=.15", trial => trial.State != TrialState.Complete || trial.Loss <= 0.15),
            ("last_report > 0", trial => trial.State == TrialState.Pruned),
            ("loss or state = pruned", trial => trial.State is TrialState.Complete or TrialState.Pruned),
            ("loss and state = pruned", _ => false),
            ("k", trial => trial.IsActive("model_create.classifier.knn.k")),
            ("model_train.batch = 32 && `number` >= 10", trial =>
                trial.Number >= 10 && Equals(trial.Get<int>("model_train.batch"), 32)),
        })
        {
            await open.Page.FillAsync("#expression", expression);
            var count = trials.Count(holds);
            await open.Page.WaitForFunctionAsync(
                "count => document.getElementById('selected').textContent.startsWith(count + ' of')", count);
        }

        foreach (var (expression, message) in new[]
        {
            ("learning_rte < 1", "There is no 'learning_rte'."), ("loss < rte", "There is no 'rte'."),
            ("state = done", "'state' is never 'done'. It is one of complete, infeasible,"),
            ("kernel != rbff", "'kernel' is never 'rbff'. It is one of linear, rbf, poly."), ("loss <", "Something is missing at the end."),
            ("(loss < 1", "A ) is missing."), ("loss < 1; alert(1)", "'; alert(1)' cannot be read."),
        })
        {
            await open.Page.FillAsync("#expression", expression);
            await open.Page.GetByText(message).WaitForAsync();
        }
    }

    [ChromiumFact]
    public async Task The_best_trial_is_copied_as_a_section_that_logml_yaml_takes()
    {
        _file.With(storage =>
        {
            var space = new SearchSpace
            {
                ["train.rate"] = Distribution.LogUniformBetween(1e-9, 1),
                ["model.kind"] = Distribution.Choice(
                    new Branch("yes", new SearchSpace { ["model.kind.yes.width"] = Distribution.QUniform(8, 64, 8) }), "plain"),
            };
            using var study = StoredStudy.Open(storage, "copied", space, new StudyOptions { Sampler = Samplers.Random(seed: 1) });
            study.Enqueue(space.Values(("train.rate", 2e-7), ("model.kind", "yes"), ("model.kind.yes.width", 16.0)));
            study.Optimize(_ => 1, maxEvals: 1);
        }).WithFunctions("copied", new StoredFunctions
        {
            Values = new Dictionary<string, string>
            {
                ["train.epochs"] = "20", ["train.rate"] = "0.3", ["model.kind.yes.bias"] = "true",
            },
            Types = new Dictionary<string, string> { ["train.rate"] = "float" },
            Integers = ["model.kind.yes.width"],
        });
        await using var open = await OpenPage.Open(chromium, _file.Write("copied"));

        await open.Page.ClickAsync("#summary .copy");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Copied" }).WaitForAsync();
        Assert.Equal(
            """
            functions:
              train:
                epochs: 20
                rate: 2.0e-7
              model:
                kind: {'yes': {width: 16, bias: true}}
              types:
                train:
                  rate: float

            """.ReplaceLineEndings("\n"),
            await open.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }

    [ChromiumFact]
    public async Task Hostile_names_and_values_are_shown_and_not_run()
    {
        _file.With(storage => SampleStudies.AddHostile(storage, SampleStudies.Hostile));
        await using var open = await OpenPage.Open(chromium, _file.Write(SampleStudies.Hostile));
        Assert.Equal(0, await open.CountBlankPlots());
        await open.Page.ClickAsync("#table-body tr[data-row='2']");
        await open.Page.Locator("#detail pre").First.WaitForAsync();

        Assert.Contains("<img src=x", await open.Page.InnerTextAsync("h1"), StringComparison.Ordinal);
        Assert.Contains("<img src=x", await open.Page.InnerTextAsync("#detail"), StringComparison.Ordinal);
        Assert.Equal(0, await open.Page.Locator("img").CountAsync());
        Assert.Equal("undefined", await open.Page.EvaluateAsync<string>("typeof window.pwned"));
        Assert.Empty(open.Complaints);
    }

    [ChromiumFact]
    public async Task The_table_is_used_with_the_keyboard_alone()
    {
        _file.With(storage => SampleStudies.AddClassifiers(storage, "classifiers", 60));
        await using var open = await OpenPage.Open(chromium, _file.Write("classifiers"));
        await open.Page.FocusAsync("#table-head th:nth-child(3) button");
        await open.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("ascending", await open.Page.GetAttributeAsync("#table-head th:nth-child(3)", "aria-sort"));

        await open.Page.FocusAsync("#table-body tr[tabindex='0']");
        await open.Page.Keyboard.PressAsync("ArrowDown");
        await open.Page.Keyboard.PressAsync("End");
        await open.Page.Keyboard.PressAsync("Home");
        await open.Page.Keyboard.PressAsync("Enter");
        using var storage = StudyStorages.Sqlite(_file.Path);
        var best = storage.ViewStudy("classifiers").Best!.Number;
        Assert.StartsWith($"Trial {best}", await open.Page.InnerTextAsync("#detail h2"), StringComparison.Ordinal);
        await open.Page.Keyboard.PressAsync("Escape");
        Assert.False(await open.Page.Locator("#detail").IsVisibleAsync());
    }

    [ChromiumFact]
    public async Task A_study_without_a_result_has_a_page_that_says_so()
    {
        _file.With(storage =>
        {
            var space = new SearchSpace { ["x"] = Distribution.Uniform(0, 1) };
            var options = new StudyOptions { Sampler = Samplers.Random(seed: 1) };
            StoredStudy.Open(storage, "empty", space, options).Dispose();
            using var failed = StoredStudy.Open(storage, "failed", space, options);
            failed.Optimize(_ => throw new InvalidOperationException("never"), new OptimizeOptions { MaxEvals = 3, Catch = _ => true });
            using var one = StoredStudy.Open(storage, "one", space, options);
            one.Optimize(trial => 1, maxEvals: 1);
        });
        foreach (var (study, text) in new[]
        {
            ("empty", "The study has no trial."), ("failed", "No trial is complete."), ("one", "trial 0"),
        })
        {
            await using var open = await OpenPage.Open(chromium, _file.Write(study));
            await open.Page.Locator("#summary").GetByText(text).First.WaitForAsync();
            Assert.Equal(0, await open.CountBlankPlots());
            Assert.Empty(open.Complaints);
        }
    }
}
