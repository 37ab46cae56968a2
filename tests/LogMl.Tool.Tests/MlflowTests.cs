using System.Globalization;
using System.Text.Json;
using LogMl.Optimization;
using LogMl.Report.Tests.Kit;
using LogMl.Storage;
using LogMl.Tool.Tests.Kit;

namespace LogMl.Tool.Tests;

/// <summary>The export to a tracking server of MLflow.</summary>
public sealed class MlflowTests : IAsyncLifetime, IDisposable
{
    private static readonly SearchSpace Space = new() { ["step.x"] = Distribution.Uniform(0, 1) };

    private readonly ToolFolder _folder = new();
    private TrackingServer _server = null!;

    public async Task InitializeAsync() => _server = await TrackingServer.Start();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_trials_of_a_study_become_runs_that_are_nested_in_its_own()
    {
        _folder.With("study.db", storage => SampleStudies.AddClassifiers(storage, "classifiers", 40));
        var json = Export("--json").Json;

        Assert.Equal("classifiers", Assert.Single(_server.Experiments).Value);
        Assert.Equal(_server.Address, json.GetProperty("server").GetString());
        Assert.Equal(40, json.GetProperty("created").GetInt32());
        var study = _server.Runs.Single(run => run.Id == json.GetProperty("run").GetString());
        Assert.Equal(("classifiers", "FINISHED"), (study.Name, study.Status));
        Assert.Equal("logml export mlflow", study.Tags["mlflow.source.name"]);
        var best = _folder.Run("best", "--json").Json.GetProperty("best");
        Assert.Equal(best.GetProperty("number").GetInt32().ToString(CultureInfo.InvariantCulture), study.Tags["logml.best_trial"]);
        Assert.Equal(best.GetProperty("objectives").GetProperty("loss").GetDouble(), Assert.Single(study.Metrics).Value);

        var trials = _folder.Run("export", "all.json");
        Assert.Equal("", trials.Error);
        using var file = JsonDocument.Parse(File.ReadAllText(_folder.At("all.json")));
        foreach (var trial in file.RootElement.GetProperty("all_trials").EnumerateArray())
        {
            var number = trial.GetProperty("number").GetInt32().ToString(CultureInfo.InvariantCulture);
            var run = _server.Runs.Single(run => run.Tags.GetValueOrDefault("logml.trial") == number);
            Assert.Equal(study.Id, run.Tags["mlflow.parentRunId"]);
            Assert.Equal("trial " + number, run.Tags["mlflow.runName"]);
            var state = trial.GetProperty("state").GetString()!;
            Assert.Equal(state switch { "complete" => "FINISHED", "pruned" => "KILLED", _ => "FAILED" }, run.Status);
            Assert.True(run.End >= run.Start);
            Assert.Equal(
                trial.GetProperty("parameters").EnumerateObject().Select(pair => (pair.Name, Text(pair.Value))).Order(),
                run.Params.Select(pair => (pair.Key, pair.Value)).Order());
            Assert.Equal(
                trial.GetProperty("intermediate_values").EnumerateArray()
                    .Select(value => (value.GetProperty("step").GetInt64(), value.GetProperty("value").GetDouble())),
                run.Metrics.Where(metric => metric.Key == "intermediate/loss").Select(metric => (metric.Step, metric.Value)));
            Assert.Equal(
                trial.GetProperty("scores").EnumerateObject().Select(score => (score.Name, score.Value.GetDouble())),
                run.Metrics.Where(metric => metric.Key == "loss").Select(metric => (metric.Key, metric.Value)));
            Assert.Equal(state == "failed", run.Tags.GetValueOrDefault("logml.reason")?.Contains("NaN", StringComparison.Ordinal) == true);
        }
    }

