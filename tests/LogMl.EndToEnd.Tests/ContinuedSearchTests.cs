using System.Globalization;
using System.Text.RegularExpressions;
using LogMl.TestKit;
using LogMl.TestKit.Postgres;

namespace LogMl.EndToEnd.Tests;

/// <summary>The second and later calls of <c>dotnet build -t:HyperOpt</c>: what they run, print and refuse.</summary>
public sealed class ContinuedSearchTests
{
    /// <summary>Writes a line for each trial that runs, so that a trial that should not have run is noticed.</summary>
    private const string Objective = """System.IO.File.AppendAllText("ran.txt", trial.Number + "\n"); return (x - 1) * (x - 1);""";

    private const string Location = "LOGML_STORAGE";

    [Fact]
    public async Task A_complete_study_runs_nothing_a_raised_number_goes_on_and_changed_code_is_named()
    {
        using var project = await Consumer.ApplicationAsync(Objective, Consumer.DifficultName);
        (await project.BuildAsync("-t:HyperOpt")).Succeeded().Shows("[6/6]").DoesNotShow("goes on");
        var best = project.Read("HyperOptResults/app/best.yaml");

        (await project.BuildAsync("--no-restore", "-t:HyperOpt")).Succeeded()
            .Shows("app: nothing was run, the study is complete: it has 6 trials. Raise max_evals to go on, or begin anew with -t:HyperOptClean.")
            .Shows("best loss").DoesNotShow("[6/6]");
        Assert.Equal((6, best), (Ran(project).Length, project.Read("HyperOptResults/app/best.yaml")));

        // Although the file is compiled into the assembly, a different number of trials does not count as different code.
        project.Replace("logml.yaml", "max_evals: 6", "max_evals: 8");
        (await project.BuildAsync("--no-restore", "-t:HyperOpt")).Succeeded()
            .Shows("app: goes on after 6 finished trials")
            .Shows("[8/8]")
            .Shows("2 of 8 trials");
        Assert.Equal(Numbers(8), Ran(project));

        project.Replace("Tuned.cs", "return (x - 1)", "return 0.5 + (x - 1)");
        await WarnsAsync(project, 8, "Tuned.cs changed. 8 finished trials from before count all the same.");
        await WarnsAsync(project, 9, "Tuned.cs changed. 8 finished trials from before count all the same.");
        (await project.BuildAsync("--no-restore", "-t:HyperOpt", "-p:HyperOptMaxEvals=10")).Succeeded().Shows("goes on after 9 finished trials")
            .Shows("this trial was computed from other inputs than today's: Tuned.cs changed");
        Assert.Equal(Numbers(10), Ran(project));
        (await project.BuildAsync("--no-restore", "-t:HyperOpt", "-p:HyperOptMaxEvals=10", "-p:HyperOptReevaluate=true")).Succeeded()
            .Shows("app: 8 trials, the best of those that were computed from other inputs, are run again").DoesNotShow("this trial was");
        Assert.Equal(Numbers(18), Ran(project));
        (await project.BuildAsync("--no-restore", "-t:HyperOpt", "-p:HyperOptMaxEvals=10", "-p:HyperOptRetryFailed=true")).Succeeded()
            .Shows("app: no trial has failed, so that none is run again");
    }

    [Fact]
    public async Task The_project_silences_a_warning_of_a_search_or_makes_it_an_error_like_one_of_the_compiler()
    {
        const string Silenced = "<NoWarn>$(NoWarn);LOGML2018;LOGML2019</NoWarn>";
        const string AnError = "<WarningsAsErrors>$(WarningsAsErrors);LOGML2018;LOGML2019</WarningsAsErrors>";
        const string StrictCode = "<TreatWarningsAsErrors>true</TreatWarningsAsErrors>";
        const string StrictBuild = "<MSBuildTreatWarningsAsErrors>true</MSBuildTreatWarningsAsErrors>";
        const string Changed = "Tuned.cs changed. ";
        using var project = await Consumer.ApplicationAsync(Objective);
        project.Replace("app.csproj", "<UseAppHost>", Silenced + "<UseAppHost>");
        (await project.BuildAsync("-t:HyperOpt")).Succeeded();

        (await SearchChangedAsync(7)).Succeeded();
        project.Replace("app.csproj", Silenced, AnError);
        (await SearchChangedAsync(8)).FailedOnlyWith("LOGML2018", Changed).Shows("best loss");
        project.Replace("app.csproj", AnError, StrictCode);
        var strict = await SearchChangedAsync(9);
        strict.Expect(strict.ExitCode == 0, "success").Shows("warning LOGML2018: ").Shows(Changed);
        project.Replace("app.csproj", StrictCode, StrictBuild);
        (await SearchChangedAsync(10)).FailedOnlyWith("LOGML2018", Changed).Shows("best loss");
        Assert.Equal(Numbers(10), Ran(project));

        Task<CommandResult> SearchChangedAsync(int maxEvals)
        {
            project.Replace("Tuned.cs", "return ", "return 1 + ");
            return project.BuildAsync("--no-restore", "-t:HyperOpt", $"-p:HyperOptMaxEvals={maxEvals}");
        }
    }

