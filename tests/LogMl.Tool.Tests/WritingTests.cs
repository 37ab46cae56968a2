using LogMl.Optimization;
using LogMl.Report.Tests.Kit;
using LogMl.Storage;
using LogMl.TestKit.Optuna;
using LogMl.TestKit.Postgres;
using LogMl.Tool.Tests.Kit;

namespace LogMl.Tool.Tests;

/// <summary>The verbs that change a storage: enqueue, copy and delete.</summary>
public sealed class WritingTests : IDisposable
{
    private readonly ToolFolder _folder = new ToolFolder()
        .With("study.db", storage => SampleStudies.AddClassifiers(storage, "classifiers", 25));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_enqueued_point_is_the_next_one_of_the_search()
    {
        Assert.Equal(
            "A search of 'classifiers' will try {\"model_create.classifier\":\"svm\",\"model_create.classifier.svm.c\":2.5}.\n",
            _folder.Run("enqueue", "--param", "classifier=svm", "-p", "svm.c=2.5").Done);

        using var storage = StudyStorages.Sqlite(_folder.At("study.db"));
        using var study = StoredStudy.Open(storage, "classifiers", new StudyOptions { Sampler = Samplers.Tpe(seed: 7) });
        var trial = study.Ask(maxEvals: 100)!;
        Assert.Equal(2.5, trial.GetDouble("model_create.classifier.svm.c"));
        Assert.Equal("svm", trial.Get<string>("model_create.classifier"));
        study.Release(trial);
    }

    [Theory]
    [InlineData("classifier=svn", "'svn' is no option of 'model_create.classifier'. It has svm, knn, net.")]
    [InlineData("learning_rat=1", "'classifiers' has no parameter 'learning_rat'")]
    [InlineData("learning_rate=fast", "'fast' is no number, and 'model_train.learning_rate' takes one.")]
    [InlineData("learning_rate=7", "learning_rate")]
    [InlineData("svm.c=1", "model_create.classifier")]
    [InlineData("learning_rate", "'learning_rate' is not of the form name=value.")]
    public void A_wrong_point_is_one_error_and_nothing_is_enqueued(string value, string message)
    {
        Assert.Contains(message, _folder.Run("enqueue", "-p", value).Fails(ToolErrors.Point), StringComparison.Ordinal);
        Assert.Equal(25, _folder.Run("trials", "--json").Json.GetProperty("trials").GetArrayLength());
    }

