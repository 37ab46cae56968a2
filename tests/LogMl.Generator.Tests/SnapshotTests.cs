using System.Globalization;
using LogMl.Generator.Tests.Kit;

namespace LogMl.Generator.Tests;

/// <summary>The generated text, as a whole: what a reviewer should see when it changes.</summary>
public class SnapshotTests
{
    private const string Yaml = """
        functions:
          dataset_create: { num_samples: 1000 }
          dataset_split: { split_validate: 0.25, split_test: 0.125 }
          model_create: { num_neurons: 3, activation: relu, weights: [0.5, 1] }
          model_train: { epochs: 20, learning_rate: 1e-3, name: "a \"b\"" }
        dataset: { dataset_name: xor }
        hyper_parameter_optimization:
          random_seed: 7
          space:
            model_create:
              num_neurons: ['uniformint', 1, 16]
              activation: ['choice', [relu, tanh, leaky_relu]]
            model_train:
              learning_rate: ['loguniform', -7, 0]
              dropout: ['pchoice', [[0.3, false], [0.7, true]]]
              momentum: ['quniform', 0.5, 0.99, 0.01]
        """;

    private static readonly string Code = CodeOf.Steps("""
        public enum Kind { LeakyReLU, Tanh, Relu }
        [WorkflowStep("dataset_create")] public static List<Row> Create(int numSamples, Random random) => [];
        [WorkflowStep("dataset_inout")] public static async Task<(double[][] X, double[] Y)> InOut(List<Row> rows, string name) { await Task.Yield(); return ([], []); }
        public sealed class Models { [WorkflowStep("model_create")] public Net Build(float numNeurons, Kind activation, double[] weights, string? format = null) => new(); }
        [WorkflowStep("model_train")] public static void Train(Net net, double[][] x, double[] y, ModelTrainParameters p, ITrial trial, CancellationToken stop) { }
        [WorkflowStep("model_evaluate")] public static (double Loss, double Accuracy) Evaluate(Net net, double[][] x, double[] y) => (1, 1);
        [WorkflowStep("model_save")] public static Task Save(Net net, ITrial trial) => Task.CompletedTask;
        """);

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    public void The_generated_files_are_as_reviewed_under_every_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            var run = GeneratorRun.Of(Code, Yaml);
            Assert.All(run.Diagnostics, diagnostic => Assert.Equal("LOGML0013", diagnostic.Id));
            run.AssertCompiles();
            var text = string.Join("\n", run.Files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"=== {file.Key}\n{file.Value}"));
            Assert.DoesNotContain('\r', text);
            Snapshot.AssertEqual(
                "Everything.txt",
                text.Replace(typeof(WorkflowGenerator).Assembly.GetName().Version!.ToString(3), "VERSION", StringComparison.Ordinal));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_manifest_has_the_settings_of_the_search_that_the_yaml_sets()
    {
        const string Settings = """
            algorithm: { name: cmaes, population: 12, sigma: 0.5 }
            pruner: { name: patient, patience: 3, wrapped: { name: threshold, upper: 1e3 } }
            timeout: 00:01:30
            loss_threshold: 0.25
            no_improvement: 50
            terminator: { min_trials: 30, error_level: 0.01 }
            points_to_evaluate: [ { model_train: { learning_rate: 0.5, dropout: true }, model_create: { activation: leaky_relu } } ]
            workers: 2
            trial_timeout: 00:00:30
            trial_memory: 1.5GB
            max_retries: 3
            max_failures: 5
            """;
        var yaml = Yaml.Replace("random_seed: 7", Settings.ReplaceLineEndings("\n  "), StringComparison.Ordinal);

        using var json = System.Text.Json.JsonDocument.Parse(GeneratorRun.Of(Code, yaml, "My Project").Load().Manifest);
        Assert.Equal(
            """
            {"enable":true,"algorithm":"cmaes","algorithm_options":{"population":12,"sigma":0.5},"max_evals":100,"random_seed":null,"show_progressbar":true,"pruner":{"name":"patient","options":{"patience":3},"wrapped":{"name":"threshold","options":{"upper":1000.0}}},"timeout":90.0,"loss_threshold":0.25,"no_improvement":{"trials":50},"terminator":{"min_trials":30,"error_level":0.01},"points_to_evaluate":[{"model_train.learning_rate":0.5,"model_train.dropout":1,"model_create.activation":2}],"workers":2,"trial_timeout":30.0,"trial_memory":1500000000,"max_retries":3,"max_failures":5}
            """,
            json.RootElement.GetProperty("optimization").GetRawText());
    }

    [Theory]
    [InlineData("true", "{}")]
    [InlineData("false", null)]
    public void The_manifest_has_a_terminator_without_options_when_the_yaml_only_switches_it_on(string wanted, string? expected)
    {
        var yaml = Yaml.Replace("random_seed: 7", "terminator: " + wanted, StringComparison.Ordinal);

        using var json = System.Text.Json.JsonDocument.Parse(GeneratorRun.Of(Code, yaml, "My Project").Load().Manifest);
        Assert.Equal(
            expected,
            json.RootElement.GetProperty("optimization").TryGetProperty("terminator", out var terminator) ? terminator.GetRawText() : null);
    }

    [Fact]
    public void The_manifest_is_the_one_of_the_architecture()
    {
        var manifest = GeneratorRun.Of(Code, Yaml, "My Project").Load().Manifest;

        using var json = System.Text.Json.JsonDocument.Parse(manifest);
        Assert.Equal("My Project", json.RootElement.GetProperty("name").GetString());
        Assert.Equal(
            """
            {"enable":true,"algorithm":"auto","max_evals":100,"random_seed":7,"show_progressbar":true}
            {"name":"model_create.num_neurons","dist":"uniformint","args":[1,16]}
            {"name":"model_create.activation","dist":"choice","options":["relu","tanh","leaky_relu"]}
            {"name":"model_train.learning_rate","dist":"loguniform","args":[-7,0]}
            {"name":"model_train.dropout","dist":"pchoice","options":[false,true],"probs":[0.3,0.7]}
            {"name":"model_train.momentum","dist":"quniform","args":[0.5,0.99,0.01]}
            ["model_create.num_neurons"]
            {"dataset_create":{"num_samples":1000},"dataset_split":{"split_validate":0.25,"split_test":0.125},"model_create":{"num_neurons":3,"activation":"relu","weights":[0.5,1.0]},"model_train":{"epochs":20,"learning_rate":0.001,"name":"a \u0022b\u0022"}}
            {"model_create":{"activation":["relu","tanh","leaky_relu"]}}
            True
            """.ReplaceLineEndings("\n"),
            string.Join("\n",
            [
                json.RootElement.GetProperty("optimization").GetRawText(),
                .. json.RootElement.GetProperty("space").GetProperty("params").EnumerateArray().Select(parameter => parameter.GetRawText()),
                json.RootElement.GetProperty("integers").GetRawText(),
                json.RootElement.GetProperty("defaults").GetRawText().Replace("\\\"", "\\u0022", StringComparison.Ordinal),
                json.RootElement.GetProperty("types").GetRawText(),
                json.RootElement.GetProperty("final_run").GetBoolean().ToString(),
            ]));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("functions:\n  dataset_split: { split_test: 0.0 }", false)]
    [InlineData("functions:\n  dataset_split: { split_test: 0.1 }", true)]
    [InlineData("functions:\n  dataset_split: { split_test: 0.1, enable: false }", false)]
    public void A_run_with_the_best_parameters_has_something_to_add_when_there_can_be_a_test_part(string yaml, bool expected)
    {
        const string steps = """
            [WorkflowStep("dataset_create")] public static int[] Create() => [1];
            [WorkflowStep("model_evaluate")] public static double Loss(int[] data) => 1;
            """;
        Assert.EndsWith(
            $"\"final_run\":{(expected ? "true" : "false")}}}",
            GeneratorRun.Of(CodeOf.Steps(steps), yaml.Length == 0 ? null : yaml).Load().Manifest,
            StringComparison.Ordinal);
    }
}
