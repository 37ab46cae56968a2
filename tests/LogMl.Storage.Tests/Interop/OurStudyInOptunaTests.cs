using System.Globalization;
using System.Text.Json;
using LogMl.Optimization;
using LogMl.Optimization.Sampling;
using LogMl.Storage.Tests.Kit;
using LogMl.TestKit.Optuna;
using LogMl.TestKit.Postgres;

namespace LogMl.Storage.Tests.Interop;

/// <summary>A study that this library has written is one of Optuna's.</summary>
public sealed class OurStudyInOptunaTests
{
    private const string Name = "Übung: \"ours\"";
    private const int Completed = 24;

    private static readonly Dictionary<string, string> Nothing = [];

    [OptunaTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [PostgresInlineData(DatabaseKind.PostgreSql)]
    public void Optuna_reads_everything_that_we_have_written(DatabaseKind kind)
    {
        using var database = StudyDatabase.Create(kind);
        using var storage = database.Open();
        using var study = OpenStudy(storage, Samplers.Random(seed: 1));
        RunTrialsThatEndInEveryWay(study);

        var seen = OptunaStudy.Read(database.Url, Name);

        Assert.Equal(["MINIMIZE"], seen.Directions);
        Assert.Equal("[1,null,{\"a\":true}]", seen.UserAttrs["note"].GetRawText().Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(
            [.. Enumerable.Repeat("COMPLETE", Completed), "PRUNED", "PRUNED", "FAIL", "FAIL", "RUNNING", "WAITING"],
            seen.Trials.Select(trial => trial.State));
        Assert.Equal(Enumerable.Range(0, seen.Trials.Count), seen.Trials.Select(trial => trial.Number));
        Assert.All(seen.Trials, trial =>
        {
            Assert.Empty(trial.Outside);
            Assert.Equal(trial.State != "WAITING", trial.Started);
            Assert.Equal(trial.State is not ("WAITING" or "RUNNING"), trial.Completed);
        });
        foreach (var trial in study.History.Trials)
        {
            EverySpace.AssertEqual(study.History.Parameters, trial.Values, seen.Trials[trial.Number].Params);
        }

        Assert.All(seen.Trials.Take(Completed), trial => Assert.Equal([Loss(study.History.Trials[trial.Number].Values)], trial.Values!));
        Assert.Equal("h\u00f6st", seen.Trials[0].UserAttrs["host"].GetString());
        Assert.Equal(1.5, seen.Trials[1].UserAttrs["score"].GetDouble());
        Assert.Equal([0, 1, 3, 5], seen.Trials[Completed].IntermediateValues.Keys.Order());
        Assert.Equal(
            [double.PositiveInfinity, double.NegativeInfinity, double.NaN, 0.25],
            seen.Trials[Completed].IntermediateValues.OrderBy(pair => pair.Key).Select(pair => pair.Value));
        Assert.Equal([0.25], seen.Trials[Completed].Values!);
        Assert.Null(seen.Trials[Completed + 1].Values);
        Assert.Null(seen.Trials[Completed + 2].Values);
        Assert.Equal("out of luck", seen.Trials[Completed + 2].UserAttrs["fail_reason"].GetString());
        Assert.Null(seen.Trials[Completed + 3].Values);
        Assert.Empty(seen.Trials[^1].Params);
        var given = seen.Trials[^1].SystemAttrs["fixed_params"].EnumerateObject()
            .ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal);
        EverySpace.AssertEqual(study.History.Parameters, study.History.Trials[0].Values, given);
    }

    [OptunaTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [PostgresInlineData(DatabaseKind.PostgreSql)]
    public void Optuna_has_the_same_distributions_and_the_same_best_trial(DatabaseKind kind)
    {
        using var database = StudyDatabase.Create(kind);
        using var storage = database.Open();
        using var study = OpenStudy(storage, Samplers.Random(seed: 2));
        RunTrialsThatEndInEveryWay(study);
        var best = study.Best!;

        OptunaStudy.Run(
            EverySpace.InPython + """
            study = load()
            seen = set()
            for t in study.trials:
                for name, d in t.distributions.items():
                    seen.add(name)
                    assert same(d, expected[name]), f"{name}: {d}, not {expected[name]}"
            assert seen == set(expected), seen
            assert study.best_trial.number == int(sys.argv[3]), study.best_trial
            assert study.best_value == float(sys.argv[4]), study.best_value
            frame = study.trials_dataframe()
            assert len(frame) == len(study.trials)
            assert {"params_" + name for name in expected} <= set(frame.columns), frame.columns
            assert (frame[frame.state == "COMPLETE"].duration.dt.total_seconds() >= 0).all()
            """,
            database.Url,
            Name,
            best.Number.ToString(CultureInfo.InvariantCulture),
            best.Loss.ToString("R", CultureInfo.InvariantCulture));
    }

    [OptunaTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [PostgresInlineData(DatabaseKind.PostgreSql)]
    public void Optuna_tells_which_parameters_matter(DatabaseKind kind)
    {
        using var database = StudyDatabase.Create(kind);
        using var storage = database.Open();
        using var study = OpenStudy(storage, Samplers.Random(seed: 3));
        RunTrialsThatEndInEveryWay(study);

        OptunaStudy.Run(
            EverySpace.InPython + """
            evaluator = optuna.importance.FanovaImportanceEvaluator(seed=0)
            importances = optuna.importance.get_param_importances(load(), evaluator=evaluator)
            assert set(importances) == set(expected) - {"rate"}, importances
            assert math.isclose(sum(importances.values()), 1)
            # The only one that the loss depends on.
            assert next(iter(importances)) == "uniform", importances
            """,
            database.Url,
            Name);
    }

    [OptunaTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [PostgresInlineData(DatabaseKind.PostgreSql)]
    public void Optuna_goes_on_and_then_we_go_on(DatabaseKind kind)
    {
        using var database = StudyDatabase.Create(kind);
        IReadOnlyDictionary<string, double> released;
        IReadOnlyDictionary<string, double> enqueued;
        using (var storage = database.Open())
        using (var study = OpenStudy(storage, Samplers.Random(seed: 4)))
        {
            var running = RunTrialsThatEndInEveryWay(study);
            released = running.Values;
            enqueued = study.History.Trials[0].Values;
            study.Release(running);
        }

        OptunaStudy.Run(
            EverySpace.InPython + """
            study = load(sampler=optuna.samplers.TPESampler(seed=1))
            distributions = study.trials[0].distributions
            distributions.update(next(t for t in study.trials if "rate" in t.distributions).distributions)
            waiting = [t.number for t in study.trials if t.state == TrialState.WAITING]

            def objective(trial):
                values = {name: suggest(trial, name, d) for name, d in distributions.items() if name != "rate"}
                if values["layer"] == "dropout":
                    suggest(trial, "rate", distributions["rate"])
                trial.report(0.5, 0)
                trial.report(float("nan"), 1)
                if trial.number == waiting[-1] + 1:
                    raise optuna.TrialPruned()
                if trial.number == waiting[-1] + 2:
                    raise ArithmeticError("no loss")
                return 1000 + trial.number

            study.optimize(objective, n_trials=5, catch=ArithmeticError)
            """,
            database.Url,
            Name);

        using var again = database.Open();
        using var resumed = OpenStudy(again, Samplers.Tpe(seed: 5));
        var seen = OptunaStudy.Read(database.Url, Name).Trials;
        var first = Completed + 4;
        Assert.Equal(first + 5, seen.Count);
        Assert.Equal(Enumerable.Range(0, seen.Count), seen.Select(trial => trial.Number));
        Assert.Equal(["COMPLETE", "COMPLETE", "PRUNED", "FAIL", "COMPLETE"], seen.Skip(first).Select(trial => trial.State));
        EverySpace.AssertEqual(resumed.History.Parameters, released, seen[first].Params);
        EverySpace.AssertEqual(resumed.History.Parameters, enqueued, seen[first + 1].Params);

        Assert.Equal(seen.Count, resumed.Finished);
        Assert.Equal(seen.Count, resumed.History.Trials.Count);
        foreach (var trial in resumed.History.Trials)
        {
            EverySpace.AssertEqual(resumed.History.Parameters, trial.Values, seen[resumed.NumberOf(trial)].Params);
        }

        AssertTrial(resumed, first, TrialState.Complete, loss: 1000 + first);
        AssertTrial(resumed, first + 1, TrialState.Complete, loss: 1001 + first);
        AssertTrial(resumed, first + 2, TrialState.Pruned, loss: null);
        AssertTrial(resumed, first + 3, TrialState.Failed, loss: null);
        AssertTrial(resumed, first + 4, TrialState.Complete, loss: 1004 + first);

        var numbers = new List<int>();
        while (resumed.Ask(maxEvals: seen.Count + 3) is { } next)
        {
            numbers.Add(next.Number);
            Assert.True(resumed.Tell(next, -100 - next.Number));
        }

        var after = OptunaStudy.Read(database.Url, Name).Trials;
        Assert.Equal(Enumerable.Range(seen.Count, 3), numbers);
        Assert.Equal(seen.Count + 3, after.Count);
        Assert.All(after.Skip(seen.Count), trial => Assert.Equal(("COMPLETE", -100.0 - trial.Number), (trial.State, trial.Values![0])));
        Assert.All(after, trial => Assert.Empty(trial.Outside));
    }

    [OptunaTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [PostgresInlineData(DatabaseKind.PostgreSql)]
    public void Optuna_knows_a_repetition_of_a_trial_that_was_cut_off(DatabaseKind kind)
    {
        using var database = StudyDatabase.Create(kind);
        using var storage = database.Open();
        using var study = OpenStudy(storage, Samplers.Random(seed: 1));
        var cutOff = study.Ask()!;
        Assert.True(study.FailAndRetry(cutOff));
        var repetition = study.Ask()!;
        study.Tell(repetition, 7);

        OptunaStudy.Run(
            """
            failed, repetition = load().trials
            callback = optuna.storages.RetryFailedTrialCallback
            assert failed.state == TrialState.FAIL and repetition.state == TrialState.COMPLETE
            assert callback.retried_trial_number(failed) is None
            assert callback.retried_trial_number(repetition) == 0
            assert callback.retry_history(repetition) == [0]
            assert repetition.params == failed.params
            assert repetition.user_attrs["host"] == "höst"
            """,
            database.Url,
            Name);
    }

    [OptunaTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [PostgresInlineData(DatabaseKind.PostgreSql)]
    public void Optuna_finds_the_same_front_of_several_objectives_under_constraints(DatabaseKind kind)
    {
        using var database = StudyDatabase.Create(kind);
        using var storage = database.Open();
        using var study = StoredStudy.Open(
            storage,
            Name,
            new SearchSpace { { "x", Distribution.Uniform(0, 1) } },
            new StudyOptions { Sampler = Samplers.Random(seed: 1), Directions = [Direction.Minimize, Direction.Maximize] });
        for (var i = 0; i < 20; i++)
        {
            var trial = study.Ask()!;
            var x = trial.GetDouble("x");
            study.Tell(trial, new TrialResult(x * x, x - (i % 3)) { Constraints = [-1, -0.5] });
        }

        var front = study.History.BestTrials.Select(trial => study.NumberOf(trial)).Order();

        OptunaStudy.Run(
            """
            study = load()
            assert [d.name for d in study.directions] == ["MINIMIZE", "MAXIMIZE"]
            assert sorted(t.number for t in study.best_trials) == json.loads(sys.argv[3]), [t.number for t in study.best_trials]
            assert all(t.system_attrs["constraints"] == [-1.0, -0.5] for t in study.trials)
            """,
            database.Url,
            Name,
            JsonSerializer.Serialize(front));
    }

    private static StoredStudy OpenStudy(StudyStorage storage, Sampler sampler) => StoredStudy.Open(
        storage,
        Name,
        EverySpace.Create(),
        new StudyOptions { Sampler = sampler },
        new StoredStudyOptions
        {
            StudyAttributes = new Dictionary<string, string> { ["note"] = "[1,null,{\"a\":true}]" },
            TrialAttributes = new Dictionary<string, string> { ["host"] = "\"höst\"" },
        });

    /// <summary>24 complete trials, two pruned ones, two failed ones, one that runs and one that waits.</summary>
    /// <returns>The one that runs.</returns>
    private static StoredTrial RunTrialsThatEndInEveryWay(StoredStudy study)
    {
        for (var i = 0; i < Completed; i++)
        {
            var complete = study.Ask()!;
            Assert.True(study.Tell(complete, new TrialResult(Loss(complete.Values)), i == 1 ? new Dictionary<string, string> { ["score"] = "1.5" } : Nothing));
        }

        var pruned = study.Ask()!;
        pruned.Report(double.PositiveInfinity, 0);
        pruned.Report(double.NegativeInfinity, 1);
        pruned.Report(double.NaN, 3);
        pruned.Report(0.25, 5);
        Assert.True(study.TellPruned(pruned));

        var prunedWithoutNumber = study.Ask()!;
        prunedWithoutNumber.Report(double.NaN, 0);
        Assert.True(study.TellPruned(prunedWithoutNumber));

        Assert.True(study.TellFailed(study.Ask()!, new Dictionary<string, string> { ["fail_reason"] = "\"out of luck\"" }));
        Assert.True(study.Tell(study.Ask()!, double.NaN));
        var running = study.Ask()!;
        study.Enqueue(study.History.Trials[0].Values);
        return running;
    }

    private static double Loss(IReadOnlyDictionary<string, double> values) => (values["uniform"] * values["uniform"] / 3) + 1;

    private static void AssertTrial(StoredStudy study, int number, TrialState state, double? loss)
    {
        var trial = study.History.Trials.Single(trial => study.NumberOf(trial) == number);
        Assert.Equal((state, loss), (trial.State, trial.Loss));
        Assert.Equal([0.5, double.NaN], trial.Reports.OrderBy(report => report.Key).Select(report => report.Value));
    }
}
