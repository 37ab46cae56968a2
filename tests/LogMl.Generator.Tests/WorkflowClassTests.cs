using System.Reflection;
using LogMl.Generator.Tests.Kit;
using Microsoft.CodeAnalysis;

namespace LogMl.Generator.Tests;

/// <summary>The class by which a program runs its workflow: <c>SampleWorkflow.RunAsync(parameters)</c>.</summary>
public class WorkflowClassTests
{
    private const string Yaml = """
        functions:
          dataset_create: { rows: 10 }
          dataset_split: { split_validate: 0.2, split_test: 0.1 }
          model_train: { rate: 0.5, kind: relu }
        hyper_parameter_optimization:
          random_seed: 7
          space:
            dataset_create: { rows: ['uniformint', 10, 100] }
            model_train:
              rate: ['uniform', 0, 1]
              kind: ['choice', [relu, tanh]]
        """;

    private const string Steps = """
        [WorkflowStep("dataset_create")] public static double[] Create(int rows, Random random) =>
            [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble())];
        [WorkflowStep("model_create")] public static Net Build(double[] train) => new() { Weight = train.Length };
        [WorkflowStep("model_train")] public static async Task Train(Net net, double[] x, ModelTrainParameters p, ITrial trial, Random random)
        {
            await Task.Yield();
            trial.Report(3, 1);
            trial.Report(2, 0);
            trial.Report(1, 1);
            trial.SetAttribute("kind", p.Kind.ToString());
            if (trial.ShouldPrune()) { throw new TrialPrunedException(); }
            net.Weight = p.Rate + (x[0] * 1e-3) + (random.NextDouble() * 1e-6);
        }
        [WorkflowStep("model_evaluate")] public static (double Loss, double F1Score) Evaluate(Net net, double[] data) =>
            (net.Weight, data.Length);
        [WorkflowStep("model_save")] public static void Save(Net net, ITrial trial, CancellationToken stop) =>
            System.IO.File.WriteAllText(System.IO.Path.Combine(trial.Directory, "net.txt"), "saved");
        """;

    [Fact]
    public async Task A_call_gives_the_loss_the_scores_the_model_and_what_the_steps_have_told()
    {
        var assembly = Load("""
            public static class Caller
            {
                public static async Task<WorkflowResult> Run()
                {
                    var parameters = new WorkflowParameters { ModelTrain = new() { Rate = 0.25, Kind = ModelTrainKind.Tanh } };
                    WorkflowResult<Net> result = await SampleWorkflow.RunAsync(parameters);
                    Net net = result.Model;
                    return net.Weight == result.Loss ? result : throw new InvalidOperationException();
                }
            }
            """);

        var result = await CallAsync(assembly);

        Assert.Equal(0.25, result.Loss, 2);
        Assert.Equal(7, result.Seed);
        Assert.Equal(["validate"], result.Scores.Keys);
        Assert.Equal((result.Loss, 2.0), (result.Scores["validate"]["loss"], result.Scores["validate"]["f1_score"]));
        Assert.Equal([KeyValuePair.Create(0, 2.0), KeyValuePair.Create(1, 1.0)], result.Reports);
        Assert.Equal("Tanh", result.UserAttributes["kind"].GetString());
        Assert.Null(result.Directory);
    }

    [Fact]
    public async Task A_full_run_scores_all_parts_and_saves_into_the_folder()
    {
        using var folder = new TempDirectory("workflow-class");
        var assembly = Load($$"""
            public static class Caller
            {
                public static async Task<WorkflowResult> Run() => await SampleWorkflow.RunAsync(
                    new() { DatasetCreate = new() { Rows = 100 } }, new() { IsFull = true, Seed = 3, Directory = @"{{folder.Path}}/saved" });
            }
            """);

        var result = await CallAsync(assembly);

        Assert.Equal((70.0, 20.0, 10.0), (
            result.Scores["train"]["f1_score"], result.Scores["validate"]["f1_score"], result.Scores["test"]["f1_score"]));
        Assert.Equal(Path.Combine(folder.Path, "saved"), result.Directory);
        Assert.Equal("saved", await File.ReadAllTextAsync(Path.Combine(result.Directory!, "net.txt")));
        Assert.Equal(3, result.Seed);
    }

