using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;

namespace LogMl.Configuration.Tests;

public class OrdinaryFileTests
{
    /// <summary>The shape of Log(ML)'s own XOR example: block and flow style, quotes, comments, empty sections.</summary>
    private const string Xor = """
        # XOR
        logger:

        dataset:
          dataset_name: 'xor'
          outputs: ['y']
        model:
          model_name: xor
          is_save_model_pickle: true
        functions:                      # defaults
          dataset_load:
          dataset_create: { num_samples: 1000 }
          dataset_split:
            split_validate: 0.2
            split_test: 0.0
          preprocess:
            enable: False
          model_create: { num_neurons: 3 }
          model_train:  { epochs: 20, learning_rate: 0.3, activation: relu, layers: [4, 2], shuffle: true }
        hyper_parameter_optimization:
          enable: true
          show_progressbar: false
          algorithm: 'random'
          max_evals: 25
          random_seed: 20190709
          space:
            dataset_create:
            model_create:
              num_neurons:
                - uniformint
                - 1
                - 16
            model_train:
              learning_rate: ['loguniform', -7, 0]
              activation: [choice, [relu, tanh]]
        """;

    [Fact]
    public void Every_section_of_a_usual_file_is_read()
    {
        var result = MarkedYaml.Read(Xor);

        var unused = Assert.Single(result.Diagnostics);
        Assert.Equal("'logger' is part of Log(ML), but LogMl.Sdk does not use it", unused.Message);
        var configuration = result.Configuration;
        Assert.Equal(MarkedYaml.Search(true, "random", 25, 20190709, false), configuration.Optimization);
        Assert.Equal(
            ["dataset_load", "dataset_create", "dataset_preprocess", "dataset_split", "model_create", "model_train"],
            configuration.Steps.Select(step => step.Name));
        Assert.Equal(["dataset_preprocess"], configuration.Steps.Where(step => !step.Enabled).Select(step => step.Name));
        Assert.Equal(
            EquatableArray.Of(
                new SettingConfiguration("dataset_name", new ConfigurationValue.Text("xor")),
                new SettingConfiguration(
                    "outputs", new ConfigurationValue.List(EquatableArray.Of<ConfigurationValue>(new ConfigurationValue.Text("y"))))),
            configuration.DatasetSettings);
        Assert.Equal(["model_name", "is_save_model_pickle"], configuration.ModelSettings.Select(setting => setting.Name));
    }

    [Fact]
    public void Defaults_and_distributions_meet_in_one_parameter()
    {
        var configuration = MarkedYaml.Read(Xor).Configuration;

        var create = configuration.Steps.Single(step => step.Name == "model_create");
        Assert.Equal(
            new ParameterConfiguration(
                "num_neurons",
                new ParameterType(ParameterKind.Int),
                new ConfigurationValue.Integer(3),
                new DistributionConfiguration(DistributionKind.UniformInt, EquatableArray.Of(1.0, 16.0), default, default)),
            Assert.Single(create.Parameters));

        var train = configuration.Steps.Single(step => step.Name == "model_train");
        Assert.Equal(["epochs", "learning_rate", "activation", "layers", "shuffle"], train.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(
            [ParameterKind.Int, ParameterKind.Double, ParameterKind.Enum, ParameterKind.List, ParameterKind.Bool],
            train.Parameters.Select(parameter => parameter.Type.Kind));
        Assert.Equal(EquatableArray.Of("relu", "tanh"), train.Parameters[2].Type.Members);
        Assert.Equal(ParameterKind.Int, train.Parameters[3].Type.Element?.Kind);
    }

    [Fact]
    public void Keys_are_found_by_their_path()
    {
        var positions = MarkedYaml.Read(Xor).Positions;
        var lines = Xor.Split('\n');

        AssertKey("functions.model_train.learning_rate", "learning_rate", "  model_train:");
        AssertKey("space.model_train.learning_rate", "learning_rate", "      learning_rate:");
        AssertKey("functions.model_train", "model_train", "  model_train:");
        AssertKey("functions.dataset_preprocess", "preprocess", "  preprocess:");
        AssertKey("hyper_parameter_optimization.algorithm", "algorithm", "  algorithm:");
        AssertKey("space", "space", "  space:");
        AssertKey("dataset.outputs", "outputs", "  outputs:");
        Assert.Null(positions.Find("functions.model_train.batch_size"));
        Assert.Equal(positions.Find("functions.model_train"), positions.FindNearest("functions.model_train.batch_size"));
        Assert.Equal(default, positions.FindNearest("nothing.of.it"));

        void AssertKey(string path, string key, string lineStart)
        {
            var span = Assert.NotNull(positions.Find(path));
            var line = Array.FindIndex(lines, text => text.StartsWith(lineStart, StringComparison.Ordinal));
            Assert.Equal((line, lines[line].IndexOf(key, StringComparison.Ordinal)), (span.StartLine, span.StartColumn));
            Assert.Equal(key, Xor.Substring(span.Start, span.Length));
            Assert.Equal((line, span.StartColumn + key.Length), (span.EndLine, span.EndColumn));
        }
    }

    [Fact]
    public void Empty_sections_are_legal()
    {
        var configuration = MarkedYaml.ReadClean("dataset:\nmodel:\nfunctions:\nhyper_parameter_optimization:\n  space:\n");

        Assert.Empty(configuration.Steps);
        Assert.Equal(MarkedYaml.Search(true, "auto", 100, null, true), configuration.Optimization);
    }

    [Fact]
    public void A_section_without_enable_is_enabled_and_runs_100_trials()
    {
        var optimization = MarkedYaml.ReadClean("hyper_parameter_optimization: {algorithm: tpe}").Optimization;

        Assert.Equal(MarkedYaml.Search(true, "tpe", 100, null, true), optimization);
    }

    [Fact]
    public void A_file_without_the_section_has_no_optimization() =>
        Assert.Null(MarkedYaml.ReadClean("functions: {model_train: {epochs: 3}}").Optimization);

    [Fact]
    public void The_example_of_the_reference_is_right()
    {
        var example = Repository.Read("docs/yaml.md").Split("```yaml\n")[1].Split("```")[0];

        var configuration = MarkedYaml.ReadClean(example);

        Assert.Equal(4, configuration.Steps.Count);
        Assert.Equal(3, configuration.Steps.SelectMany(step => step.Parameters).Count(parameter => parameter.Distribution is not null));
    }

    /// <summary>
    /// As in Log(ML)'s files for models of scikit-learn: a word beside a range, an infinite limit, and a section of the search.
    /// </summary>
    [Fact]
    public void A_default_that_only_Python_can_mix_with_its_distribution_stops_nothing()
    {
        var result = MarkedYaml.Read("""
            functions:
              model_create:
                max_features: auto
                max_trials: .inf
                min_samples_leaf: 1
            hyper_parameter_optimization:
              enable: true
              space:
                model_create:
                  max_features:
                  - uniform
                  - 0.3
                  - 1.0
                  min_samples_leaf:
                  - randint
                  - 100
            model:
              model_class: forest
            """);

        var warning = Assert.Single(result.Diagnostics);
        Assert.Equal(("LOGML0032", DiagnosticLevel.Warning), (warning.Id, warning.Definition.Severity));
        Assert.Equal(
            [("max_features", "double", null), ("max_trials", "double", new ConfigurationValue.Number(double.PositiveInfinity)), ("min_samples_leaf", "int", new ConfigurationValue.Integer(1))],
            Assert.Single(result.Configuration.Steps).Parameters.Select(
                parameter => (parameter.Name, parameter.Type.Written, parameter.Default)));
    }
}
