using LogMl.Report.Tests.Kit;
using LogMl.TestKit.Optuna;
using LogMl.Tool.Tests.Kit;

namespace LogMl.Tool.Tests;

/// <summary>Reading leaves a storage as it is, to the last byte, and no file beside it.</summary>
public sealed class UnchangedTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void No_verb_that_reads_changes_a_study()
    {
        _folder.With("study.db", storage => SampleStudies.AddClassifiers(storage, "classifiers", 20));
        RequireUnchanged();
    }

    [OptunaFact]
    public void A_study_of_Optuna_is_read_and_its_file_gets_no_table()
    {
        OptunaScript.Run(
            """
            import optuna, sys
            study = optuna.create_study(storage="sqlite:///" + sys.argv[1], study_name="optuna", direction="maximize")
            def objective(trial):
                x = trial.suggest_float("x", 0, 1)
                kind = trial.suggest_categorical("kind", ["a", None, 3, True])
                n = trial.suggest_int("n", 1, 100, log=True) if kind == "a" else 0
                trial.report(x / 2, 1)
                trial.set_user_attr("note", {"deep": [1, float("nan")]})
                if trial.number % 7 == 6:
                    raise ValueError("no")
                return x
            study.optimize(objective, n_trials=30, catch=(ValueError,))
            study.enqueue_trial({"x": 0.25})
            study.set_user_attr("who", "Ann")
            print(study.best_trial.number, repr(study.best_value))
            """,
            _folder.At("study.db"));

        RequireUnchanged();
        var best = _folder.Run("best", "--json").Json.GetProperty("best");
        var all = _folder.Run("trials", "--json").Json.GetProperty("trials").EnumerateArray().ToList();
        Assert.Equal(31, all.Count);
        Assert.Equal(4, all.Count(trial => trial.GetProperty("state").GetString() == "failed"));
        Assert.Equal("waiting", all[^1].GetProperty("state").GetString());
        var values = all.Where(trial => trial.GetProperty("state").GetString() == "complete")
            .Select(trial => trial.GetProperty("objectives").GetProperty("value").GetDouble());
        Assert.Equal(values.Max(), best.GetProperty("objectives").GetProperty("value").GetDouble());
        Assert.All(all.SkipLast(1), trial => Assert.Equal(
            trial.GetProperty("parameters").GetProperty("kind").ToString() == "a",
            trial.GetProperty("parameters").TryGetProperty("n", out _)));
        Assert.Contains("  x: ", _folder.Run("best", "--yaml").Done, StringComparison.Ordinal);
        Assert.Contains("Ann", _folder.Run("show").Done, StringComparison.Ordinal);
        Assert.Contains("{\"x\": 0.25}", _folder.Run("trial", "30").Done, StringComparison.Ordinal);
    }

    private void RequireUnchanged()
    {
        var before = Content();
        string[][] calls =
        [
            ["studies"], ["show"], ["best"], ["trials"], ["trials", "--csv"], ["trial", "0"], ["best", "--yaml"], ["show", "--json"],
        ];
        foreach (var call in calls)
        {
            Assert.NotEmpty(_folder.Run(call).Done);
            Assert.Equal(before, Content());
        }
    }

    private Dictionary<string, string> Content() => Directory.GetFileSystemEntries(_folder.Path)
        .ToDictionary(file => file, file => Convert.ToHexString(File.ReadAllBytes(file)) + File.GetLastWriteTimeUtc(file).Ticks);
}
