using LogMl.Optimization;
using LogMl.Optimization.Sampling;
using LogMl.Storage.Tests.Kit;
using LogMl.TestKit.Optuna;
using LogMl.TestKit.Postgres;

namespace LogMl.Storage.Tests.Interop;

/// <summary>Optuna works in the same study as this library, with its own ideas of what belongs into it.</summary>
public sealed class OptunaBesideUsTests
{
    private const string Name = "shared";

    private static readonly StoredStudyOptions Integers = new() { IntegerParameters = ["even", "wide"] };

    [OptunaTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [PostgresInlineData(DatabaseKind.PostgreSql)]
    public void Options_that_are_the_same_numbers_and_integers_on_a_grid_or_by_their_logarithm_are_the_same_space(DatabaseKind kind)
    {
        const string Suggest =
            """
            def objective(trial):
                c = trial.suggest_categorical("c", [0.5, 1.0, 2.0, "a"])
                return trial.suggest_int("even", 0, 16, step=2) + trial.suggest_int("wide", 1, 64, log=True)


            """;
        using var database = StudyDatabase.Create(kind);
        OptunaStudy.Run(
            Suggest + "optuna.create_study(study_name=sys.argv[2], storage=storage, sampler=optuna.samplers.RandomSampler(seed=1)).optimize(objective, n_trials=6)", database.Url, Name);
        using (var storage = database.Open())
        {
            var space = new SearchSpace
            {
                ["c"] = Distribution.Choice(0.5, 1, 2L, "a"),
                ["even"] = Distribution.QUniform(0, 16, 2),
                ["wide"] = Distribution.QLogUniform(0, Math.Log(64), 1),
            };
            using var study = StoredStudy.Open(storage, Name, space, new StudyOptions { Sampler = Samplers.Random(2) }, Integers);
            Assert.Equal(6, study.History.Trials.Count);
            study.RunTo(12);
        }

        // Optuna refuses a parameter with other options, of another class or scale, and its samplers take all trials for one space only
        // when it is the same in each.
        OptunaStudy.Run(
            Suggest + """
            study = load(sampler=optuna.samplers.TPESampler(seed=1, n_startup_trials=1, multivariate=True))
            study.optimize(objective, n_trials=3)
            assert len(study.trials) == 15 and all(t.state == TrialState.COMPLETE for t in study.trials)
            expected = study.trials[0].distributions
            for t in study.trials:
                assert t.distributions == expected, (t.number, t.distributions)
                assert isinstance(t.params["even"], int) and isinstance(t.params["wide"], int), t.params
                assert t.params["c"] == "a" or isinstance(t.params["c"], float), t.params
            """,
            database.Url,
            Name);
    }

    [OptunaTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [PostgresInlineData(DatabaseKind.PostgreSql)]
    public void Trials_of_Optuna_with_other_parameters_do_not_stop_a_search_that_runs_or_is_begun(DatabaseKind kind)
    {
        using var database = StudyDatabase.Create(kind);
        using var storage = database.Open();
        using var study = Open(storage);
        study.RunTo(4);

        OptunaStudy.Run(
            """
            study = load()
            study.optimize(lambda trial: trial.suggest_float("x", -5, 5), n_trials=1)
            study.optimize(lambda trial: sum(trial.suggest_float(name, -5, 5) for name in ("x", "y", "momentum")), n_trials=1)
            study.optimize(lambda trial: trial.suggest_float("x", -5, 5) + trial.suggest_float("y", -5, 5), n_trials=1)
            study.enqueue_trial({"x": 1.5, "momentumm": 0.9})
            trial = study.ask()
            study.tell(trial, float("inf"))
            study.enqueue_trial({"x": 1.5, "yy": 0.9})
            """,
            database.Url,
            Name);
        study.Refresh();
        Assert.Equal([4, 5, 7], study.LeftOut.Keys);
        Assert.Equal("it has no 'y'; 'momentum' is no parameter", $"{study.LeftOut[4]}; {study.LeftOut[5]}");
        var asked = study.Ask()!;
        Assert.Equal((8, 1.5), (asked.Number, asked.Values["x"]));
        Assert.Equal(["the space has no parameter 'yy' (did you mean 'y'?)"], asked.Ignored);
        study.Tell(asked, 1);

        using var again = Open(database.Open());
        Assert.Equal([4, 5, 7], again.LeftOut.Keys);
        Assert.Equal((9, 6), (again.Finished, again.History.Trials.Count));
    }

    [OptunaFact]
    public void A_trial_of_an_Optuna_that_was_killed_is_repeated_when_it_gave_heartbeats()
    {
        using var database = StudyDatabase.Create(DatabaseKind.Sqlite);
        using (var study = Open(database.Open()))
        {
            study.RunTo(1);
        }

        OptunaStudy.Run(
            """
            import os, sqlite3
            storage = optuna.storages.RDBStorage(sys.argv[1], skip_compatibility_check=True, heartbeat_interval=1)

            def objective(trial):
                trial.suggest_float("x", -5, 5)
                while not sqlite3.connect(sys.argv[1][len("sqlite:///"):]).execute("SELECT 1 FROM trial_heartbeats").fetchall():
                    pass
                # As a process that is killed.
                os._exit(0)

            warnings.simplefilter("ignore")
            load().optimize(objective, n_trials=1)
            """,
            database.Url,
            Name);

        using var storage =
            StudyStorages.Sqlite(database.Url["sqlite:///".Length..], new StorageOptions { GracePeriod = TimeSpan.FromSeconds(1) });
        using var ours = Open(storage);
        StoredTrial? repetition;
        do
        {
            repetition = ours.TryAsk(2, out _);
        }
        while (repetition is null);

        Assert.Equal((2, 1), (repetition.Number, repetition.Evaluation));
        Assert.Equal(["x", "y"], repetition.Values.Keys.Order());
        ours.Tell(repetition, 1);
        OptunaStudy.Run(
            """
            _, failed, repetition = load().trials
            assert failed.state == TrialState.FAIL and repetition.params["x"] == failed.params["x"], (failed, repetition)
            assert optuna.storages.RetryFailedTrialCallback.retried_trial_number(repetition) == 1
            """,
            database.Url,
            Name);
    }

    [OptunaFact]
    public void A_study_that_Optuna_deletes_says_so()
    {
        using var database = StudyDatabase.Create(DatabaseKind.Sqlite);
        using var storage = database.Open();
        using var study = Open(storage);
        study.RunTo(2);
        OptunaStudy.Run("optuna.delete_study(study_name=sys.argv[2], storage=storage)", database.Url, Name);
        Assert.Equal(StorageProblem.Deleted, Assert.Throws<StorageException>(() => study.Ask()).Problem);
    }

    [OptunaFact]
    public void Optunas_listings_show_the_name_of_the_loss_and_not_what_only_this_library_reads()
    {
        using var database = StudyDatabase.Create(DatabaseKind.Sqlite);
        using var storage = database.Open();
        using var study = Open(storage, new StoredStudyOptions { ObjectiveNames = ["loss"] });
        study.RunTo(2);
        var seen = OptunaStudy.Read(database.Url, Name);
        Assert.Equal(["logml:algorithm"], seen.UserAttrs.Keys);
        Assert.Equal("[\"loss\"]", seen.SystemAttrs["study:metric_names"].GetRawText().Replace(" ", "", StringComparison.Ordinal));

        OptunaStudy.Run(
            "study = load(); study._storage.set_study_system_attr(study._study_id, 'study:metric_names', ['error'])", database.Url, Name);
        Open(storage, new StoredStudyOptions { ObjectiveNames = ["loss"] }).Dispose();
        Assert.Equal("[\"error\"]", OptunaStudy.Read(database.Url, Name).SystemAttrs["study:metric_names"].GetRawText());
    }

    private static StoredStudy Open(StudyStorage storage, StoredStudyOptions? options = null) =>
        StoredStudy.Open(storage, Name, Samples.TwoNumbers(), new StudyOptions { Sampler = Samplers.Random(3) }, options);
}
