using System.Text.Json;
using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Planning;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Optimization;
using LogMl.Optimization.Sampling;

namespace LogMl.Generator.Tests;

/// <summary>The functions of best.yaml, pasted over those of logml.yaml, are the values of the trial.</summary>
public sealed class BranchValuesTests
{
    private const string Space = """
        hyper_parameter_optimization:
          space:
            model_evaluate:
              classifier: ['choice', [naive_bayes, {svm: {c: ['lognormal', 0, 1], kernel: ['choice', [linear, {rbf: {gamma: ['loguniform', -5, 2]}}]]}}, {dtree: {max_depth: ['choice', [null, ['qlognormal', 3, 1, 1]]]}}]]
              depth: ['choice', [null, 4, ['quniform', 10, 90, 10]]]
              share: ['choice', [auto, ['uniform', 0, 1]]]

        """;

    private const string Functions = """
        functions:
          model_evaluate:
            classifier: {svm: {c: 1.0, number: '.inf', cache: 200}}
            depth: 20
            share: auto

        """;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_is_written_of_a_trial_is_read_back_with_and_without_the_space(int seed)
    {
        var searched = Read(Functions + Space);
        var manifest = ManifestOf(searched);
        var values = new Study(manifest.Space, new StudyOptions { Sampler = Samplers.Random(seed) }).Ask().Values;
        var functions = manifest.Functions.Write(["the best"], values);
        var fixedOnly = Read(functions);

        Assert.Equal(searched.Select(parameter => parameter.Type), fixedOnly.Select(parameter => parameter.Type));
        Assert.All(fixedOnly, parameter => Assert.Equal(
            Expected(searched.Single(other => other.Name == parameter.Name), values), parameter.Default));

        // A branch whose fixed parameters the best trial does not have would run with arbitrary ones.
        var again = ConfigurationReader.Read(functions + Space, CancellationToken.None);
        if (values["model_evaluate.classifier"] == 1)
        {
            Assert.Empty(again.Diagnostics);
            Assert.Equal(
                fixedOnly.Select(parameter => parameter.Default),
                Assert.Single(again.Configuration.Steps).Parameters.Select(parameter => parameter.Default));
        }
        else
        {
            Assert.Equal(["LOGML0066", "LOGML0066"], again.Diagnostics.Select(diagnostic => diagnostic.Id));
        }
    }

    private static ConfigurationValue Expected(ParameterConfiguration parameter, IReadOnlyDictionary<string, double> values)
    {
        var value = Of("model_evaluate." + parameter.Name, parameter, values);
        return value is ConfigurationValue.Mapping { Entries: [{ Name: "svm", Value: ConfigurationValue.Mapping svm }] }
            ? Named("svm", new ConfigurationValue.Mapping(svm.Entries
                .Append(new SettingConfiguration("number", new ConfigurationValue.Text(".inf")))
                .Append(new SettingConfiguration("cache", new ConfigurationValue.Integer(200))).ToEquatableArray()))
            : value;
    }

    /// <summary>The value of a trial, computed from the space of the reader alone.</summary>
    private static ConfigurationValue Of(string name, ParameterConfiguration parameter, IReadOnlyDictionary<string, double> values)
    {
        var value = values[name];
        switch (parameter.Distribution!.Options is { IsEmpty: false } options ? options[(int)value] : null)
        {
            case null:
                return Number(parameter.Type, value);
            case OptionConfiguration.Constant constant:
                return constant.Value;
            case OptionConfiguration.Number number:
                var drawn = Number(parameter.Type.TypeOf(number), values[name + "." + number.Name]);
                return parameter.Type.Kind == ParameterKind.Branches ? Named(number.Name, drawn) : drawn;
            case OptionConfiguration.Branch { Parameters.IsEmpty: true } branch:
                return new ConfigurationValue.Text(branch.Name);
            case OptionConfiguration.Branch branch:
                return Named(branch.Name, new ConfigurationValue.Mapping(branch.Parameters
                    .Where(inner => inner.Distribution is not null)
                    .Select(inner => new SettingConfiguration(inner.Name, Of($"{name}.{branch.Name}.{inner.Name}", inner, values)))
                    .ToEquatableArray()));
            default:
                throw new InvalidOperationException();
        }
    }

    private static ConfigurationValue Number(ParameterType type, double value) => type.Kind == ParameterKind.Double
        ? new ConfigurationValue.Number(value)
        : new ConfigurationValue.Integer((long)value);

    private static ConfigurationValue.Mapping Named(string name, ConfigurationValue value) =>
        new(EquatableArray.Of(new SettingConfiguration(name, value)));

    private static EquatableArray<ParameterConfiguration> Read(string yaml)
    {
        var result = ConfigurationReader.Read(yaml, CancellationToken.None);
        Assert.Equal([], result.Diagnostics.Select(diagnostic => diagnostic.Message));
        return Assert.Single(result.Configuration.Steps).Parameters;
    }

    private static Manifest ManifestOf(EquatableArray<ParameterConfiguration> parameters)
    {
        var step = new StepConfiguration("model_evaluate", true, parameters);
        var configuration = new WorkflowConfiguration(EquatableArray.Of(step), default, default, null);
        using var json = JsonDocument.Parse(ManifestWriter.Write("p", configuration, _ => true, [], false, []));
        return Manifest.Read(json.RootElement);
    }
}
