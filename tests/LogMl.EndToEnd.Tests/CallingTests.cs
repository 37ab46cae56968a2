using System.Globalization;
using LogMl.TestKit;

namespace LogMl.EndToEnd.Tests;

/// <summary>A program and its unit tests that call the workflow, with the best parameters of a search.</summary>
public sealed class CallingTests
{
    /// <summary>The analyzers of ahead-of-time compilation look at the calls of generated code.</summary>
    private static readonly string Project = LibraryConsumer.Project("LogMl.Sdk", "<IsAotCompatible>true</IsAotCompatible>");

    private const string Yaml = """
        functions:
          model_train: { x: 0.5, kind: plain }
        hyper_parameter_optimization:
          algorithm: random
          max_evals: 6
          random_seed: 7
          space:
            model_train: { x: ['uniform', -5, 10], kind: ['choice', [plain, steep]] }
        """;

    private const string Steps = """
        public sealed record Parabola(double X, ModelTrainKind Kind);

        public static class Tuned
        {
            [WorkflowStep("model_train")] public static Parabola Train(ModelTrainParameters p) => new(p.X, p.Kind);

            [WorkflowStep("model_evaluate")] public static double Loss(Parabola model) =>
                (model.X - 1) * (model.X - 1) * (model.Kind == ModelTrainKind.Steep ? 2 : 1);

            [WorkflowStep("model_save")] public static void Save(Parabola model, ITrial trial) =>
                File.WriteAllText(Path.Combine(trial.Directory, "model.txt"), $"{model.Kind}");
        }
        """;

    private const string Program = """
        using System.Globalization;

        Show("default", (await AppWorkflow.RunAsync()).Loss);
        Show("loaded", (await AppWorkflow.RunAsync(WorkflowParameters.Load("HyperOptResults/app/best.yaml"))).Loss);
        var best = await AppWorkflow.RunAsync(WorkflowParameters.Best, new WorkflowRunOptions { IsFull = true, Directory = "saved" });
        Show("best", best.Loss);
        Console.WriteLine($"saved {File.ReadAllText("saved/model.txt") == best.Model.Kind.ToString()}, {AppWorkflow.Steps.Count} steps");

        static void Show(string name, double loss) => Console.WriteLine($"{name} {loss.ToString("R", CultureInfo.InvariantCulture)}");
        """;

    private const string TestProjectFile = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <IsTestProject>true</IsTestProject>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.0.1" />
            <PackageReference Include="xunit" Version="2.9.3" />
            <PackageReference Include="xunit.runner.visualstudio" Version="3.1.5" />
            <ProjectReference Include="../app/app.csproj" />
          </ItemGroup>
        </Project>
        """;

    private const string UnitTest = """
        using app;

        public class ModelTests
        {
            [Xunit.Fact]
            public async Task The_loss_is_that_of_the_parabola()
            {
                var result = await AppWorkflow.RunAsync(new() { ModelTrain = new() { X = 3, Kind = ModelTrainKind.Steep } });
                Xunit.Assert.Equal((8.0, 3.0), (result.Loss, result.Model.X));
                Xunit.Assert.True((await AppWorkflow.RunAsync(WorkflowParameters.Best)).Loss < 100);
            }
        }
        """;

    [Fact]
    public async Task A_program_and_its_tests_call_the_workflow_with_the_best_parameters_of_a_search()
    {
        using var project = await TestProject.CreateAsync(
            "solution", ("app/app.csproj", Project), ("app/logml.yaml", Yaml), ("app/Tuned.cs", Steps), ("app/Program.cs", Consumer.Main),
            ("tests/tests.csproj", TestProjectFile), ("tests/ModelTests.cs", UnitTest));
        (await project.BuildAsync("app", "-t:HyperOpt")).Succeeded().Shows("[6/6]");
        File.Copy(project.At("app/HyperOptResults/app/best.yaml"), project.At("app/best.yaml"));
        project.Write("app/Program.cs", Program);
        project.Replace("app/app.csproj", "    <PackageReference Include=\"LogMl", "    <HyperOptBest Include=\"best.yaml\" />\n    <PackageReference Include=\"LogMl");

        var run = (await project.ShellAsync("cd app && \"$DOTNET\" run")).Succeeded();

        var best = File.ReadLines(project.At("app/HyperOptResults/app/trials.csv")).Skip(1)
            .Min(line => double.Parse(line.Split(',')[2], CultureInfo.InvariantCulture)).ToString("R", CultureInfo.InvariantCulture);
        run.Shows("default 0.25").Shows("loaded " + best).Shows("best " + best).Shows("saved True, 3 steps");
        (await project.DotnetAsync(["test", "tests"])).Succeeded();

        project.Replace("app/best.yaml", "    x:", "    xx:");
        (await project.BuildAsync("app", "--no-restore")).FailedOnlyWith("LOGML0165", "best.yaml(", "'xx' is not a parameter of step 'model_train'");
        File.Delete(project.At("app/best.yaml"));
        (await project.BuildAsync("app", "--no-restore")).FailedOnlyWith("LOGML1030", "app.csproj", "HyperOptBest names 'best.yaml'");
    }
}
