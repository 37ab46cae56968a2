using LogMl.Generator.Tests.Kit;

namespace LogMl.Generator.Tests;

/// <summary>A step may be several methods, one for each branch of a choice.</summary>
public class BranchMethodTests
{
    private const string Yaml = """
        functions:
          dataset_create: { size: 4 }
        hyper_parameter_optimization:
          space:
            dataset_create: { source: ['choice', [{ noise: { level: ['uniform', 0, 1] } }, grid]] }
            model_create: { model: ['choice', [{ net: { units: ['uniformint', 1, 9] } }, { tree: { depth: ['uniformint', 1, 9] } }, none]] }
            model_train: { optimizer: ['choice', [{ sgd: { rate: ['uniform', 0, 1] } }, adam]] }
        """;

    [Fact]
    public async Task The_method_of_the_branch_is_called_whether_it_is_static_or_not_and_asynchronous_or_not()
    {
        var workflow = GeneratorRun.Of(
            """
                using LogMl;
                public interface IModel { string Name { get; } }
                public sealed record Net(int Units) : IModel { public string Name => "net"; }
                public sealed record Tree(int Depth) : IModel { public string Name => "tree"; }
                public sealed record Nothing : IModel { public string Name => "none"; }
                public static class Log
                {
                    public static List<string> Lines { get; } = [];
                }
                public sealed class Data : IDisposable
                {
                    [WorkflowStep("dataset_create")] public int[] Noise(DatasetCreateSource.Noise noise, int size) => new int[size];
                    [WorkflowStep("dataset_create")] public static async Task<int[]> GridAsync(DatasetCreateSource.Grid _)
                    {
                        await Task.Yield();
                        return [1, 2, 3, 4, 5, 6];
                    }
                    public void Dispose() => Log.Lines.Add("disposed");
                }
                public static class Models
                {
                    [WorkflowStep("model_create")] public static Net Create(ModelCreateModel.Net net, int[] train) => new(net.Units * train.Length);
                    [WorkflowStep("model_create")] public static async ValueTask<Tree> Create(ModelCreateModel.Tree tree, ITrial trial)
                    {
                        await Task.Yield();
                        return new(tree.Depth + trial.Number);
                    }
                    [WorkflowStep("model_create")] public static Nothing None(ModelCreateParameters p, ModelCreateModel.None _) => new();
                }
                public sealed class Training
                {
                    [WorkflowStep("model_train")] public void Sgd(IModel model, ModelTrainOptimizer.Sgd sgd) => Log.Lines.Add($"{model} {sgd}");
                    [WorkflowStep("model_train")] public async Task AdamAsync(IModel model, ModelTrainOptimizer.Adam adam)
                    {
                        await Task.Yield();
                        Log.Lines.Add($"{model.Name} {adam}");
                    }
                }
                public static class Evaluation
                {
                    [WorkflowStep("model_evaluate")] public static double Loss(IModel model) => model.Name.Length;
                }
                """,
            Yaml).AssertCompiles().Load();

        var net = await Trial.RunAsync(workflow, new()
        {
            ["dataset_create.source"] = 0, ["model_create.model"] = 0, ["model_create.model.net.units"] = 5,
            ["model_train.optimizer"] = 0, ["model_train.optimizer.sgd.rate"] = 0.5,
        });
        var tree = await Trial.RunAsync(
            workflow, new() { ["dataset_create.source"] = 1, ["model_create.model"] = 1, ["model_train.optimizer"] = 1 });

        Assert.Equal((3, 4), (net["validate"].Loss, tree["validate"].Loss));
        Assert.Equal(
            ["Net { Units = 15, Name = net } Sgd { Rate = 0.5 }", "disposed", "tree Adam { }", "disposed"], CodeOf.LinesOf(workflow));
    }

