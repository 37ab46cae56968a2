using LogMl.Generator.Tests.Kit;

namespace LogMl.Generator.Tests;

/// <summary>The first example of the documentation, from YAML and methods to a loss.</summary>
public class XorExampleTests
{
    private const string Yaml = """
        functions:
          dataset_create: { num_samples: 1000 }
          dataset_split:  { split_validate: 0.2, split_test: 0.0 }
          model_create:   { num_neurons: 3 }
          model_train:    { epochs: 20, learning_rate: 0.3 }
        hyper_parameter_optimization:
          enable: true
          show_progressbar: true
          algorithm: 'tpe'
          max_evals: 100
          space:
            model_create: { num_neurons: ['uniformint', 1, 16] }
            model_train:  { learning_rate: ['loguniform', -7, 0] }
        """;

    private const string Code = """
        using LogMl;

        public sealed record Sample(double A, double B, double Y);

        public sealed class Net(int neurons) { public int Neurons { get; } = neurons; public double Loss { get; set; } = 9; }

        public static class Xor
        {
            [WorkflowStep("dataset_create")]
            public static Sample[] Create(int numSamples, Random random) =>
                Enumerable.Range(0, numSamples).Select(i => new Sample(random.NextDouble(), random.NextDouble(), i % 2)).ToArray();

            [WorkflowStep("model_create")]
            public static Net Build(Sample[] train, ModelCreateParameters p) => new(p.NumNeurons);

            [WorkflowStep("model_train")]
            public static void Train(Net net, Sample[] train, ModelTrainParameters p, ITrial trial)
            {
                trial.Report(1.0, p.Epochs);
                net.Loss = p.LearningRate * train.Length;
            }

            [WorkflowStep("model_evaluate")]
            public static double Loss(Net net, Sample[] data) => net.Loss + net.Neurons + data.Length;
        }
        """;

    [Theory]
    [InlineData("Xor")]
    [InlineData("My.Xor-Project")]
    public void The_example_compiles_without_a_message(string project)
    {
        var run = GeneratorRun.Of(Code, Yaml, project).AssertClean();
        Assert.Contains("LogMl.Workflow.g.cs", run.Files.Keys);
    }

    [Fact]
    public async Task The_example_runs_with_the_defaults_of_functions()
    {
        var scores = await Trial.RunAsync(GeneratorRun.Of(Code, Yaml, "Xor").Load());

        Assert.Equal((0.3 * 800) + 3 + 200, scores["validate"].Loss!.Value, 9);
        Assert.Equal(["validate"], scores.Keys);
    }

    [Fact]
    public async Task A_trial_sets_the_parameters_of_the_space()
    {
        var values = new Dictionary<string, double> { ["model_create.num_neurons"] = 16, ["model_train.learning_rate"] = 0.5 };
        var scores = await Trial.RunAsync(GeneratorRun.Of(Code, Yaml, "Xor").Load(), values, isFull: true);

        Assert.Equal((0.5 * 800) + 16 + 200, scores["validate"].Loss!.Value, 9);
        Assert.Equal((0.5 * 800) + 16 + 800, scores["train"].Loss!.Value, 9);
        Assert.Equal(2, scores.Count);
    }
}