    [PostgresFact]
    public void A_study_is_the_same_after_the_way_to_a_server_and_back()
    {
        _folder.Set("LOGML_STORAGE", PostgresServer.Shared.CreateDatabase().ConnectionString);
        var before = _folder.Run("export", "before.json", "study.db");
        Assert.StartsWith(
            "25 trials of 'classifiers' were copied to 'classifiers' in PostgreSQL database",
            _folder.Run("copy", "study.db", "--to", "env").Done, StringComparison.Ordinal);
        Assert.Contains("copied to 'back' in ", _folder.Run("copy", "--to", "back.db", "--as", "back").Done, StringComparison.Ordinal);
        _folder.Run("export", "after.json", "back.db");

        Assert.Contains("25 trials", before.Done, StringComparison.Ordinal);
        Assert.Equal(
            File.ReadAllText(_folder.At("before.json")),
            File.ReadAllText(_folder.At("after.json")).Replace("\"back\"", "\"classifiers\"", StringComparison.Ordinal)
                .Replace("back.db", "study.db", StringComparison.Ordinal));
        Assert.Equal(Raw("study.db", "classifiers"), Raw("back.db", "back"));
        Assert.Contains("--as", _folder.Run("copy", "study.db", "--to", "env").Fails(ToolErrors.Copy), StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_goes_on_in_a_copy_and_a_running_trial_is_failed_there()
    {
        using (var storage = StudyStorages.Sqlite(_folder.At("study.db")))
        {
            using var study = StoredStudy.Open(storage, "classifiers", new StudyOptions { Sampler = Samplers.Tpe(seed: 7) });
            var running = study.Ask(maxEvals: 100)!;
            var copied = _folder.Run("copy", "study.db", "--to", "copy.db", "--json").Json;
            Assert.Equal(26, copied.GetProperty("trials").GetInt32());
            Assert.Equal(1, copied.GetProperty("interrupted").GetInt32());
            Assert.Contains(
                "is being searched", _folder.Run("delete", "study.db", "--yes").Fails(ToolErrors.NotDeleted), StringComparison.Ordinal);
            study.Release(running);
        }

        // The copy has its own trials: what happened to the study since is not in it.

        Assert.Contains("It was running when the study was copied.", _folder.Run("trial", "25", "copy.db").Done, StringComparison.Ordinal);
        using var target = StudyStorages.Sqlite(_folder.At("copy.db"));
        using var more = StoredStudy.Open(target, "classifiers", new StudyOptions { Sampler = Samplers.Tpe(seed: 7) });
        Assert.Equal(26, more.Ask(maxEvals: 100)!.Number);
    }

    [OptunaFact]
    public void Optuna_opens_a_copy_of_its_study_with_the_same_trials()
    {
        const string Make = """
            import optuna, sys
            study = optuna.create_study(storage="sqlite:///" + sys.argv[1], study_name="o", directions=["maximize", "minimize"])
            def objective(trial):
                trial.set_user_attr("deep", {"a": [1, None]})
                return trial.suggest_float("x", 0, 1), trial.suggest_int("n", 1, 9) * (1 if trial.suggest_categorical("c", ["a", None, 2.5]) else 2)
            study.optimize(objective, n_trials=12)
            """;
        const string Compare = """
            import optuna, sys
            def trials(path):
                storage = optuna.storages.RDBStorage("sqlite:///" + path, skip_compatibility_check=True)
                study = optuna.load_study(study_name="o", storage=storage)
                return study.directions, [(t.number, t.state, t.params, t.distributions, t.values, t.user_attrs, t.system_attrs, t.datetime_start, t.datetime_complete) for t in study.trials]
            assert trials(sys.argv[1]) == trials(sys.argv[2])
            print(len(trials(sys.argv[2])[1]))
            """;
        OptunaScript.Run(Make, _folder.At("optuna.db"));
        Assert.NotEmpty(_folder.Run("copy", "optuna.db", "--to", "copy.db").Done);

        Assert.Equal("12", OptunaScript.Run(Compare, _folder.At("optuna.db"), _folder.At("copy.db")).Trim());
    }

    [Fact]
    public void A_study_is_deleted_after_a_yes_and_no_other_one_is()
    {
        _folder.With("study.db", storage => SampleStudies.AddTradeOff(storage, "trade", 3));
        Assert.Contains("--yes deletes it", _folder.Run("delete", "-s", "trade").Fails(ToolErrors.NotDeleted), StringComparison.Ordinal);
        _folder.Answer = "n\n";
        var refused = _folder.Run("delete", "-s", "trade");
        Assert.Contains("Delete the study 'trade' with 3 trials in ", refused.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Failed, refused.ExitCode);
        _folder.Answer = "y\n";
        Assert.Equal("The study 'trade' with 3 trials was deleted.\n", _folder.Run("delete", "-s", "trade").Output);
        Assert.Equal("classifiers", _folder.Run("show", "--json").Json.GetProperty("study").GetString());
        Assert.Equal(25, _folder.Run("delete", "--yes", "--json").Json.GetProperty("trials").GetInt32());
        Assert.Equal("no studies\n", _folder.Run("studies").Done);
    }

    [Fact]
    public void A_copy_needs_one_place_and_none_with_a_password_on_the_command_line()
    {
        _folder.Run("copy").Fails(ToolErrors.Usage, ExitCodes.WrongUsage);
        _folder.Run("copy", "--to", "a.db", "--to-storage-file", "b").Fails(ToolErrors.Usage, ExitCodes.WrongUsage);
        _folder.Run("copy", "--to", "env").Fails(ToolErrors.Location);
        var error = _folder.Run("copy", "--to", "postgresql://me:hunter2@db/x").Fails(ToolErrors.Location);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
        Assert.Equal(["study.db"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    /// <summary>All that a storage has of the trials of a study, with keys that only this storage knows left out.</summary>
    private List<string> Raw(string file, string name)
    {
        using var storage = StudyStorages.Sqlite(_folder.At(file), new StorageOptions { ReadOnly = true });
        var study = storage.ReadCopy(storage.RequireStudy(name));
        return
        [
            string.Join(' ', study.Directions), string.Join(' ', study.UserAttributes), string.Join(' ', study.SystemAttributes),
            .. study.Trials.Select(trial => string.Join(
                " | ", trial.Number, trial.State, trial.Started, trial.Completed, string.Join(' ', trial.Parameters),
                string.Join(' ', trial.Values), string.Join(' ', trial.Reports), string.Join(' ', trial.UserAttributes),
                string.Join(' ', trial.SystemAttributes))),
        ];
    }
}
