using System.Text.Json.Nodes;
using LogMl.Optimization;
using LogMl.Storage.Tests.Kit;
using LogMl.TestKit.Optuna;
using LogMl.TestKit.Postgres;

namespace LogMl.Storage.Tests.Interop;

/// <summary>User attributes are Optuna's.</summary>
public sealed class UserAttributeInteropTests
{
    private const string Name = "noted";

    [OptunaTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [PostgresInlineData(DatabaseKind.PostgreSql)]
    public void Optuna_reads_what_we_note_and_we_read_what_Optuna_notes(DatabaseKind kind)
    {
        using var database = StudyDatabase.Create(kind);
        var space = new SearchSpace { ["x"] = Distribution.Uniform(0, 1) };
        using (var storage = database.Open())
        using (var study = Open(storage))
        {
            study.SetUserAttribute("data", new JsonObject { ["rows"] = 150 });
            var trial = study.Ask()!;
            trial.SetUserAttribute("accuracy", 0.97);
            trial.SetUserAttribute("größe", new JsonArray("ä", null, true, 3));
            study.Tell(trial, 1);
        }

        OptunaStudy.Run(
            """
            study = load()
            assert study.user_attrs["data"] == {"rows": 150}, study.user_attrs
            assert study.trials[0].user_attrs == {"accuracy": 0.97, "größe": ["ä", None, True, 3]}, study.trials[0].user_attrs
            assert "user_attrs_accuracy" in study.trials_dataframe().columns
            study.set_user_attr("who", "ö")
            def objective(trial):
                trial.suggest_float("x", 0, 1)
                trial.set_user_attr("nan", float("nan"))
                trial.set_user_attr("list", [1, "NaN", float("-inf"), {"b": None}])
                trial.set_user_attr("text", "ü\n\"")
                trial.set_user_attr("seconds", 12)
                return 2
            study.optimize(objective, n_trials=1)
            """,
            database.Url,
            Name);

        using var opened = database.Open();
        using var read = Open(opened);
        var theirs = read.History.Trials[1].UserAttributes;

        Assert.Equal("ö", read.UserAttributes["who"].GetString());
        Assert.Equal(150, read.UserAttributes["data"].GetProperty("rows").GetInt32());
        Assert.Equal(["nan", "list", "text"], theirs.Keys);
        Assert.Equal("NaN", theirs["nan"].GetString());
        Assert.Equal("""[1, "NaN", "-Infinity", {"b": null}]""", theirs["list"].GetRawText());
        Assert.Equal("ü\n\"", theirs["text"].GetString());

        StoredStudy Open(StudyStorage storage) =>
            StoredStudy.Open(storage, Name, space, new StudyOptions { Sampler = Samplers.Random(seed: 1) });
    }
}
