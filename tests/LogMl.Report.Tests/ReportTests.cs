using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LogMl.Optimization;
using LogMl.Report.Model;
using LogMl.Report.Page;
using LogMl.Report.Reading;
using LogMl.Report.Tests.Kit;
using LogMl.Shared;
using LogMl.Storage;
using LogMl.TestKit.Optuna;

namespace LogMl.Report.Tests;

public sealed class ReportTests : IDisposable
{
    private readonly StudyFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void A_page_has_every_trial_with_its_exact_values()
    {
        _file.With(storage => SampleStudies.AddClassifiers(storage, "classifiers", 60));
        var data = PageData.Of(_file.Render("classifiers"));
        using var storage = StudyStorages.Sqlite(_file.Path);
        var view = storage.ViewStudy("classifiers");

        var parameters = data.GetProperty("parameters").EnumerateArray();
        string[] names = [.. parameters.Select(row => row.GetProperty("name").GetString()!)];
        Assert.Equal(view.History.Parameters.Select(parameter => parameter.Name), names);
        var columns = data.GetProperty("trials").GetProperty("values").EnumerateArray().ToArray();
        foreach (var trial in view.History.Trials)
        {
            var row = names.Zip(columns, (name, column) => (Name: name, Value: column[trial.Number]))
                .Where(cell => cell.Value.ValueKind == JsonValueKind.Number)
                .ToDictionary(cell => cell.Name, cell => cell.Value.GetDouble());
            Assert.Equal(trial.Values.OrderBy(value => value.Key), row.OrderBy(value => value.Key));
        }

        var states = data.GetProperty("trials").GetProperty("state").GetString()!;
        Assert.Equal(view.Count(TrialState.Complete), states.Count(letter => letter == 'c'));
        Assert.Equal(view.Count(TrialState.Pruned), states.Count(letter => letter == 'p'));
        Assert.Equal(view.Count(TrialState.Failed), states.Count(letter => letter == 'f'));
        Assert.Equal(view.Best!.Number, data.GetProperty("study").GetProperty("best").GetInt32());
        Assert.Equal(
            view.History.Trials.Sum(trial => trial.Reports.Count), data.GetProperty("reports").GetProperty("value").GetArrayLength());
        Assert.Contains("The loss became NaN", data.GetProperty("texts").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_that_is_asked_again_has_what_a_new_one_has()
    {
        _file.With(storage => SampleStudies.AddTradeOff(storage, "other", 2));
        using var written = StudyStorages.Sqlite(_file.Path);
        using var read = StudyStorages.Sqlite(_file.Path, new StorageOptions { ReadOnly = true });
        var space = new SearchSpace { ["s.x"] = Distribution.Uniform(0, 1), ["s.kind"] = Distribution.Choice("a", "b") };
        using var study = StoredStudy.Open(written, "read", space, new StudyOptions { Sampler = Samplers.Random(seed: 1) });
        var reader = new StudyReader(read, "read", new StoppedTime());
        StudyContent? content = null;
        var steps = new List<Action>
        {
            () => { },
            () => study.Enqueue(space.Values(("s.x", 0.25), ("s.kind", "b"))),
            () => study.Optimize(
                trial =>
                {
                    RequireSame();
                    trial.Report(trial.GetDouble("s.x"), 1);
                    RequireSame();
                    trial.SetUserAttribute("note", trial.Number);
                    RequireSame();
                    trial.Report(0.5, 2);
                    return trial.Number % 3 == 1 ? throw new InvalidOperationException("no") : trial.GetDouble("s.x");
                },
                new OptimizeOptions { MaxEvals = 7, Catch = _ => true }),
            () => study.SetUserAttribute("who", "Ann"),
            () => written.DeleteStudy("other"),
        };

        foreach (var step in steps)
        {
            step();
            RequireSame();
            Assert.Null(reader.Read());
        }

        Assert.True(written.DeleteStudy("read"));
        Assert.Equal(StorageProblem.NotFound, Assert.Throws<StorageException>(reader.Read).Problem);
        SampleStudies.AddTradeOff(written, "read", 9);
        RequireSame();

        void RequireSame()
        {
            content = reader.Read() ?? content;
            Assert.Equal(Text(StudyReader.Read(read, "read")), Text(content!));
        }

        static string Text(StudyContent content) => JsonSerializer.Serialize(
            ReportBuilder.Build(content with { IsRunning = false }, new ReportContext { Written = default }, new TextTable()),
            ReportJson.Default.ReportModel);
    }

    [Fact]
    public void The_importance_of_a_parameter_is_that_of_the_engine()
    {
        _file.With(storage => SampleStudies.AddClassifiers(storage, "classifiers", 60));
        var importance = PageData.Of(_file.Render("classifiers")).GetProperty("importances")[0];
        using var storage = StudyStorages.Sqlite(_file.Path);
        var history = storage.ViewStudy("classifiers").History;

        var expected = Importances.Fanova(history).ToDictionary(row => row.Name, row => row.Importance);
        Assert.Equal(
            history.Parameters.Select(parameter => expected[parameter.Name]),
            importance.GetProperty("fanova").EnumerateArray().Select(share => share.GetDouble()));
        Assert.Equal(1, importance.GetProperty("pedAnova").EnumerateArray().Sum(share => share.GetDouble()), 9);
    }

    [Fact]
    public void The_importance_in_a_large_study_is_estimated_from_some_of_its_trials_which_is_said()
    {
        _file.With(storage => SampleStudies.AddLarge(storage, "large", 1_300, 3));
        var importance = PageData.Of(_file.Render("large")).GetProperty("importances")[0];

        Assert.Equal(1_000, importance.GetProperty("trials").GetInt32());
        double[] shares = [.. importance.GetProperty("fanova").EnumerateArray().Select(share => share.GetDouble())];
        Assert.InRange(shares[0], 0.5, 0.9);
        Assert.InRange(shares[2], 0, 0.05);
    }

    [Fact]
    public void Several_objectives_have_a_front_and_the_growth_of_its_hypervolume()
    {
        _file.With(storage => SampleStudies.AddTradeOff(storage, "trade-off", 60));
        var data = PageData.Of(_file.Render("trade-off"));
        using var storage = StudyStorages.Sqlite(_file.Path);
        var view = storage.ViewStudy("trade-off");

        var front = data.GetProperty("study").GetProperty("front").EnumerateArray().Select(index => index.GetInt32());
        Assert.Equal(view.Front.Select(result => result.Number), front);
        var volumes = data.GetProperty("hypervolume").EnumerateArray().Select(point => point.GetProperty("volume").GetDouble()).ToArray();
        Assert.Equal(volumes.Order(), volumes);
        Assert.Equal(1, volumes[^1]);
        var objectives = data.GetProperty("study").GetProperty("objectives");
        Assert.Equal("accuracy", objectives[0].GetProperty("name").GetString());
        Assert.True(objectives[0].GetProperty("maximize").GetBoolean());
    }

    [Fact]
    public void Names_and_values_cannot_leave_the_data()
    {
        _file.With(storage => SampleStudies.AddHostile(storage, SampleStudies.Hostile));
        var page = _file.Render(SampleStudies.Hostile);

        var scripts = PageData.Scripts(page);
        Assert.Equal(3, scripts.Length);
        Assert.DoesNotContain("<img", page.Replace(scripts[1], "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain('\u2028', scripts[0]);
        var data = PageData.Of(page);
        Assert.Equal(SampleStudies.Hostile, data.GetProperty("study").GetProperty("name").GetString());
        Assert.Equal("step." + SampleStudies.Hostile, data.GetProperty("parameters")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void The_policy_of_a_page_allows_its_own_scripts_and_style_and_nothing_else()
    {
        _file.With(storage => SampleStudies.AddTradeOff(storage, "trade-off", 5));
        var page = _file.Render("trade-off");
        var policy = Between(page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");

        string[] hashes = [.. PageData.Scripts(page).Skip(1).Append(Between(page, "<style>", "</style>")).Select(Hash)];
        Assert.Equal(
            $"default-src 'none'; script-src {hashes[0]} {hashes[1]}; style-src {hashes[2]}; base-uri 'none'; form-action 'none'", policy);

        // Of the chart library's package only ECharts is in the page, with its licence; nothing of it evaluates text.
        Assert.Contains("Apache License 2.0", page, StringComparison.Ordinal);
        Assert.DoesNotContain("vizorECharts", page, StringComparison.Ordinal);
        Assert.DoesNotContain("eval(", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "c")]
    [InlineData(2, "ff")]
    public void A_study_with_hardly_a_trial_has_a_page(int trials, string states)
    {
        _file.With(storage =>
        {
            var space = new SearchSpace { ["x"] = Distribution.Uniform(0, 1) };
            using var study = StoredStudy.Open(storage, "small", space, new StudyOptions { Sampler = Samplers.Random(seed: 1) });
            study.Optimize(
                trial => states[trial.Number] == 'c' ? trial.GetDouble("x") : throw new InvalidOperationException("no"),
                new OptimizeOptions { MaxEvals = trials, Catch = _ => true });
        });
        var data = PageData.Of(_file.Render("small"));

        Assert.Equal(states, data.GetProperty("trials").GetProperty("state").GetString());
        Assert.Equal(0, data.GetProperty("importances").GetArrayLength());
    }

    [Fact]
    public void A_result_that_is_no_number_is_data_like_any_other()
    {
        _file.With(storage =>
        {
            var space = new SearchSpace { ["x"] = Distribution.Uniform(0, 1) };
            var options = new StudyOptions { Sampler = Samplers.Random(seed: 1), Pruner = Pruners.Threshold(upper: 5) };
            using var study = StoredStudy.Open(storage, "odd", space, options);
            foreach (var value in new[] { double.NaN, double.PositiveInfinity, 1 })
            {
                var trial = study.Ask()!;
                trial.Report(value, 0);
                study.Tell(trial, value);
            }
        });
        var data = PageData.Of(_file.Render("odd"));

        Assert.Equal("ffc", data.GetProperty("trials").GetProperty("state").GetString());
        Assert.Equal(
            ["NaN", "Infinity", "1"], data.GetProperty("reports").GetProperty("value").EnumerateArray().Select(value => value.ToString()));
    }

    [Fact]
    public void Ten_thousand_trials_of_thirty_parameters_are_less_than_ten_megabytes()
    {
        var page = ReportPage.Render(ReportBuilder.Build(LargeStudy.Content(10_000, 30), new ReportContext(), new TextTable()));
        Assert.InRange(Encoding.UTF8.GetByteCount(page), 5_000_000, 10_000_000);
    }

    [Fact]
    public void The_texts_of_a_page_are_there_once_and_bounded_which_is_said_in_the_place_of_what_is_missing()
    {
        var table = new TextTable();
        var indices = Enumerable.Range(0, 300).Select(n => table.Add(n + new string('x', 20_000))).ToArray();

        Assert.Equal(-1, table.Add(null));
        Assert.Equal(indices[0], table.Add(0 + new string('x', 20_000)));
        Assert.InRange(table.Texts.Sum(text => text.Length), 1_000_000, 1_600_000);
        Assert.Contains("characters left out", table.Texts[indices[0]], StringComparison.Ordinal);
        Assert.Contains("The study has it", table.Texts[indices[^1]], StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_trial_has_the_end_of_what_it_printed()
    {
        _file.With(storage =>
        {
            using var study = StoredStudy.Open(
                storage,
                "failing",
                new SearchSpace { ["x"] = Distribution.Uniform(0, 1) },
                new StudyOptions { Sampler = Samplers.Random(1) });
            var notes = new Dictionary<string, string> { [TrialNoteNames.FailOutput] = "\"printed by trial 0\"" };
            study.TellFailed(study.Ask(2)!, notes);
            study.Tell(study.Ask(2)!, 1);
        });
        var data = PageData.Of(_file.Render("failing"));

        var log = data.GetProperty("trials").GetProperty("log");
        Assert.Equal("printed by trial 0", data.GetProperty("texts")[log[0].GetInt32()].GetString());
        Assert.Equal(-1, log[1].GetInt32());
    }

    [Fact]
    public void A_trial_of_an_earlier_space_is_shown_and_does_not_count()
    {
        _file.With(storage =>
        {
            foreach (var low in new[] { 0, 0.5 })
            {
                var space = new SearchSpace { ["x"] = Distribution.Uniform(low, 1) };
                using var study = StoredStudy.Open(storage, "narrowed", space, new StudyOptions { Sampler = Samplers.Random(seed: 1) });
                study.Optimize(trial => trial.GetDouble("x"), maxEvals: low == 0 ? 20 : 30);
            }
        });
        var data = PageData.Of(_file.Render("narrowed"));

        var trials = data.GetProperty("trials");
        var values = trials.GetProperty("values")[0].EnumerateArray().Select(value => value.GetDouble()).ToArray();
        Assert.Equal(string.Concat(values.Select(value => value < 0.5 ? 'o' : 'c')), trials.GetProperty("state").GetString());
        Assert.Contains(values, value => value < 0.5);
        Assert.Equal(values.Where(value => value >= 0.5).Min(), values[data.GetProperty("study").GetProperty("best").GetInt32()]);
    }

    [OptunaFact]
    public void A_study_of_Optuna_with_branches_has_a_page_although_it_has_no_space()
    {
        OptunaScript.Run(
            """
            import sys, optuna
            optuna.logging.set_verbosity(optuna.logging.ERROR)
            study = optuna.create_study(study_name="theirs", storage="sqlite:///" + sys.argv[1], direction="maximize",
                sampler=optuna.samplers.RandomSampler(seed=1))
            def objective(trial):
                if trial.suggest_categorical("kind", ["tree", "line"]) == "tree":
                    return trial.suggest_int("depth", 1, 9) / 10
                return trial.suggest_float("slope", 1e-4, 1, log=True)
            study.optimize(objective, n_trials=12)
            """, _file.Path);
        var data = PageData.Of(_file.Render("theirs"));

        var parameters = data.GetProperty("parameters").EnumerateArray().ToDictionary(row => row.GetProperty("name").GetString()!);
        Assert.Equal(["depth", "kind", "slope"], parameters.Keys.Order());
        Assert.True(parameters["slope"].GetProperty("isLog").GetBoolean());
        Assert.Equal("tree", parameters["kind"].GetProperty("options")[0].GetProperty("label").GetString());
        var values = data.GetProperty("trials").GetProperty("objectives")[0].EnumerateArray().Select(value => value.GetDouble()).ToArray();
        Assert.Equal(Array.IndexOf(values, values.Max()), data.GetProperty("study").GetProperty("best").GetInt32());
        Assert.Contains("no search space", data.GetProperty("study").GetProperty("notes")[0].GetString()!, StringComparison.Ordinal);
    }

    private static string Between(string text, string before, string after)
    {
        var start = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[start..text.IndexOf(after, start, StringComparison.Ordinal)];
    }

    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    /// <summary>Nothing changes with the time alone.</summary>
    private sealed class StoppedTime : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