    [Fact]
    public async Task A_later_step_takes_what_all_results_have_in_common()
    {
        var workflow = GeneratorRun.Of(
            CodeOf.Steps("""
                public interface IScores { double Score { get; } }
                public interface INamed { string Name { get; } }
                public sealed class A : IScores, INamed { public double Score => 3; public string Name => "a"; }
                public struct B : IScores, INamed { public double Score => 4; public string Name => "b"; }
                public sealed class C : IScores, INamed { public double Score => 5; public string Name => "c"; }
                [WorkflowStep("model_create")] public static A Create(ModelCreateModel.Net net) => new();
                [WorkflowStep("model_create")] public static B Create(ModelCreateModel.Tree tree) => new();
                [WorkflowStep("model_create")] public static C Create(ModelCreateModel.None none) => new();
                [WorkflowStep("model_train")] public static void Train(INamed model) => Log.Add(model.Name, 0);
                [WorkflowStep("model_evaluate")] public static double Loss(IScores model) => model.Score;
                """),
            """
                hyper_parameter_optimization:
                  space: { model_create: { model: ['choice', [{ net: { units: ['uniformint', 1, 9] } }, tree, none]] } }
                """).AssertCompiles().Load();

        var losses = new List<double>();
        for (var branch = 0; branch < 3; branch++)
        {
            losses.Add((await Trial.RunAsync(workflow, new() { ["model_create.model"] = branch }))["validate"].Loss!.Value);
        }

        Assert.Equal([3, 4, 5], losses);
        Assert.Equal(["a", "b", "c"], CodeOf.LinesOf(workflow));
    }

    [Fact]
    public async Task Null_beside_the_branches_goes_to_the_method_that_takes_it()
    {
        var workflow = GeneratorRun.Of(
            CodeOf.Steps("""
                [WorkflowStep("model_evaluate")] public static double Of(ModelEvaluateModel.Net net) => net.Units;
                [WorkflowStep("model_evaluate")] public static float Of(ModelEvaluateModel.Tree? tree) => tree is null ? -1 : tree.Depth;
                """),
            """
                hyper_parameter_optimization:
                  space:
                    model_evaluate: { model: ['choice', [null, { net: { units: ['uniformint', 1, 9] } }, { tree: { depth: ['uniformint', 1, 9] } }]] }
                """).AssertCompiles().Load();

        var losses = new List<double>();
        for (var option = 0; option < 3; option++)
        {
            losses.Add((await Trial.RunAsync(workflow, new()
            {
                ["model_evaluate.model"] = option, ["model_evaluate.model.net.units"] = 7, ["model_evaluate.model.tree.depth"] = 8,
            }))["validate"].Loss!.Value);
        }

        Assert.Equal([-1, 7, 8], losses);
    }

    [Fact]
    public async Task A_stage_is_run_again_for_every_value_of_a_branch()
    {
        var workflow = GeneratorRun.Of(
            CodeOf.Steps("""
                [WorkflowStep("dataset_create")] public static Row Noise(DatasetCreateSource.Noise noise) => Log.Add($"{noise}", new Row(1));
                [WorkflowStep("dataset_create")] public static Row Grid(DatasetCreateSource.Grid grid) => Log.Add($"{grid}", new Row(2));
                [WorkflowStep("dataset_split")] public static (Row, Row) Split(Row row) => (row, row);
                [WorkflowStep("model_evaluate")] public static double Loss(Row row) => row.Id;
                """),
            """
                hyper_parameter_optimization:
                  space: { dataset_create: { source: ['choice', [{ noise: { level: ['uniform', 0, 1] } }, grid]] } }
                """).AssertCompiles().Load();
        var cache = new StageCache();
        Dictionary<string, double> Noise(double level) =>
            new() { ["dataset_create.source"] = 0, ["dataset_create.source.noise.level"] = level };

        await Trial.RunAsync(workflow, Noise(0.5), cache: cache);
        await Trial.RunAsync(workflow, Noise(0.5), cache: cache);
        await Trial.RunAsync(workflow, Noise(0.75), cache: cache);
        await Trial.RunAsync(workflow, new() { ["dataset_create.source"] = 1 }, cache: cache);

        Assert.Equal(["Noise { Level = 0.5 }", "Noise { Level = 0.75 }", "Grid { }"], CodeOf.LinesOf(workflow));
    }
}
