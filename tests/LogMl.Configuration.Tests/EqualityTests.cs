using System.Globalization;
using LogMl.Configuration.Model;
using static LogMl.Configuration.Tests.MarkedYaml;

namespace LogMl.Configuration.Tests;

public class EqualityTests
{
    private const string Yaml = """
        functions:
          model_train: { epochs: 20, learning_rate: 0.3, activation: relu, layers: [4, 2] }
        hyper_parameter_optimization:
          space:
            model_train: { learning_rate: ['loguniform', -7, 0], activation: [choice, [relu, tanh]] }
        """;

    [Theory]
    [InlineData("# a comment\n\n", "")]
    [InlineData("", "\n# a comment at the end\n")]
    [InlineData("---\n", "\n...\n")]
    [InlineData("\uFEFF", "")]
    public void Comments_and_positions_do_not_change_the_configuration(string before, string after)
    {
        var original = Read(Yaml);
        var moved = Read(before + Yaml + after);

        Assert.Equal(original.Configuration, moved.Configuration);
        Assert.Equal(original.Configuration.GetHashCode(), moved.Configuration.GetHashCode());
    }

    [Fact]
    public void Layout_does_not_change_the_configuration()
    {
        const string block = """
            hyper_parameter_optimization:
                space:
                    model_train:
                        learning_rate:
                        - loguniform
                        - -7.0     # ln of the lower bound
                        - 0
                        activation: ["choice", ['relu', 'tanh']]
            functions:
                model_train:
                    epochs: 20
                    learning_rate: 0.30
                    activation: "relu"
                    layers:
                    - 4
                    - 2
            """;

        Assert.Equal(Read(Yaml).Configuration, Read(block).Configuration);
    }

    [Theory]
    [InlineData("20", "21")]
    [InlineData("epochs", "rounds")]
    [InlineData("tanh]", "tanh, elu]")]
    [InlineData("-7", "-6")]
    [InlineData("[4, 2]", "[2, 4]")]
    [InlineData("loguniform", "uniform")]
    public void A_changed_value_changes_the_configuration(string old, string changed) =>
        Assert.NotEqual(Read(Yaml).Configuration, Read(Yaml.Replace(old, changed, StringComparison.Ordinal)).Configuration);

    [Fact]
    public void Arrays_are_equal_by_their_elements()
    {
        var empty = default(EquatableArray<double>);

        Assert.Equal(EquatableArray.Of(1.0, double.NaN), EquatableArray.Of(1.0, double.NaN));
        Assert.Equal(EquatableArray.Of(1, 2).GetHashCode(), EquatableArray.Of(1, 2).GetHashCode());
        Assert.True(EquatableArray.Of(1, 2) != EquatableArray.Of(2, 1));
        Assert.True(EquatableArray.Of<double>() == empty);
        Assert.Equal(empty.GetHashCode(), EquatableArray.Of<double>().GetHashCode());
        Assert.Empty(empty);
        Assert.Throws<IndexOutOfRangeException>(() => empty[0]);
    }

    [Fact]
    public void The_result_is_the_same_under_a_german_locale()
    {
        const string yaml = Yaml + "\n    dataset_split: {a: [uniform, 1.5, 0.5]}\n\ndataset: {b: 1.5e3, c: 1,5}\nInfo: 1\n";
        var expected = Read(yaml);
        var culture = CultureInfo.CurrentCulture;
        try
        {
            foreach (var name in new[] { "de-DE", "tr-TR", "ar-SA" })
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
                var result = Read(yaml);
                Assert.Equal(expected, result);
                Assert.Equal(
                    expected.Diagnostics.Select(diagnostic => diagnostic.Message),
                    result.Diagnostics.Select(diagnostic => diagnostic.Message));
                Assert.Contains(result.Diagnostics, diagnostic => diagnostic.Message == "'uniform' needs low < high; found low = 1.5, high = 0.5");
                Assert.Equal("Info", CSharpNames.ToPascalCase("info"));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