    [Fact]
    public void A_second_export_adds_what_is_new_and_doubles_nothing()
    {
        using var storage = StudyStorages.Sqlite(_folder.At("study.db"));
        using var study = StoredStudy.Open(storage, "x's", Space, new StudyOptions { Sampler = Samplers.Random(seed: 1) });
        study.Optimize(trial => trial.GetDouble("step.x"), maxEvals: 7);
        Export();
        study.Optimize(
            trial =>
            {
                trial.Report(0.5, 1);
                var running = Export("--json").Json;
                Assert.Equal((1, 0, 7), Counts(running));
                Assert.Equal("RUNNING", _server.Runs.Single(run => run.Name == "trial 7").Status);
                trial.Report(double.PositiveInfinity, 2);
                return trial.GetDouble("step.x");
            },
            maxEvals: 8);

        Assert.Equal((0, 1, 7), Counts(Export("--json").Json));
        Assert.Equal(9, _server.Runs.Count);
        var last = _server.Runs.Single(run => run.Name == "trial 7");
        Assert.Equal("FINISHED", last.Status);
        Assert.Equal([(1, 0.5), (2, double.PositiveInfinity)],
            last.Metrics.Where(metric => metric.Key == "intermediate/loss").Select(metric => (metric.Step, metric.Value)));
        Assert.Single(last.Metrics, metric => metric.Key == "loss");

        _server.Calls.Clear();
        Assert.Equal((0, 0, 8), Counts(Export("--json").Json));
        Assert.Equal(["experiments/get-by-name", "runs/search", "runs/search"], _server.Calls);
        Assert.Contains(
            "has the runs of another study 'x's'. Name another experiment with --experiment.",
            Failing("other.db", storage => SampleStudies.AddTradeOff(storage, "x's", 3)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_MLflow_does_not_accept_is_made_to_fit_and_noted()
    {
        var space = new SearchSpace
        {
            ["step.größe"] = Distribution.Uniform(0, 1),
            ["step.gr__e"] = Distribution.Uniform(0, 1),
            ["../" + new string('n', 400)] = Distribution.Uniform(0, 1),
            ["step.text"] = Distribution.Choice(new string('v', 7000)),
        };
        for (var n = 0; n < 150; n++)
        {
            space.Add($"many.p{n}", Distribution.Uniform(0, 1));
        }

        _folder.With("study.db", storage =>
        {
            using var study = StoredStudy.Open(
                storage, SampleStudies.Hostile, space, new StudyOptions { Sampler = Samplers.Random(seed: 1) });
            study.Optimize(
                trial =>
                {
                    for (var step = 0; step < 2500; step++)
                    {
                        trial.Report(step, step);
                    }

                    for (var n = 0; n < 120; n++)
                    {
                        trial.SetUserAttribute(FormattableString.Invariant($"note {n}: ü"), new string('ä', 9000));
                    }

                    return trial.GetDouble("step.größe");
                },
                maxEvals: 1);
        });

        Assert.Contains("names or values were changed", Export().Done, StringComparison.Ordinal);
        var run = _server.Runs.Single(run => run.Name == "trial 0");
        Assert.Equal(154, run.Params.Count);
        Assert.Equal(6000, run.Params["step.text"].Length);
        Assert.True(run.Params.ContainsKey("step.gr__e") && run.Params.ContainsKey("step.gr__e_2"));
        Assert.Equal(2501, run.Metrics.Count);
        Assert.Equal(120, run.Tags.Count(tag => tag.Key.StartsWith("attribute.", StringComparison.Ordinal)));
        Assert.Contains("'step.größe' is called 'step.gr__e'", run.Tags["logml.note"], StringComparison.Ordinal);
        Assert.Contains("is cut from 7000 characters to 6000", run.Tags["logml.note"], StringComparison.Ordinal);
    }

    [Fact]
    public void An_export_that_fails_says_what_is_there_and_the_next_one_goes_on()
    {
        _folder.With("study.db", storage => SampleStudies.AddTradeOff(storage, "trade-off", 20));
        _server.FailsAfter = 30;
        var error = Export().Fails(ToolErrors.Mlflow);
        Assert.Matches(
            $"^error LOGML3032: The tracking server {_server.Address} refuses runs/[a-z-]+: 500, INTERNAL_ERROR: The disk is full. "
            + "[0-9]+ of 20 trials are there; the same call goes on with the others.$",
            error);

        _server.FailsAfter = null;
        Export();
        Assert.Equal(21, _server.Runs.Count);
        Assert.All(_server.Runs.Where(run => run.Tags.ContainsKey("logml.trial")), run =>
        {
            Assert.NotEqual("RUNNING", run.Status);
            Assert.Equal(run.Metrics.Count, run.Metrics.DistinctBy(metric => (metric.Key, metric.Step)).Count());
        });
    }

    [Fact]
    public void Who_exports_is_said_by_the_environment_alone_and_never_shown()
    {
        _folder.With("study.db", storage => SampleStudies.AddTradeOff(storage, "trade-off", 2));
        _server.Identity = "Bearer s3cret";
        Assert.Contains(
            "refuses experiments/get-by-name: 401: it wants to know who asks. Set MLFLOW_TRACKING_TOKEN",
            Export().Fails(ToolErrors.Mlflow), StringComparison.Ordinal);
        _folder.Set("MLFLOW_TRACKING_TOKEN", "s3cret");
        Assert.DoesNotContain("s3cret", Export().Done, StringComparison.Ordinal);

        _server.Identity = "Basic YW5uOnMzY3JldA==";
        _folder.Set("MLFLOW_TRACKING_TOKEN", "");
        _folder.Set("MLFLOW_TRACKING_URI", _server.Address.Replace("//", "//ann:s3cret@", StringComparison.Ordinal));
        Assert.DoesNotContain("s3cret", _folder.Run("export", "mlflow", "--experiment", "mine").Done, StringComparison.Ordinal);
        Assert.Contains("mine", _server.Experiments.Values);
        _folder.Set("MLFLOW_TRACKING_USERNAME", "ann");
        _folder.Set("MLFLOW_TRACKING_PASSWORD", "s3cret");
        Assert.DoesNotContain("s3cret", Export().Done, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mlflow", "There is no address of a tracking server.", ToolErrors.Mlflow)]
    [InlineData("mlflow --tracking-uri sqlite:///s3cret.db", "--tracking-uri is not the address of a tracking server", ToolErrors.Mlflow)]
    [InlineData("mlflow --tracking-uri http://ann:s3cret@h", "--tracking-uri has a user or a password in it", ToolErrors.Mlflow)]
    [InlineData("mlflow --tracking-uri http://127.0.0.1:1", "http://127.0.0.1:1 cannot be reached: ", ToolErrors.Mlflow)]
    [InlineData("x.csv --experiment y", "'x.csv' is a file, and --experiment is for a tracking server.", ToolErrors.Usage)]
    public void A_call_that_cannot_be_right_is_one_error(string line, string message, string code)
    {
        _folder.With("study.db", storage => SampleStudies.AddTradeOff(storage, "trade-off", 2));
        var error = _folder.Run(["export", .. line.Split(' ')])
            .Fails(code, code == ToolErrors.Usage ? ExitCodes.WrongUsage : ExitCodes.Failed);

        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error, StringComparison.Ordinal);
    }

    private ToolResult Export(params string[] options) =>
        _folder.Run(["export", "mlflow", "study.db", "--tracking-uri", _server.Address, .. options]);

    private string Failing(string file, Action<StudyStorage> fill)
    {
        _folder.With(file, fill);
        return _folder.Run("export", "mlflow", file, "--tracking-uri", _server.Address).Fails(ToolErrors.Mlflow);
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetDouble().ToString("R", CultureInfo.InvariantCulture)
        : value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static (int Created, int Updated, int Unchanged) Counts(JsonElement json) => (
        json.GetProperty("created").GetInt32(), json.GetProperty("updated").GetInt32(), json.GetProperty("unchanged").GetInt32());
}
