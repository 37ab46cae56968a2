using LogMl.Optimization;
using LogMl.Storage.Tests.Kit;
using LogMl.TestKit.Optuna;
using LogMl.TestKit.Postgres;

namespace LogMl.Storage.Tests.Interop;

/// <summary>A study of Optuna's that is opened without a space.</summary>
public sealed class OptunaSpaceTests
{
    private const string Name = "theirs";

    private const string Write =
        """
        study = optuna.create_study(study_name=sys.argv[2], storage=storage, direction="maximize", load_if_exists=True,
                                    sampler=optuna.samplers.RandomSampler(seed=1))

        def objective(trial):
            trial.suggest_float("lr", 1e-5, 0.1, log=True)
            trial.suggest_float("q", 0.0, 0.5, step=0.1)
            trial.suggest_int("units", 1, 64)
            trial.suggest_int("batch", 16, 128, step=16)
            trial.suggest_int("width", 1, 1000, log=True)
            trial.suggest_categorical("activation", ["relu", None, True, 2, 0.5])
            return trial.suggest_float("x", -5, 10)

        study.optimize(objective, n_trials=30)
        """;

    [OptunaTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [PostgresInlineData(DatabaseKind.PostgreSql)]
    public void The_space_that_all_trials_have_is_the_space_of_the_study(DatabaseKind kind)
    {
        using var database = StudyDatabase.Create(kind);
        OptunaStudy.Run(Write, database.Url, Name);
        var written = OptunaStudy.Read(database.Url, Name);

        using (var readOnly = database.Open(new StorageOptions { ReadOnly = true }))
        {
            var view = readOnly.ViewStudy(Name);
            Assert.Equal((30, 30, 0), (view.Finished, view.History.Trials.Count, view.LeftOut.Count));
            Assert.Equal(Name, Assert.Single(readOnly.ListStudies()).Name);
            foreach (var trial in view.History.Trials)
            {
                EverySpace.AssertEqual(view.History.Parameters, trial.Values, written.Trials[trial.Number].Params);
            }
        }

        using (var storage = database.Open())
        using (var study = StoredStudy.Open(storage, Name, new StudyOptions { Sampler = Samplers.Tpe(seed: 1) }))
        {
            Assert.Equal(30, study.Finished);
            study.Optimize(trial => trial.GetDouble("x"), maxEvals: 60);
        }

        OptunaStudy.Run(Write, database.Url, Name);
        var trials = OptunaStudy.Read(database.Url, Name).Trials;
        Assert.Equal(90, trials.Count(trial => trial.State == "COMPLETE" && trial.Outside.Count == 0));
    }

    [OptunaTheory]
    [InlineData(
        "'x' was a number from 0 to 1, and then a number from 0 to 2",
        """[{"x": FloatDistribution(0, 1)}, {"x": FloatDistribution(0, 2)}]""")]
    [InlineData(
        "trial 1 has no 'y', so that it may belong to an option",
        """[{"x": FloatDistribution(0, 1), "y": FloatDistribution(0, 1)}, {"x": FloatDistribution(0, 1)}]""")]
    [InlineData(
        "'x' is an integer from 1 to 7 in steps of 2, for which there is no distribution",
        """[{"x": IntDistribution(1, 7, step=2)}]""")]
    [InlineData("no trial has a parameter yet", "[]")]
    public void Trials_without_a_common_space_are_an_error_that_says_why(string expected, string trials)
    {
        using var database = StudyDatabase.Create(DatabaseKind.Sqlite);
        OptunaStudy.Run(
            $$"""
            study = optuna.create_study(study_name=sys.argv[2], storage=storage)
            for distributions in {{trials}}:
                params = {name: d.low for name, d in distributions.items()}
                study.add_trial(optuna.trial.create_trial(params=params, distributions=distributions, value=1))
            """,
            database.Url,
            Name);
        using var storage = database.Open();
        var exception = Assert.Throws<StorageException>(() => storage.ViewStudy(Name));
        Assert.Equal(StorageProblem.NoSpace, exception.Problem);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }
}
