using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;

namespace LogMl.Configuration.Tests;

/// <summary>YAML in which <c>[|</c> and <c>|]</c> enclose the places where diagnostics are expected.</summary>
internal sealed class MarkedYaml
{
    private const string Open = "[|";
    private const string Close = "|]";
    private readonly List<(int Start, int End)> _spans = [];

    public MarkedYaml(string marked)
    {
        var text = marked;
        while (text.IndexOf(Open, StringComparison.Ordinal) is >= 0 and var start)
        {
            text = text.Remove(start, Open.Length);
            var end = text.IndexOf(Close, start, StringComparison.Ordinal);
            text = text.Remove(end, Close.Length);
            _spans.Add((start, end));
        }

        Text = text;
    }

    public string Text { get; }

    /// <summary>What is marked.</summary>
    public IReadOnlyList<(int Start, int End)> Spans => _spans;

    /// <summary>The settings of a section that has no other keys than those of Log(ML).</summary>
    public static OptimizationConfiguration Search(bool enable, string algorithm, int maxEvals, long? seed, bool showProgressBar) =>
        new(EquatableArray.Of<SettingConfiguration>(
        new("enable", new ConfigurationValue.Bool(enable)),
        new("algorithm", new ConfigurationValue.Text(algorithm)),
        new("max_evals", new ConfigurationValue.Integer(maxEvals)),
        new("random_seed", seed is { } some ? new ConfigurationValue.Integer(some) : new ConfigurationValue.Null()),
        new("show_progressbar", new ConfigurationValue.Bool(showProgressBar))));

    public static ConfigurationResult Read(string text) => ConfigurationReader.Read(text, CancellationToken.None);

    /// <summary>
    /// Reads the text and requires exactly one diagnostic, at the marked place, with this id and message; of a message that ends in ...,
    /// only the beginning.
    /// </summary>
    public static ConfigurationResult ExpectOne(string marked, string id, string message)
    {
        var yaml = new MarkedYaml(marked);
        var result = Read(yaml.Text);
        var diagnostic = Assert.Single(result.Diagnostics);
        if (message.EndsWith("...", StringComparison.Ordinal))
        {
            Assert.StartsWith(message[..^3], diagnostic.Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(message, diagnostic.Message);
        }

        Assert.Equal(id, diagnostic.Id);
        var (start, end) = Assert.Single(yaml._spans);
        var before = yaml.Text[..start].Split('\n');
        var through = yaml.Text[..end].Split('\n');
        var expected = new SourceSpan(start, end - start, before.Length - 1, before[^1].Length, through.Length - 1, through[^1].Length);
        Assert.Equal(expected, diagnostic.Span);
        return result;
    }

    /// <summary>Reads the text and requires that nothing is wrong with it.</summary>
    public static WorkflowConfiguration ReadClean(string text)
    {
        var result = Read(text);
        Assert.Equal([], result.Diagnostics.Select(diagnostic => diagnostic.Id + " " + diagnostic.Message));
        return result.Configuration;
    }

    /// <summary>A file with one parameter <c>p</c> of model_train.</summary>
    public static string Parameter(string? value, string? distribution) =>
        "functions:\n  model_train:" + (value is null ? "" : " {p: " + value + "}")
        + "\nhyper_parameter_optimization:\n  space:\n    model_train:" + (distribution is null ? "" : " {p: " + distribution + "}") + "\n";

    /// <summary>The only parameter of a file.</summary>
    public static ParameterConfiguration OnlyParameter(WorkflowConfiguration configuration) =>
        Assert.Single(Assert.Single(configuration.Steps).Parameters);

    /// <summary>The distribution that a parameter must have.</summary>
    public static DistributionConfiguration DistributionOf(ParameterConfiguration parameter) =>
        parameter.Distribution ?? throw new Xunit.Sdk.XunitException($"'{parameter.Name}' has no distribution.");
}
