using System.Globalization;
using System.Text.Json;
using LogMl.Host.Tests.Kit;

namespace LogMl.Host.Tests;

/// <summary>A single run with what was found: a trial of a study, or a file of parameters.</summary>
public sealed class RunTests
{
    private const string Space = """
        {"name":"model_train.x","dist":"uniform","args":[-5,5]},
        {"name":"model_train.kind","dist":"choice","options":["plain","odd",
          {"label":"svm","params":[{"name":"model_train.kind.svm.c","dist":"uniform","args":[0,1]}]}]}
        """;

    [Fact]
    public void A_trial_that_is_run_again_has_the_scores_that_it_had_and_they_are_in_a_file()
    {
        using var folder = new SearchFolder();
        using var search = Run(folder, 0, "hyperopt", "--max-evals", "6");
        var rows = folder.Rows();
        var best = rows.MinBy(row => Number(row["loss"]))!;

        using var run = Run(folder, 0, "run", "--parameters", "best");
        var scores = Scores(folder);
        Assert.Equal("trial", scores.GetProperty("parameters").GetString());
        Assert.Equal("study", scores.GetProperty("study").GetString());
        Assert.Equal(best["number"], scores.GetProperty("trial").GetRawText());
        Assert.Equal(7, scores.GetProperty("data_seed").GetInt64());
        var validate = scores.GetProperty("scores").GetProperty("validate");
        Assert.Equal(Number(best["loss"]), validate.GetProperty("loss").GetDouble());
        Assert.Equal(Number(best["metrics.first"]), validate.GetProperty("first").GetDouble());
        Assert.True(scores.GetProperty("scores").TryGetProperty("test", out _));
        Assert.Contains(
            $"Scripted: runs with the parameters of trial {best["number"]} of the study 'study' (loss ", Text(run, "message", 1),
            StringComparison.Ordinal);
        Assert.Empty(run.Events("warning"));

        using var third = Run(folder, 0, "run", "--parameters", "3", "--random-seed", "99");
        Assert.Equal(3, Scores(folder).GetProperty("trial").GetInt32());
        Assert.Equal(99, Scores(folder).GetProperty("seed").GetInt64());
        using var none = Run(folder, 0, "run");
        Assert.Equal("defaults", Scores(folder).GetProperty("parameters").GetString());

        using var missing = Run(folder, 1, "run", "--parameters", "17");
        AssertError(missing, "LOGML2070", "Trial 17 of the study 'study' is not there: its trials are 0 to 5.");
        using var other = Run(folder, 1, "run", "--parameters", "best", "--study", "other");
        AssertError(other, "LOGML2070", "There is no study 'other'");
    }

    [Fact]
    public void A_file_of_parameters_is_run_and_what_it_leaves_out_is_said()
    {
        using var folder = new SearchFolder();
        using var search = Run(folder, 0, "hyperopt", "--max-evals", "6");
        var best = folder.Rows().MinBy(row => Number(row["loss"]))!;
        using var whole = Run(folder, 0, "run", "--parameters", folder.BestYaml);
        Assert.Empty(whole.Events("warning"));
        Assert.Equal(Number(best["loss"]), Loss(folder));
        Assert.Equal(folder.BestYaml, Scores(folder).GetProperty("file").GetString());

        var file = Path.Combine(folder.Root, "mine.yaml");
        File.WriteAllText(file, "functions:\n  model_train: {x: 3, kind: {svm: {c: 0.25}}, epochs: 3}\n");
        using var branch = Run(folder, 0, "run", "--parameters", file);
        Assert.Equal(6, Loss(folder));
        File.WriteAllText(file, "functions:\n  model_train:\n    kind: odd\n");
        using var part = Run(folder, 0, "run", "--parameters", file);
        var warning = Assert.Single(part.Events("warning"));
        Assert.Equal("LOGML2077", warning[0]);
        Assert.Contains("mine.yaml have no value for 'model_train.x': the run takes the default.", warning[4], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("    y: 1", 3, 5, "'y' is not a parameter of step 'model_train'")]
    [InlineData("    kind: even", 3, 11, "'model_train.kind' must be one of the options of the space: plain, odd, svm")]
    [InlineData("    kind: {svm: {d: 1}}", 3, 18, "'d' is not a parameter of 'model_train.kind.svm'")]
    [InlineData("    epochs: 4", 3, 13, "'model_train.epochs' is not searched, so that each run has the value of 'functions', 3.")]
    [InlineData("    x: fast", 3, 8, "'model_train.x' must be a number")]
    [InlineData("  model_tran: {}", 3, 3, "'model_tran' is not a step with parameters; did you mean 'model_train'?")]
    public void A_file_with_something_else_is_refused_at_its_place(string line, int atLine, int atColumn, string message)
    {
        using var folder = new SearchFolder();
        var file = Path.Combine(folder.Root, "mine.yaml");
        File.WriteAllText(file, $"functions:\n  model_train:\n{line}\n");
        using var run = Run(folder, 1, "run", "--parameters", file);
        var error = Assert.Single(run.Events("error"));
        Assert.Equal(["LOGML2076", file, $"{atLine}", $"{atColumn}"], error[..4]);
        Assert.Contains(message, error[4], StringComparison.Ordinal);
        Assert.Empty(folder.Studies());
    }

    private static JsonElement Scores(SearchFolder folder)
    {
        var last = folder.Studies().Where(name => name.StartsWith("study.run.", StringComparison.Ordinal))
            .Select(name => new DirectoryInfo(Path.Combine(folder.Output, name))).MaxBy(run => run.CreationTimeUtc)!;
        return JsonElement.Parse(File.ReadAllText(Path.Combine(last.FullName, "scores.json")));
    }

    private static double Loss(SearchFolder folder) =>
        Scores(folder).GetProperty("scores").GetProperty("validate").GetProperty("loss").GetDouble();

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static HostProcess Run(SearchFolder folder, int exitCode, string verb, params string[] options)
    {
        const string Manifest = $$"""
            { "format": 2, "version": "0.1.0", "name": "Scripted",
              "optimization": { "enable": true, "algorithm": "random", "max_evals": 10, "random_seed": 7, "show_progressbar": false },
              "space": { "params": [ {{Space}} ] },
              "defaults": { "model_train": { "x": 0.5, "kind": "odd", "epochs": 3 } }, "final_run": false }
            """;
        return folder.Run(exitCode, "", options, [$"LOGML_TEST_MANIFEST={Manifest}"], verb);
    }

    private static void AssertError(HostProcess host, string code, string text)
    {
        var error = Assert.Single(host.Events("error"));
        Assert.Equal(code, error[0]);
        Assert.Contains(text, error[4], StringComparison.Ordinal);
    }

    private static string Text(HostProcess host, string kind, int field) =>
        string.Concat(host.Events(kind).Select(fields => fields[field] + "\n"));
}
