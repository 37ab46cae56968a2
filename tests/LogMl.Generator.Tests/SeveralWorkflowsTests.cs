using LogMl.Generator.Tests.Kit;

namespace LogMl.Generator.Tests;

/// <summary>A project with several workflows: each has a YAML file, and the steps of the classes that are marked with its name.</summary>
public class SeveralWorkflowsTests
{
    private const string Unnamed = """
        functions: { model_train: { rate: 0.5, kind: relu } }
        hyper_parameter_optimization: { space: { model_train: { rate: ['uniform', 0, 1], kind: ['choice', [relu, tanh]] } } }
        """;

    private const string Forest = """
        functions: { dataset_load: { rows: 8 }, model_train: { trees: 10, kind: wide } }
        dataset: { name: wood }
        hyper_parameter_optimization:
          random_seed: 3
          space: { model_train: { trees: ['uniformint', 1, 90], kind: ['choice', [wide, deep]] } }
        """;

    private const string Code = """
        using LogMl;

        namespace Sample
        {
            [Workflow, Workflow("random-forest")]
            public static class Shared
            {
                [WorkflowStep("dataset_load")] public static int[] Load(int rows = 4) => new int[rows];
            }

            public static class Net
            {
                [WorkflowStep("model_train")] public static double Train(ModelTrainParameters p, int[] train) => p.Rate;
                [WorkflowStep("model_evaluate")] public static double Loss(double model) => model;
                [SearchConstraint] public static bool Slow(ModelTrainParameters p) => p.Rate < 0.75;
            }

            [Workflow("random-forest")]
            public static class Trees
            {
                public static class Training
                {
                    [WorkflowStep("model_train")]
                    public static (int Trees, int Rows) Train(RandomForest.ModelTrainParameters p, int[] train) => (p.Trees, train.Length);
                }

                [WorkflowStep("model_evaluate")] public static double Loss((int Trees, int Rows) model) => model.Trees + (model.Rows / 100.0);
                [SearchConstraint] public static bool Few(RandomForest.WorkflowParameters p) => p.ModelTrain.Trees < 50;
            }
        }

        namespace Sample.RandomForest
        {
            public static class Known { public static bool IsWide(ModelTrainParameters p) => p.Kind == ModelTrainKind.Wide && DatasetSettings.Name == "wood"; }
        }

        public static class Caller
        {
            public static async Task<string> Run()
            {
                var net = await SampleWorkflow.RunAsync(new() { ModelTrain = new() { Rate = 0.25 } });
                var forest = await RandomForestWorkflow.RunAsync(new() { ModelTrain = new() { Trees = 70 } });
                return FormattableString.Invariant($"{net.Loss} {forest.Loss} {forest.Seed} {forest.Model.Item1} {SampleWorkflow.Steps.Count} {RandomForestWorkflow.Steps[^1].Method}");
            }

            public static string Best(string path) => FormattableString.Invariant(
                $"{WorkflowParameters.Best.ModelTrain.Rate} {Sample.RandomForest.WorkflowParameters.Best.ModelTrain.Trees} {Sample.RandomForest.WorkflowParameters.Load(path).ModelTrain.Trees}");
        }
        """;

    private static readonly TextFile[] Files =
    [
        new(GeneratorRun.YamlPath, Unnamed),
        new("/project/workflows/random-forest.yaml", Forest),
        new("/project/best/best.yaml", "functions: { model_train: { rate: 0.125 } }"),
        new("/project/best/of-random-forest.yaml", "functions: { model_train: { trees: 11 } }"),
    ];

    [Fact]
    public async Task Each_is_called_by_its_own_class_with_its_own_parameters()
    {
        using var folder = new TempDirectory("several-workflows");
        var best = Path.Combine(folder.Path, "best.yaml");
        await File.WriteAllTextAsync(best, "functions: { model_train: { trees: 12 } }");
        var caller = GeneratorRun.Of(Code, files: Files).AssertClean().LoadAssembly().GetType("Caller")!;

        Assert.Equal(
            "0.25 70.06 3 70 4 Trees.Loss",
            await (Task<string>)caller.GetMethod("Run")!.Invoke(null, null)!);
        Assert.Equal("0.125 11 12", caller.GetMethod("Best")!.Invoke(null, [best]));
    }

    [Fact]
    public async Task A_worker_runs_the_one_that_it_is_asked_for()
    {
        var run = GeneratorRun.Of(Code, files: Files);
        var (net, forest) = (run.Load(), run.Load("random-forest"));

        Assert.Equal(("", "random-forest"), (net.Name, forest.Name));
        Assert.Contains("""
            "name":"Sample.random-forest"
            """.Trim(), forest.Manifest, StringComparison.Ordinal);
        Assert.Equal("Net.Slow", Assert.Single(net.SearchConstraints).Name);
        var constraint = Assert.Single(forest.SearchConstraints);
        Assert.Equal(("Trees.Few", false), (constraint.Name, constraint.IsAllowed(new(Values(60)))));
        Assert.Equal(60.06, (await Trial.RunAsync(forest, Values(60)))["validate"].Figures["loss"], 9);

        static Dictionary<string, double> Values(double trees) => new() { ["model_train.trees"] = trees };
    }

    [Fact]
    public void Another_workflow_changes_nothing_of_the_unnamed_one()
    {
        const string Steps = """
            using LogMl;
            public static class Net
            {
                [WorkflowStep("model_train")] public static double Train(ModelTrainParameters p) => p.Rate;
                [WorkflowStep("model_evaluate")] public static double Loss(double model) => model;
            }
            """;
        const string Others = """
            [Workflow("random-forest")]
            public static class Trees
            {
                [WorkflowStep("model_train")] public static double Train(Sample.RandomForest.ModelTrainParameters p, int rows = 1) => p.Trees;
                [WorkflowStep("model_evaluate")] public static double Loss(double model) => model;
            }
            """;
        var forest = Forest.Replace("dataset_load: { rows: 8 }, ", "", StringComparison.Ordinal);
        var alone = GeneratorRun.Of(Steps, Unnamed).AssertClean();
        var both = GeneratorRun.Of(Steps + Others, files: [Files[0], new TextFile(Files[1].Path, forest)]).AssertClean();

        Assert.Equal(alone.Files, both.Files.Where(file => file.Key.StartsWith("LogMl.", StringComparison.Ordinal)).ToDictionary());
        Assert.Equal(alone.Files.Count + 1, both.Files.Count(file => file.Key.StartsWith("random-forest.", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_project_may_have_named_workflows_alone_whose_types_a_using_makes_visible()
    {
        const string Steps = """
            using LogMl;
            using Sample.RandomForest;

            [Workflow("random-forest")]
            public sealed class Trees
            {
                [WorkflowStep("model_train")] public double Train(ModelTrainParameters p, ModelTrainKind kind) => p.Trees;
                [WorkflowStep("model_evaluate")] public static double Loss(double model) => model;
                public static Task<WorkflowResult<double>> Run() => RandomForestWorkflow.RunAsync(new WorkflowParameters());
            }
            """;
        var forest = Forest.Replace("dataset_load: { rows: 8 }, ", "", StringComparison.Ordinal);
        var run = GeneratorRun.Of(Steps, files: [new TextFile(Files[1].Path, forest)]).AssertClean();

        Assert.All(run.Files.Keys, file => Assert.StartsWith("random-forest.", file, StringComparison.Ordinal));
    }
}