    [Fact]
    public async Task A_call_computes_what_a_trial_with_the_same_parameters_and_seeds_computes()
    {
        var run = Generate("""
            public static class Caller
            {
                public static async Task<WorkflowResult> Run() => await SampleWorkflow.RunAsync(
                    new() { DatasetCreate = new() { Rows = 50 }, ModelTrain = new() { Rate = 0.75, Kind = ModelTrainKind.Tanh } },
                    new() { IsFull = true, Seed = 11, DataSeed = 1 });
            }
            """);
        var workflow = run.Load();
        var values = new Dictionary<string, double>
        {
            ["dataset_create.rows"] = 50, ["model_train.rate"] = 0.75, ["model_train.kind"] = 1,
        };

        var scores = await Trial.RunAsync(workflow, values, isFull: true, trial: new Trial { Seed = 11, Folder = Path.GetTempPath() });
        var result = await CallAsync(workflow.Assembly);

        Assert.Equal(scores.ToDictionary(part => part.Key, part => part.Value.Figures), result.Scores);
        Directory.Delete(result.Directory!, recursive: true);
    }

    [Fact]
    public async Task A_record_of_parameters_that_is_null_is_refused_by_its_name()
    {
        var assembly = Load("""
            public static class Caller
            {
                public static async Task<WorkflowResult> Run() => await SampleWorkflow.RunAsync(new() { ModelTrain = null! });
            }
            """);

        var refused = await Assert.ThrowsAsync<ArgumentNullException>(() => CallAsync(assembly));

        Assert.Equal("parameters", refused.ParamName);
        Assert.StartsWith("WorkflowParameters.ModelTrain is null.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_arguments_the_defaults_run_and_without_a_seed_a_fresh_one_is_told()
    {
        var assembly = Load(
            "public static class Caller { public static async Task<WorkflowResult> Run() => await SampleWorkflow.RunAsync(); }",
            Yaml.Replace("  random_seed: 7\n", "", StringComparison.Ordinal));

        var (first, second) = (await CallAsync(assembly), await CallAsync(assembly));

        Assert.Equal(0.5, first.Loss, 2);
        Assert.NotEqual(first.Seed, second.Seed);
        Assert.NotEqual(first.Loss, second.Loss);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_begins_no_further_step_and_what_a_step_throws_comes_out()
    {
        const string Broken = """
            [WorkflowStep("model_create")] public static Net Build(CancellationToken stop) => new();
            [WorkflowStep("model_evaluate")] public static double Loss(Net net) => throw new NotSupportedException("not yet");
            """;
        const string Caller = """
            public static class Caller
            {
                public static async Task<WorkflowResult> Run() => await SampleWorkflow.RunAsync(cancellationToken: new(false));
                public static async Task<WorkflowResult> Cancelled() => await SampleWorkflow.RunAsync(cancellationToken: new(true));
            }
            """;
        var assembly = GeneratorRun.Of(CodeOf.Steps(Broken) + Caller).AssertClean().LoadAssembly();

        Assert.Equal("not yet", (await Assert.ThrowsAsync<NotSupportedException>(() => CallAsync(assembly))).Message);
        await Assert.ThrowsAsync<OperationCanceledException>(() => CallAsync(assembly, "Cancelled"));
    }

    [Fact]
    public async Task A_workflow_without_a_model_and_without_a_loss_can_be_called()
    {
        const string Caller = """
            public static class Caller { public static Task<WorkflowResult> Run() => SampleWorkflow.RunAsync(new WorkflowParameters()); }
            """;
        var assembly = GeneratorRun.Of(CodeOf.Steps("""
            [WorkflowStep("dataset_create")] public static int[] Create() => [1, 2, 3];
            [WorkflowStep("dataset_save")] public static void Save(int[] data) => Log.Add("saved", 0);
            """) + Caller).AssertClean().LoadAssembly();

        var result = await CallAsync(assembly);

        Assert.Empty(result.Scores);
        var exception = Assert.Throws<InvalidOperationException>(() => result.Loss);
        Assert.Contains("no step model_evaluate", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workflow_with_other_objectives_has_their_scores_and_says_so_when_it_is_asked_for_a_loss()
    {
        const string Caller = """
            public static class Caller { public static Task<WorkflowResult> Run() => SampleWorkflow.RunAsync(new WorkflowParameters()); }
            """;
        var assembly = GeneratorRun.Of(
            CodeOf.Steps("""
                [WorkflowStep("model_evaluate")] public static (double F1Score, int Bytes) Scores() => (0.5, 1024);
                """) + Caller,
            "hyper_parameter_optimization:\n  objectives: { f1_score: maximize, bytes: minimize }\n").AssertClean().LoadAssembly();

        var result = await CallAsync(assembly);

        Assert.Equal((0.5, 1024.0), (result.Scores["validate"]["f1_score"], result.Scores["validate"]["bytes"]));
        var exception = Assert.Throws<InvalidOperationException>(() => result.Loss);
        Assert.Equal(
            "The workflow gave no loss: its step model_evaluate gives f1_score, bytes, which Scores has.", exception.Message);
    }

    [Fact]
    public async Task Steps_that_log_get_the_loggers_of_the_caller()
    {
        const string Logging = """
            [WorkflowStep("model_create")] public static Net Build(Microsoft.Extensions.Logging.ILogger<Net> log) => Written(log, new Net());
            [WorkflowStep("model_evaluate")] public static double Loss(Net net, Microsoft.Extensions.Logging.ILogger log) => Written(log, 1.0);
            private static T Written<T>(Microsoft.Extensions.Logging.ILogger log, T value)
            {
                log.Log(Microsoft.Extensions.Logging.LogLevel.Information, default, value, null, (state, _) => state!.ToString()!);
                return value;
            }
            """;
        const string Caller = """
            public sealed class Loggers : Microsoft.Extensions.Logging.ILoggerFactory, Microsoft.Extensions.Logging.ILogger
            {
                public Microsoft.Extensions.Logging.ILogger CreateLogger(string name) => global::Log.Add("logger " + name, this);
                public void AddProvider(Microsoft.Extensions.Logging.ILoggerProvider provider) { }
                public void Dispose() { }
                public IDisposable? BeginScope<T>(T state) where T : notnull => null;
                public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel level) => true;
                public void Log<T>(Microsoft.Extensions.Logging.LogLevel level, Microsoft.Extensions.Logging.EventId id, T state, Exception? exception, Func<T, Exception?, string> format) =>
                    global::Log.Add("wrote " + format(state, exception), 0);
            }
            public static class Caller { public static async Task<WorkflowResult> Run() => await SampleWorkflow.RunAsync(loggers: new Loggers()); }
            """;
        var run = GeneratorRun.Of(CodeOf.Steps(Logging) + Caller).AssertClean();
        var assembly = run.LoadAssembly();

        await CallAsync(assembly);

        var lines = (IReadOnlyList<string>)assembly.GetType("Log")!.GetProperty("Lines")!.GetValue(null)!;
        Assert.Equal(["logger Net", "wrote Net", "logger model_evaluate", "wrote 1"], lines);
    }

    [Fact]
    public void The_steps_are_listed_as_data()
    {
        var steps = (IReadOnlyList<WorkflowStepInfo>)Load("").GetType("Sample.SampleWorkflow")!.GetProperty("Steps")!.GetValue(null)!;

        Assert.Equal(
            [
                "dataset_create Steps.Create(rows int <- dataset_create.rows, random Random <- Random) DatasetCreateParameters -> double[] in Stage",
                "dataset_split (data double[] <- dataset) DatasetSplitParameters -> (double[] train, double[] validate, double[] test) in Stage",
                "model_create Steps.Build(train double[] <- train)  -> Net in Trial",
                "model_train Steps.Train(net Net <- model, x double[] <- train, p ModelTrainParameters <- ModelTrainParameters, trial ITrial <- ITrial, random Random <- Random) ModelTrainParameters ->  in Trial",
                "model_evaluate Steps.Evaluate(net Net <- model, data double[] <- data)  -> (double Loss, double F1Score) in Trial",
                "model_save Steps.Save(net Net <- model, trial ITrial <- ITrial, stop CancellationToken <- CancellationToken)  ->  in FullRun",
            ],
            steps.Select(step => $"{step.Name} {step.Method}({string.Join(", ", step.Takes.Select(Text))}) "
                + $"{step.Parameters} -> {step.Gives} in {step.RunsIn}"));

        static string Text(WorkflowStepInput input) => $"{input.Name} {input.Type} <- {input.From}";
    }

    [Theory]
    [InlineData("public", "public", "public sealed class M;", true, true)]
    [InlineData("internal", "public", "public sealed class M;", false, false)]
    [InlineData("public", "internal", "internal sealed class M;", true, false)]
    [InlineData("public", "internal", "public sealed class M;", true, true)]
    public void The_class_is_as_visible_as_the_records_and_the_run_as_its_model(
        string classAccess, string stepAccess, string model, bool isClassPublic, bool isRunPublic)
    {
        var assembly = GeneratorRun.Of($$"""
            using LogMl;
            {{model}}
            {{classAccess}} static class S
            {
                [WorkflowStep("model_create")] {{stepAccess}} static M Build() => new();
                [WorkflowStep("model_evaluate")] public static double Loss() => 1;
            }
            """).AssertClean().LoadAssembly();

        var type = assembly.GetType("Sample.SampleWorkflow")!;
        Assert.Equal(isClassPublic, type.IsPublic);
        Assert.Equal(isClassPublic && isRunPublic, type.GetMethod("RunAsync") is not null);
        Assert.Equal(isClassPublic, assembly.GetType("Sample.WorkflowParameters")!.IsPublic);
    }

    [Theory]
    [InlineData("app", "AppWorkflow")]
    [InlineData("my.xor-project_2", "MyXorProject2Workflow")]
    [InlineData("3D", "_3DWorkflow")]
    public void The_class_has_the_name_of_the_project(string project, string expected)
    {
        var run = GeneratorRun.Of(
            CodeOf.Steps("""[WorkflowStep("model_evaluate")] public static double Loss() => 1;""")
                + $"public static class Caller {{ public static Task<WorkflowResult> Run() => {expected}.RunAsync(); }}",
            projectName: project).AssertClean();
        Assert.Contains($"static partial class {expected}", run.Files["LogMl.WorkflowClass.g.cs"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[WorkflowStep("model_create")] public static Net Build(int unknown) => new();""", "LOGML0103")]
    [InlineData("""[WorkflowStep("model_create")] public static Net Build() => new(); [WorkflowStep("model_train")] public static void Train(string text) { }""", "LOGML0103")]
    public void A_mistake_in_a_step_is_one_error_also_where_the_workflow_is_called(string step, string id)
    {
        var run = GeneratorRun.Of(CodeOf.Steps(step + """[WorkflowStep("model_evaluate")] public static double Loss(Net net) => 1;""") + """
            public static class Caller { public static async Task<double> Run() => (await SampleWorkflow.RunAsync(new() { })).Model.Weight; }
            """);
        Assert.Equal(id, Assert.Single(run.Diagnostics).Id);
        run.AssertCompiles();
    }

    private static GeneratorRun Generate(string caller, string yaml = Yaml)
    {
        var run = GeneratorRun.Of(CodeOf.Steps(Steps) + caller, yaml);
        Assert.All(run.Diagnostics, diagnostic => Assert.NotEqual(DiagnosticSeverity.Error, diagnostic.Severity));
        return run.AssertCompiles();
    }

    private static Assembly Load(string caller, string yaml = Yaml) => Generate(caller, yaml).LoadAssembly();

    private static async Task<WorkflowResult> CallAsync(Assembly assembly, string method = "Run")
    {
        var call = (Task)assembly.GetType("Caller")!.GetMethod(method)!.Invoke(null, null)!;
        await call;
        return (WorkflowResult)call.GetType().GetProperty("Result")!.GetValue(call)!;
    }
}
