using LogMl.Optimization;
using LogMl.Optimization.Sampling;
using LogMl.Storage.Tests.Kit;
using LogMl.TestKit.Optuna;
using LogMl.TestKit.Postgres;

namespace LogMl.Storage.Tests.Interop;

/// <summary>A study that Optuna has written, in tables that Optuna has made.</summary>
public sealed class OptunaStudyInOursTests
{
    private const string Name = "theirs";

    private const string Write =
        """
        study = optuna.create_study(study_name=sys.argv[2], storage=storage, direction="maximize", sampler=optuna.samplers.RandomSampler(seed=1))
        study.set_user_attr("who", "optuna")

        def values(trial):
            x = trial.suggest_float("x", -5, 10)
            trial.suggest_float("lr", 1e-5, 0.1, log=True)
            trial.suggest_float("q", 0.0, 0.5, step=0.1)
            trial.suggest_int("units", 1, 64)
            trial.suggest_categorical("activation", ["relu", None, True, 2, 0.5])
            return x

        def objective(trial):
            x = values(trial)
            trial.report(x, 0)
            trial.report(float("inf"), 1)
            trial.report(float("nan"), 2)
            if trial.number == 3:
                raise optuna.TrialPruned()
            if trial.number == 4:
                raise ArithmeticError("no value")
            return x + 0.1

        study.optimize(objective, n_trials=8, catch=ArithmeticError)
        study.enqueue_trial({"x": 1.25, "activation": True, "units": 64})
        """;

    [OptunaTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [PostgresInlineData(DatabaseKind.PostgreSql)]
    public void It_opens_and_goes_on_and_Optuna_goes_on_too(DatabaseKind kind)
    {
        using var database = StudyDatabase.Create(kind);
        OptunaStudy.Run(Write, database.Url, Name);
        var written = OptunaStudy.Read(database.Url, Name);

        using (var storage = database.Open())
        using (var study = StoredStudy.Open(storage, Name, FittingSpace(), Options()))
        {
            Assert.False(study.IsNew);
            Assert.Equal("\"optuna\"", study.Attributes["who"]);
            Assert.Equal(8, study.Finished);
            Assert.Equal(9, study.Evaluations);
            Assert.Equal(
                "Complete Complete Complete Pruned Failed Complete Complete Complete",
                string.Join(' ', study.History.Trials.Select(trial => trial.State)));
            foreach (var trial in study.History.Trials)
            {
                EverySpace.AssertEqual(study.History.Parameters, trial.Values, written.Trials[trial.Number].Params);
                Assert.Equal(trial.State == TrialState.Complete ? written.Trials[trial.Number].Values! : [], trial.Objectives);
                Assert.Equal(
                    written.Trials[trial.Number].IntermediateValues.OrderBy(pair => pair.Key), trial.Reports.OrderBy(pair => pair.Key));
            }

            Assert.Equal(
                written.Trials.Where(trial => trial.State == "COMPLETE").MaxBy(trial => trial.Values![0])!.Number, study.Best!.Number);

            var waiting = study.Ask()!;
            Assert.Equal(8, waiting.Number);
            Assert.Equal((1.25, 64, true), (waiting.GetDouble("x"), waiting.GetInt32("units"), waiting.GetOption("activation")));
            Assert.True(study.Tell(waiting, 100));
            var next = study.Ask()!;
            Assert.Equal(9, next.Number);
            Assert.True(study.Tell(next, 101));
        }

        // As any user would open it: the schema is still the one that this Optuna has made.
        OptunaStudy.Run(
            """
            storage = optuna.storages.RDBStorage(sys.argv[1])
            study = load(sampler=optuna.samplers.TPESampler(seed=1))
            assert study.best_trial.number == 9 and study.best_value == 101
            assert study.trials[8].params["x"] == 1.25 and study.trials[8].params["activation"] is True
            for _ in range(3):
                trial = study.ask()
                for name, d in study.trials[0].distributions.items():
                    suggest(trial, name, d)
                study.tell(trial, 0)
            assert [t.number for t in study.trials] == list(range(13))
            """,
            database.Url,
            Name);
    }

    [OptunaTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [PostgresInlineData(DatabaseKind.PostgreSql)]
    public void It_is_refused_with_both_spaces_when_its_space_does_not_fit(DatabaseKind kind)
    {
        using var database = StudyDatabase.Create(kind);
        OptunaStudy.Run(Write, database.Url, Name);
        var written = OptunaStudy.Read(database.Url, Name).Trials.Count;
        var space = new SearchSpace
        {
            { "x", Distribution.UniformInt(-5, 10) },
            { "q", Distribution.QUniform(0, 0.5, 0.1) },
            { "units", Distribution.UniformInt(1, 64) },
            { "activation", Distribution.Choice("relu", "tanh") },
            { "depth", Distribution.UniformInt(1, 3) },
        };

        using var storage = database.Open();
        var error = Assert.Throws<StorageException>(() => StoredStudy.Open(storage, Name, space, Options()));

        Assert.Equal(StorageProblem.OtherSpace, error.Problem);
        Assert.Equal(
            """
            The stored study 'theirs' has another search space:
            'activation' was one of "relu", null, true, 2, 0.5, and is now one of "relu", "tanh";
            'depth' was no parameter, and is now an integer from 1 to 3;
            'lr' was a number from 1E-05 to 0.1, by its logarithm, and is no parameter any more;
            'x' was a number from -5 to 10, and is now an integer from -5 to 10.
            """,
            Sorted(error.Message));
        Assert.Equal(written, OptunaStudy.Read(database.Url, Name).Trials.Count);
    }

    [OptunaTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [PostgresInlineData(DatabaseKind.PostgreSql)]
    public void It_is_refused_when_it_looks_for_the_greatest_value_and_we_for_the_least(DatabaseKind kind)
    {
        using var database = StudyDatabase.Create(kind);
        OptunaStudy.Run(Write, database.Url, Name);

        using var storage = database.Open();
        var error = Assert.Throws<StorageException>(
            () => StoredStudy.Open(storage, Name, FittingSpace(), Options() with { Directions = [Direction.Minimize] }));

        Assert.Equal(StorageProblem.OtherObjectives, error.Problem);
        Assert.Contains("maximizes its objective, and the search now minimizes its objective", error.Message, StringComparison.Ordinal);
    }

    private static SearchSpace FittingSpace() => new()
    {
        { "x", Distribution.Uniform(-5, 10) },
        { "lr", Distribution.LogUniform(Math.Log(1e-5), Math.Log(0.1)) },
        { "q", Distribution.QUniform(0, 0.5, 0.1) },
        { "units", Distribution.UniformInt(1, 64) },
        { "activation", Distribution.Choice("relu", null, true, 2, 0.5) },
    };

    private static StudyOptions Options() => new() { Sampler = Samplers.Random(seed: 3), Directions = [Direction.Maximize] };

    /// <summary>The differences one to a line, in the order of their names: which comes first is the database's choice.</summary>
    private static string Sorted(string message)
    {
        var parts = message.Split(": ", 2);
        var differences = parts[1].TrimEnd('.').Split("; ").Order(StringComparer.Ordinal);
        return parts[0] + ":\n" + string.Join(";\n", differences) + ".";
    }
}
