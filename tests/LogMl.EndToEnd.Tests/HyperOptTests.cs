using System.Globalization;
using System.Text.Json;
using LogMl.TestKit;

namespace LogMl.EndToEnd.Tests;

/// <summary>A search in a folder with a difficult name: results, overrides, loggers, locale.</summary>
public sealed class HyperOptTests(HyperOptTests.Searched shared) : IClassFixture<HyperOptTests.Searched>
{
    private TestProject Project => shared.Project;

    [Fact]
    public void A_search_shows_its_progress_line_by_line() =>
        Assert.Matches(@"^\[6/6\]  best -?[0-9.E+-]+ \(trial [0-5]\)", shared.First.Lines.Last(line => line.StartsWith('[')));

    [Fact]
    public void A_search_ends_with_the_best_parameters_and_the_place_of_the_results() =>
        shared.First.Shows("best loss").Shows("model_evaluate.x = ").Shows("best.yaml");

    [Fact]
    public void Every_trial_has_its_files()
    {
        Assert.True(Project.Has("HyperOptResults/app/best.yaml"));
        Assert.Equal(6, TrialCount("HyperOptResults/app"));
        for (var number = 0; number < 6; number++)
        {
            Assert.True(Project.Has($"HyperOptResults/app/trials/{number}/parameters.yaml"));
            Assert.Contains("looking at", Project.Read($"HyperOptResults/app/trials/{number}/stdout.log"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_trials_print_is_not_part_of_the_build() => shared.First.DoesNotShow("looking at");

    [Fact]
    public async Task A_search_says_when_the_project_is_not_optimized_and_only_then()
    {
        shared.First.Shows("is not optimized (Debug)");
        var release = await Project.BuildAsync("-t:HyperOpt", "-c", "Release", "-p:HyperOptMaxEvals=1", "-p:HyperOptOutputPath=release/");
        release.Succeeded().DoesNotShow("is not optimized");
    }

    [Fact]
    public async Task What_a_search_has_found_is_the_result_of_its_target()
    {
        var search = await Project.BuildAsync(
            "--no-restore", "-t:HyperOpt", "-p:HyperOptMaxEvals=2", "-p:HyperOptOutputPath=asked/", "-getTargetResult:HyperOpt");

        using var output = JsonDocument.Parse(search.Succeeded().Output);
        var item = Assert.Single(
            output.RootElement.GetProperty("TargetResults").GetProperty("HyperOpt").GetProperty("Items").EnumerateArray());
        using var result = JsonDocument.Parse(File.ReadAllText(item.GetProperty("Identity").GetString()!));
        var best = result.RootElement.GetProperty("best");
        Assert.Equal(best.GetProperty("trial").GetRawText(), item.GetProperty("Trial").GetString());
        Assert.Equal(best.GetProperty("objectives").GetProperty("loss").GetRawText(), item.GetProperty("Loss").GetString());
        Assert.Equal(Project.At("asked/app/best.yaml"), item.GetProperty("BestFile").GetString());
        Assert.Equal(Project.At("asked/app/report.html"), item.GetProperty("ReportFile").GetString());
    }

    [Fact]
    public async Task Overrides_replace_the_values_of_the_file()
    {
        string[] overrides =
        [
            "-p:HyperOptMaxEvals=3", "-p:HyperOptAlgorithm=tpe", "-p:HyperOptSeed=42", "-p:HyperOptWorkers=2", "-p:HyperOptTimeout=1h",
            "-p:HyperOptTrialTimeout=1h", "-p:HyperOptTrialMemory=20GB", "-p:HyperOptMaxRetries=0", "-p:HyperOptMaxFailures=2",
            "-p:HyperOptStudy=named", "-p:HyperOptShowProgress=false",
        ];

        var result =
            (await Project.BuildAsync(["--no-restore", "-t:HyperOpt", .. overrides, "-p:HyperOptOutputPath=else where"])).Succeeded();

        result.Shows("best loss").DoesNotShow("[3/3]");
        Assert.Equal(3, TrialCount("else where/named"));
        Assert.Equal(3, Enumerable.Range(0, 3).Select(number => XOf("else where/named", number)).Distinct().Count());
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_trials_on_threads_and_under_another_locale()
    {
        var result = await Project.DotnetAsync(
            ["build", "--no-restore", "-t:HyperOpt", "-mt", "-bl:german.binlog", "-p:HyperOptOutputPath=german/"],
            ("LANG", "de_DE.UTF-8"), ("LC_ALL", "de_DE.UTF-8"));

        result.Succeeded().Shows("[6/6]");
        Assert.True(Project.Has("german.binlog"));
        for (var number = 0; number < 6; number++)
        {
            Assert.Equal(XOf("HyperOptResults/app", number), XOf("german/app", number));
        }
    }

    [Fact]
    public async Task A_progress_bar_that_is_off_is_off()
    {
        using var project = await Consumer.ApplicationAsync();
        project.Replace("logml.yaml", "max_evals: 6", "max_evals: 6\n  show_progressbar: false");

        (await project.BuildAsync("-t:HyperOpt")).Succeeded().DoesNotShow("[6/6]").Shows("best loss");
        Assert.Equal(6, TrialCount(project, "HyperOptResults/app"));
    }

    [Fact]
    public async Task A_time_limit_ends_the_search_early()
    {
        using var project = await Consumer.ApplicationAsync("Thread.Sleep(200); return x;");

        (await project.BuildAsync("-t:HyperOpt", "-p:HyperOptMaxEvals=10000", "-p:HyperOptTimeout=10s")).Succeeded().Shows("best loss");
        Assert.InRange(TrialCount(project, "HyperOptResults/app"), 1, 1000);
    }

    [Fact]
    public async Task The_workflow_runs_once_with_the_defaults_of_the_file()
    {
        using var project = await Consumer.ApplicationAsync("""System.IO.File.AppendAllText("ran.txt", FormattableString.Invariant($"{x};")); return x;""");

        (await project.BuildAsync("-t:LogMlRun")).Succeeded();
        Assert.Equal("0.5;", project.Read("ran.txt"));
    }

    private static int TrialCount(TestProject project, string study) =>
        project.Read(study + "/trials.csv").TrimEnd().Split('\n').Length - 1;

    private int TrialCount(string study) => TrialCount(Project, study);

    private double XOf(string study, int number)
    {
        var line = Project.Read($"{study}/trials/{number}/parameters.yaml")
            .Split('\n')
            .Single(text => text.TrimStart().StartsWith("x:", StringComparison.Ordinal));
        return double.Parse(line.Split(':')[1], CultureInfo.InvariantCulture);
    }

    public sealed class Searched : IAsyncLifetime
    {
        public TestProject Project { get; private set; } = null!;

        public CommandResult First { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Project = await Consumer.ApplicationAsync(
                """Console.WriteLine("looking at " + x); return (x - 1) * (x - 1);""", Consumer.DifficultName + "/app");
            First = (await Project.BuildAsync("-t:HyperOpt")).Succeeded();
        }

        public Task DisposeAsync()
        {
            Project.Dispose();
            return Task.CompletedTask;
        }
    }
}
