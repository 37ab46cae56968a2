using LogMl.TestKit;

namespace LogMl.EndToEnd.Tests;

/// <summary>A project with two workflows, each of which is tuned, continued, run, called and cleaned by itself.</summary>
public sealed class SeveralWorkflowsTests
{
    private const string Forest = """
        functions:
          model_train: { trees: 3 }
        hyper_parameter_optimization:
          algorithm: random
          max_evals: 4
          random_seed: 7
          space:
            model_train: { trees: ['uniformint', 1, 50] }
        """;

    private const string Steps = """
        namespace app.Forest;

        [Workflow("forest")]
        public static class ForestSteps
        {
            [WorkflowStep("model_train")] public static int Train(ModelTrainParameters p) => p.Trees;
            [WorkflowStep("model_evaluate")] public static double Loss(int model) => 1000 + model;
        }
        """;

    private const string Program = """
        using app.Forest;

        Console.WriteLine($"parabola {(await AppWorkflow.RunAsync(WorkflowParameters.Best)).Loss < 100}");
        Console.WriteLine($"forest {(await ForestWorkflow.RunAsync(new() { ModelTrain = new() { Trees = 5 } })).Loss}");
        Console.WriteLine($"best {(await ForestWorkflow.RunAsync(app.Forest.WorkflowParameters.Best)).Model}");
        """;

    private static readonly string Project = Consumer.Project.Replace(
        "    <PackageReference",
        "    <LogMlWorkflow Include=\"*.yaml\" Exclude=\"best*.yaml\" />\n    <PackageReference",
        StringComparison.Ordinal);

    [Fact]
    public async Task Each_workflow_has_a_study_of_its_own()
    {
        using var project = await TestProject.CreateAsync(
            "app", ("app.csproj", Project), ("logml.yaml", Consumer.Yaml), ("forest.yaml", Forest), ("Tuned.cs", Consumer.Objective()),
            ("ForestSteps.cs", Steps), ("Program.cs", Consumer.Main));

        (await project.BuildAsync("-t:HyperOpt")).Succeeded().Shows("[6/6]").Shows("app: ");
        (await project.BuildAsync("--no-restore", "-t:HyperOpt", "-p:HyperOptWorkflow=forest")).Succeeded()
            .Shows("[4/4]").Shows("app.forest: ");
        (await project.BuildAsync("--no-restore", "-t:HyperOpt", "-p:HyperOptWorkflow=forest", "-p:HyperOptMaxEvals=5")).Succeeded()
            .Shows("app.forest: goes on after 4 finished trials").Shows("[5/5]");
        Assert.Equal(
            (7, 6), (File.ReadLines(project.At("HyperOptResults/app/trials.csv")).Count(),
                File.ReadLines(project.At("HyperOptResults/app.forest/trials.csv")).Count()));
        Assert.Contains("model_train.trees", project.Read("HyperOptResults/app.forest/trials.csv"), StringComparison.Ordinal);
        (await project.BuildAsync("--no-restore", "-t:LogMlRun", "-p:HyperOptWorkflow=forest")).Succeeded()
            .Shows("app.forest: validate: loss 1003");

        File.Copy(project.At("HyperOptResults/app/best.yaml"), project.At("best.yaml"));
        File.Copy(project.At("HyperOptResults/app.forest/best.yaml"), project.At("best.forest.yaml"));
        project.Replace("app.csproj", "    <LogMlWorkflow", """
                <HyperOptBest Include="best.yaml" />
                <HyperOptBest Include="best.forest.yaml" Workflow="forest" />
                <LogMlWorkflow
            """.TrimEnd());
        project.Write("Program.cs", Program);
        var best = project.Read("best.forest.yaml").Split("trees: ")[1].Split('\n')[0];
        (await project.ShellAsync("\"$DOTNET\" run --no-restore")).Succeeded()
            .Shows("parabola True").Shows("forest 1005").Shows("best " + best);

        (await project.BuildAsync("--no-restore", "-t:HyperOptClean", "-p:HyperOptWorkflow=forest")).Succeeded();
        Assert.Equal((true, false), (project.Has("HyperOptResults/app/trials.csv"), project.Has("HyperOptResults/app.forest")));
        (await project.BuildAsync("--no-restore", "-t:HyperOpt", "-p:HyperOptWorkflow=forst"))
            .FailedOnlyWith("LOGML1010", "app.csproj", "HyperOptWorkflow is 'forst'", "did you mean 'forest'?");
        File.Move(project.At("logml.yaml"), project.At("tree.yaml"));
        (await project.BuildAsync("--no-restore", "-t:HyperOpt")).FailedOnlyWith("LOGML1008", "app.csproj", "with one of 'forest', 'tree'");
        project.Replace("app.csproj", "*.yaml\" Exclude", "*.yaml;wood.yaml\" Exclude");
        (await project.BuildAsync("--no-restore")).FailedOnlyWith("LOGML1007", "app.csproj", "LogMlWorkflow names 'wood.yaml'");
    }
}
