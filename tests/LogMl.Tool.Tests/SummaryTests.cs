using LogMl.Report.Tests.Kit;
using LogMl.Storage;
using LogMl.Tool.Tests.Kit;

namespace LogMl.Tool.Tests;

/// <summary>The verbs that sum up studies: importance, report, compare and export.</summary>
public sealed class SummaryTests : IDisposable
{
    private readonly ToolFolder _folder = new ToolFolder().With("study.db", storage =>
    {
        SampleStudies.AddClassifiers(storage, "classifiers", 30);
        SampleStudies.AddTradeOff(storage, "trade", 20);
    });

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_importance_is_that_of_the_library_for_each_objective()
    {
        var importance = _folder.Run("importance", "-s", "trade", "--json").Json.GetProperty("importance").EnumerateArray().ToList();
        using var storage = StudyStorages.Sqlite(_folder.At("study.db"), new StorageOptions { ReadOnly = true });
        var expected = Report.StudyImportance.Of(storage, "trade");

        Assert.Equal(["accuracy", "megabytes"], importance.Select(row => row.GetProperty("objective").GetString()));
        Assert.Equal(
            expected.Select(row => row.Fanova),
            importance.Select(row => row.GetProperty("fanova").EnumerateObject()
                .Select(share => KeyValuePair.Create(share.Name, share.Value.GetDouble()))));
        Assert.Matches(@"model_train\.learning_rate +[0-9.]+ ?% +[0-9.]+ ?%\n", _folder.Run("importance", "-s", "classifiers").Done);
    }

    [Fact]
    public void Too_few_trials_have_no_importance()
    {
        _folder.With("few.db", storage => SampleStudies.AddTradeOff(storage, "few", 3));
        Assert.Contains(
            "at least four complete trials",
            _folder.Run("importance", "few.db").Fails(ToolErrors.Importance), StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_is_written_as_the_library_makes_it()
    {
        Assert.Equal(_folder.At("out.html") + "\n", _folder.Run("report", "-s", "trade", "-o", "out.html").Done);

        Assert.Contains("<title>trade", File.ReadAllText(_folder.At("out.html")), StringComparison.Ordinal);
        Assert.Equal(_folder.At("report.html"), _folder.Run("report", "-s", "trade", "--json").Json.GetProperty("file").GetString());
        Assert.Contains(
            "'no/out.html' cannot be written", _folder.Run("report", "-s", "trade", "-o", "no/out.html").Fails(ToolErrors.Output),
            StringComparison.Ordinal);
        Assert.Equal(["out.html", "report.html", "study.db"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("report", "-s", "trade", "-o", "study.db")]
    [InlineData("export", "study.db", ".", "-s", "trade", "--format", "csv")]
    public void No_study_is_written_over(params string[] arguments)
    {
        Assert.Contains(
            "'study.db' cannot be written: It is a database, which may have studies. Name another file.",
            _folder.Run(arguments).Fails(ToolErrors.Output), StringComparison.Ordinal);
        Assert.Contains("trade", _folder.Run("studies").Done, StringComparison.Ordinal);
        Assert.Equal([_folder.At("study.db")], Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("watch", "-s", "trade", "--port")]
    [InlineData("copy", "-s", "trade", "--to", "copy.db", "--as")]
    public void An_option_without_its_value_is_an_error_of_the_command_line(params string[] arguments) => Assert.Contains(
        arguments[^1], _folder.Run(arguments).Fails(ToolErrors.Usage, ExitCodes.WrongUsage), StringComparison.Ordinal);

    [Theory]
    [InlineData("abc", "watch", "-s", "trade", "--port")]
    [InlineData("70000", "watch", "-s", "trade", "--port")]
    [InlineData("", "copy", "-s", "trade", "--to", "copy.db", "--as")]
    public void A_wrong_value_of_an_option_is_an_error_of_the_command_line(string value, params string[] arguments)
    {
        var error = _folder.Run([.. arguments, value]).Fails(ToolErrors.Usage, ExitCodes.WrongUsage);
        Assert.Contains(arguments[^1], error, StringComparison.Ordinal);
        Assert.Equal([_folder.At("study.db")], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Studies_of_several_storages_stand_beside_each_other()
    {
        _folder.With("other/study.db", storage => SampleStudies.AddTradeOff(storage, "more", 12));
        var lines = _folder.Run("compare", "study.db", "other", "--studies", "trade", "more").Lines;

        Assert.Equal(3, lines.Length);
        Assert.Matches("^study  objective +best  trial  trials  most important +after 10 +storage$", lines[0]);
        Assert.StartsWith("trade  accuracy, megabytes  ", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("other/study.db", lines[2], StringComparison.Ordinal);
        var studies = _folder.Run("compare", "study.db", "--json").Json.GetProperty("studies").EnumerateArray().ToList();
        Assert.Equal(["classifiers", "trade"], studies.Select(study => study.GetProperty("study").GetString()));
        Assert.Equal(["10", "25"], studies[0].GetProperty("best_after").EnumerateObject().Select(mark => mark.Name));
        Assert.Contains(
            "There is no study 'no'",
            _folder.Run("compare", "study.db", "--studies", "no").Fails(ToolErrors.Study), StringComparison.Ordinal);
        Assert.Contains("one study only", _folder.Run("compare", "other").Fails(ToolErrors.Study), StringComparison.Ordinal);
    }

    [Fact]
    public void An_export_has_every_trial_with_its_reports()
    {
        Assert.Equal($"{_folder.At("all.json")}: 30 trials\n", _folder.Run("export", "all.json", "-s", "classifiers").Done);
        var all = System.Text.Json.JsonElement.Parse(File.ReadAllText(_folder.At("all.json")));
        var trials = all.GetProperty("all_trials").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(0, 30), trials.Select(trial => trial.GetProperty("number").GetInt32()));
        Assert.Contains(trials, trial => trial.GetProperty("intermediate_values").GetArrayLength() == 20);

        _folder.Run("export", "all.txt", "--format", "csv", "-s", "classifiers");
        Assert.Equal(_folder.Run("trials", "--csv", "-s", "classifiers").Done, File.ReadAllText(_folder.At("all.txt")));
        Assert.Contains(
            "--format",
            _folder.Run("export", "all.txt", "-s", "trade").Fails(ToolErrors.Usage, ExitCodes.WrongUsage), StringComparison.Ordinal);
    }
}