    [Fact]
    public async Task Changed_data_defaults_and_packages_are_named()
    {
        using var project = await Consumer.ApplicationAsync();
        project.Write("tiny/tiny.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><PackageId>LogMl.Tests.Tiny</PackageId></PropertyGroup></Project>""");
        project.Replace("nuget.config", "<packageSources><clear />", """<packageSources><clear /><add key="tiny" value="tiny-feed" />""");
        foreach (var version in (string[])["1.0.0", "1.1.0"])
        {
            (await project.DotnetAsync(["pack", "tiny", "-o", "tiny-feed", "-p:Version=" + version])).Succeeded();
        }

        Directory.Delete(project.At("tiny"), recursive: true);
        project.Replace("app.csproj", "</ItemGroup>", """<PackageReference Include="LogMl.Tests.Tiny" Version="1.0.0" /><HyperOptData Include="data/*.csv" /></ItemGroup>""");
        project.Replace("logml.yaml", "{ x: 0.5 }", "{ x: 0.5, power: 2 }");
        project.Replace("Tuned.cs", "Loss(double x, ", "Loss(double x, int power, ");
        project.Replace("Tuned.cs", "return (x - 1) * (x - 1)", "return System.Math.Pow(x - 1, power)");
        project.Write("data/train.csv", "1,2");
        (await project.BuildAsync("-t:HyperOpt")).Succeeded().Shows("[6/6]");

        project.Write("data/train.csv", "1,3");
        await WarnsAsync(project, 7, ": data/train.csv changed. 6 finished trials");
        project.Replace("logml.yaml", "power: 2", "power: 4");
        await WarnsAsync(project, 8, ": default model_evaluate.power 2 -> 4. 7 finished trials");
        project.Replace("app.csproj", "Version=\"1.0.0\"", "Version=\"1.1.0\"");
        (await project.DotnetAsync(["restore"])).Succeeded();
        await WarnsAsync(project, 9, ": package LogMl.Tests.Tiny 1.0.0 -> 1.1.0. 8 finished trials");

        // Each trial sets the value of a searched parameter. So its default changes nothing.
        project.Replace("logml.yaml", "x: 0.5", "x: 0.7");
        (await project.BuildAsync("--no-restore", "-t:HyperOpt", "-p:HyperOptMaxEvals=10")).Succeeded().Shows("[10/10]");
    }

    [Fact]
    public async Task Another_search_space_is_an_error_with_both_until_the_study_has_another_name_or_is_removed()
    {
        using var project = await Consumer.ApplicationAsync(Objective);
        (await project.BuildAsync("-t:HyperOpt")).Succeeded();
        var rows = project.Read("HyperOptResults/app/trials.csv");

        project.Replace("logml.yaml", "['uniform', -5, 10]", "['uniformint', 20, 30]");
        project.Replace("logml.yaml", "x: 0.5", "x: 25");
        project.Replace("Tuned.cs", "double x", "int x");
        (await project.BuildAsync("--no-restore", "-t:HyperOpt")).FailedOnlyWith(
            "LOGML2014", "'model_evaluate.x' was a number from -5 to 10, and is now an integer from 20 to 30", "Set HyperOptStudy to another name", "-t:HyperOptClean");
        Assert.Equal((6, rows), (Ran(project).Length, project.Read("HyperOptResults/app/trials.csv")));

        (await project.BuildAsync("--no-restore", "-t:HyperOpt", "-p:HyperOptStudy=integers")).Succeeded().Shows("[6/6]").DoesNotShow("goes on");
        Assert.Equal(rows, project.Read("HyperOptResults/app/trials.csv"));
        (await project.BuildAsync("--no-restore", "-t:HyperOptClean")).Succeeded().Shows("Removed HyperOptResults/app");
        (await project.BuildAsync("--no-restore", "-t:HyperOpt")).Succeeded().Shows("[6/6]").DoesNotShow("goes on").DoesNotShow("Earlier results");
        Assert.Equal(18, Ran(project).Length);
    }

