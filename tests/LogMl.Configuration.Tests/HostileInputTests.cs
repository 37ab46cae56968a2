using System.Diagnostics;
using System.Globalization;
using System.Text;
using LogMl.Configuration.Model;
using static LogMl.Configuration.Tests.MarkedYaml;

namespace LogMl.Configuration.Tests;

/// <summary>
/// Input that would cost seconds or gigabytes if it were read naively. The time bounds are against hangs only: a busy machine keeps them.
/// </summary>
public class HostileInputTests
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);

    [Fact]
    public void A_file_of_50_megabytes_is_refused_unread() =>
        ExpectQuickly(new string('a', 50_000_000), "LOGML0001", "The file has 50,000,000 characters; a configuration may have at most 1,048,576");

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("[{a: ")]
    public void Ten_thousand_levels_are_too_deep(string level) =>
        ExpectQuickly("functions: \n  " + string.Concat(Enumerable.Repeat(level, 10_000)), "LOGML0006", "The nesting is deeper than 64 levels");

    [Fact]
    public void Ten_thousand_levels_by_indentation_are_too_deep()
    {
        // As deep as fits into a megabyte.
        var yaml = new StringBuilder();
        for (var level = 0; level < 1_400; level++)
        {
            yaml.Append(' ', level).Append("a:\n");
        }

        ExpectQuickly(yaml.ToString(), "LOGML0006", "The nesting is deeper than 64 levels");
    }

    [Fact]
    public void Nesting_by_aliases_is_too_deep()
    {
        var yaml = new StringBuilder("logger:\n  a0: &a0 [x]\n");
        for (var level = 1; level < 70; level++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  a{level}: &a{level} [*a{level - 1}]\n");
        }

        ExpectQuickly(yaml.ToString(), "LOGML0006", "The nesting is deeper than 64 levels");
    }

    [Theory]
    [InlineData(63, "LOGML0016")]
    [InlineData(64, "LOGML0006")]
    public void The_deepest_nesting_is_read_and_one_level_more_is_not(int lists, string id) =>
        Assert.Equal(id, Assert.Single(Read("logger: " + new string('[', lists) + new string(']', lists)).Diagnostics).Id);

    [Fact]
    public void An_alias_bomb_has_too_many_values()
    {
        var yaml = new StringBuilder("functions:\n  model_train:\n    a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (var letter = 'b'; letter < 'j'; letter++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"    {letter}: &{letter} [{string.Join(", ", Enumerable.Repeat("*" + (char)(letter - 1), 9))}]\n");
        }

        ExpectQuickly(yaml.ToString(), "LOGML0007", "The file has more than 100,000 values, aliases expanded");
    }

    [Fact]
    public void A_bomb_of_merge_keys_has_too_many_values()
    {
        var yaml = new StringBuilder("functions:\n  dataset_create: &a0 {x: 1, y: 2}\n  model_train:\n    z:\n");
        for (var level = 1; level < 40; level++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"    - &a{level} {{<<: [*a{level - 1}, *a{level - 1}]}}\n");
        }

        ExpectQuickly(yaml.ToString(), "LOGML0007", "The file has more than 100,000 values, aliases expanded");
    }

    [Fact]
    public void A_megabyte_of_values_has_too_many_values() =>
        ExpectQuickly("logger: [" + string.Concat(Enumerable.Repeat("[],", 300_000)), "LOGML0007", "The file has more than 100,000 values, aliases expanded");

    [Fact]
    public void The_diagnostics_of_a_file_are_bounded()
    {
        var yaml = new StringBuilder("functions:\n");
        for (var i = 0; i < 20_000; i++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  model_trian_{i}: 1\n");
        }

        var clock = Stopwatch.StartNew();
        Assert.Equal(100, Read(yaml.ToString()).Diagnostics.Count);
        Assert.True(clock.Elapsed < Generous);
    }

    [Fact]
    public void Many_parameters_without_default_are_read_quickly()
    {
        var yaml = new StringBuilder("hyper_parameter_optimization:\n  space:\n    model_train:\n");
        for (var i = 0; i < 8_000; i++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"      searched_parameter_{i}: [uniform, 0, 1]\n");
        }

        yaml.Append("functions:\n  model_train:\n");
        for (var i = 0; i < 8_000; i++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"    default_parameter_{i}: 1\n");
        }

        // A hundred are taken for misspellings of defaults; then there are enough diagnostics.
        var clock = Stopwatch.StartNew();
        Assert.Equal(15_900, Read(yaml.ToString()).Configuration.Steps[0].Parameters.Count);
        Assert.True(clock.Elapsed < Generous);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("'")]
    [InlineData("\"")]
    [InlineData("&a ")]
    [InlineData("*a ")]
    [InlineData("!a ")]
    [InlineData("#")]
    [InlineData("\n")]
    [InlineData("a: ")]
    [InlineData("- a\n")]
    [InlineData("---\n")]
    [InlineData("%TAG ! x\n")]
    [InlineData("]")]
    [InlineData(", ")]
    [InlineData("a: |\n b\n")]
    [InlineData("? ")]
    [InlineData("\t")]
    [InlineData("é")]
    public void A_megabyte_of_anything_is_read_in_bounded_time(string piece)
    {
        var clock = Stopwatch.StartNew();
        var result = Read(string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)));

        Assert.InRange(result.Diagnostics.Count, 1, 100);
        Assert.True(clock.Elapsed < Generous, $"{clock.Elapsed}");
    }

    [Theory]
    [InlineData('a', 1_000)]
    [InlineData('\u6F22', 400)]
    public void A_name_that_no_assembly_has_room_for_is_refused(char character, int length)
    {
        var diagnostic = Assert.Single(Read($"functions:\n  model_train: {{ {new string(character, length)}: 1 }}\n").Diagnostics);

        Assert.Equal("LOGML0037", diagnostic.Id);
        Assert.True(diagnostic.Message.Length < 400);
    }

    [Fact]
    public void An_option_that_no_assembly_has_room_for_is_text()
    {
        var parameter =
            Assert.Single(Read(Parameter("relu", $"[choice, [relu, {new string('a', 1_000)}]]")).Configuration.Steps[0].Parameters);

        Assert.Equal(ParameterKind.String, parameter.Type.Kind);
    }

    [Fact]
    public void Reading_can_be_cancelled() =>
        Assert.Throws<OperationCanceledException>(() => ConfigurationReader.Read("model:\n", new CancellationToken(canceled: true)));

    private static void ExpectQuickly(string yaml, string id, string message)
    {
        var clock = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var diagnostic = Assert.Single(Read(yaml).Diagnostics);

        Assert.Equal((id, message), (diagnostic.Id, diagnostic.Message));
        Assert.True(clock.Elapsed < Generous, $"{clock.Elapsed}");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 200_000_000);
    }
}