    [PostgresFact]
    public async Task Two_projects_in_two_folders_share_a_study_in_PostgreSQL()
    {
        var location = (Location, PostgresServer.Shared.CreateDatabase().ConnectionString);
        using var here = await Consumer.ApplicationAsync("Thread.Sleep(40); " + Objective);
        using var there = await Consumer.ApplicationAsync("Thread.Sleep(40); " + Objective);
        Assert.NotEqual(here.Path, there.Path);

        (await here.DotnetAsync(["build", "-t:HyperOpt"], location)).Succeeded().Shows("app: the study 'app' is stored in PostgreSQL database 'test_").Shows("[6/6]");
        (await there.DotnetAsync(["build", "-t:HyperOpt"], location)).Succeeded().Shows("nothing was run, the study is complete: it has 6 trials.").Shows("best loss");
        Assert.False(there.Has("ran.txt"));
        Assert.Equal(here.Read("HyperOptResults/app/best.yaml"), there.Read("HyperOptResults/app/best.yaml"));

        var both = await Task.WhenAll(new[] { here, there }.Select(project => project.DotnetAsync(["build", "--no-restore", "-t:HyperOpt", "-p:HyperOptMaxEvals=150"], location)));

        // Where the machine is busy, one of them may find that the other has run all of them.
        Assert.All(
            both,
            result => result.Succeeded()
                .Expect(Regex.IsMatch(result.Output, " of 150 trials in |nothing was run, the study is complete: it has 150 trials"), "the end of a search of 150 trials")
                .DoesNotShow("Password"));
        Assert.Equal(
            Numbers(150),
            Ran(here).Concat(there.Has("ran.txt") ? Ran(there) : []).OrderBy(number => int.Parse(number, CultureInfo.InvariantCulture)));
        foreach (var project in (TestProject[])[here, there])
        {
            Assert.Equal(151, project.Read("HyperOptResults/app/trials.csv").TrimEnd().Split('\n').Length);
            Assert.False(project.Has("HyperOptResults/app/study.db"));
        }

        here.Replace("Tuned.cs", "return (x - 1)", "return 0.5 + (x - 1)");
        var changed = await here.DotnetAsync(["build", "--no-restore", "-t:HyperOpt", "-p:HyperOptMaxEvals=151"], location);
        changed.Expect(changed.ExitCode == 0 && changed.Warnings.Count == 1, "success with one warning")
            .Shows("warning LOGML2018: ")
            .Shows(": Tuned.cs changed. 150 finished trials");
        here.Replace("logml.yaml", "['uniform', -5, 10]", "['uniform', 20, 30]");
        (await here.DotnetAsync(["build", "--no-restore", "-t:HyperOpt"], location)).FailedOnlyWith("LOGML2014", "'model_evaluate.x' was a number from -5 to 10, and is now a number from 20 to 30");

        (await there.DotnetAsync(["build", "--no-restore", "-t:HyperOptClean"], location)).Succeeded().Shows("Removed the study 'app' from PostgreSQL database 'test_").Shows("Removed HyperOptResults/app");
        (await there.DotnetAsync(["build", "--no-restore", "-t:HyperOptClean"], location)).Succeeded().Shows("There is nothing to remove: 'app'");

        // The study does not exist here either. Its results in this folder are renamed.
        (await here.DotnetAsync(["build", "--no-restore", "-t:HyperOpt"], location)).Succeeded()
            .Shows("[6/6]")
            .DoesNotShow("goes on")
            .Shows("Earlier results, which are not of this study, are now in HyperOptResults/app.");
    }

    private static async Task WarnsAsync(TestProject project, int maxEvals, string text)
    {
        var result = await project.BuildAsync("--no-restore", "-t:HyperOpt", "-p:HyperOptMaxEvals=" + maxEvals);
        result.Expect(result.ExitCode == 0 && result.Warnings.Count == 1, "success with one warning")
            .Shows("warning LOGML2018: ")
            .Shows(text);
    }

    private static string[] Ran(TestProject project) => project.Read("ran.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string[] Numbers(int count) =>
        [.. Enumerable.Range(0, count).Select(number => number.ToString(CultureInfo.InvariantCulture))];
}
