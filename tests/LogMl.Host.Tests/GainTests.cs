using System.Text.Json;
using LogMl.Host.Tests.Kit;
using static System.StringComparison;

namespace LogMl.Host.Tests;

/// <summary>What a search says of its gain over the defaults, and how much of it is left on other data.</summary>
public sealed class GainTests
{
    private const string Folds = """
        , "cross_validation": { "method": "KFold", "n_splits": 4, "shuffle": false } }
        """;

    [Fact]
    public void A_search_with_a_test_part_says_how_much_of_the_gain_over_the_defaults_is_left_there()
    {
        using var folder = new SearchFolder();
        var manifest = ResultJsonTests.Manifest("{}", finalRun: true);
        using (var host = folder.Run(0, "", ["--max-evals", "12"], [manifest]))
        {
            // The defaults have the loss (0.5 - 1)^2; the test part costs half more, whatever the parameters.
            var gain = Gain(folder);
            Assert.Equal(0.25, gain.GetProperty("defaults").GetProperty("validation").GetDouble(), 12);
            Assert.Equal(0.75, gain.GetProperty("defaults").GetProperty("test").GetDouble(), 12);
            var best = gain.GetProperty("best").GetProperty("validation").GetDouble();
            Assert.Equal(0.25 - best, gain.GetProperty("validation").GetDouble(), 12);
            Assert.Equal(1, gain.GetProperty("left").GetDouble(), 9);
            Assert.Equal(JsonValueKind.Null, gain.GetProperty("within_noise").ValueKind);
            Assert.Contains(Lines(host, "summary"), line => line.StartsWith("     gain over the defaults: ", Ordinal)
                && line.EndsWith(" on test: 100 % is left", Ordinal));
            Assert.Contains("\n- Gain over the defaults\\: ", Markdown(folder), Ordinal);
            Assert.Equal(1, Runs(host));
            Assert.True(File.Exists(Path.Combine(folder.Output, folder.Study, "defaults", "parameters.yaml")));
        }

        // The defaults are not run again while they and the inputs are the same, even when another trial is the best.
        using (var more = folder.Run(0, "17:loss=-1", ["--max-evals", "20"], [manifest]))
        {
            Assert.Equal(0, Runs(more));
            Assert.Equal(1.25, Gain(folder).GetProperty("validation").GetDouble(), 12);
        }

        using (var changed = folder.Run(0, "", ["--max-evals", "20"], [manifest.Replace("\"x\": 0.5", "\"x\": 2", Ordinal)]))
        {
            Assert.Equal(1, Runs(changed));
        }

        using var without = folder.Run(0, "", ["--max-evals", "20", "--compare-defaults", "false"], [manifest]);
        Assert.Equal(0, Runs(without));
        Assert.Contains("has not been compared with the defaults", Unknown(folder), Ordinal);
    }

    [Fact]
    public void With_cross_validation_the_gain_has_an_error_that_is_paired_by_fold()
    {
        using var noisy = new SearchFolder();
        using (var host = noisy.Run(0, "0:folds=2;4;2;4,1:folds=1;3;4;3,-1:folds=3;2;4;3", ["--max-evals", "2"], [Manifest()]))
        {
            var gain = Gain(noisy);
            Assert.Equal([3, 2.75], [Value(gain, "defaults"), Value(gain, "best")]);
            Assert.Equal(JsonValueKind.Null, gain.GetProperty("test").ValueKind);

            // The differences are 2, -1, 0 and 0, with the variance 19 / 12.
            Assert.Equal(Math.Sqrt(19.0 / 12 * (1.0 / 4 + 1.0 / 3)), gain.GetProperty("standard_error").GetDouble(), 12);
            Assert.True(gain.GetProperty("within_noise").GetBoolean());
            Assert.Matches(
                @"^     gain over the defaults: 0\.25 ± [0-9.]+ over 4 folds, which may be chance$",
                Assert.Single(Lines(host, "summary"), line => line.Contains("gain over", Ordinal)));
        }

        using var clear = new SearchFolder();
        using (clear.Run(0, "0:folds=1;3;1;2,-1:folds=2;4;2;3.1", ["--max-evals", "1"], [Manifest()]))
        {
            Assert.False(Gain(clear).GetProperty("within_noise").GetBoolean());
        }
    }

    [Fact]
    public void Where_nothing_is_known_the_reason_is_said_and_a_failure_costs_only_the_comparison()
    {
        using var neither = new SearchFolder();
        using (var host = neither.Run(0, "", ["--max-evals", "2"]))
        {
            Assert.Contains("there is neither a test part nor a cross-validation", Unknown(neither), Ordinal);
            Assert.DoesNotContain(Lines(host, "summary"), line => line.Contains("gain", Ordinal));
            Assert.Contains("neither a test part nor", Markdown(neither), Ordinal);
            Assert.Equal(0, Runs(host));
        }

        using var failing = new SearchFolder();
        using var failed = failing.Run(0, "0:folds=2;4;2;4,-1:throw", ["--max-evals", "1"], [Manifest()]);
        Assert.Equal("LOGML2095", Assert.Single(failed.Events("warning"))[0]);
        Assert.Contains("has not been compared with the defaults", Unknown(failing), Ordinal);
        Assert.True(File.Exists(Path.Combine(failing.Output, failing.Study, "defaults", "error.txt")));

        // A loss that is no number is a failure too.
        using var undefined = new SearchFolder();
        using var nan = undefined.Run(0, "0:folds=2;4;2;4,-1:folds=2;nan;2;4", ["--max-evals", "1"], [Manifest()]);
        Assert.Equal("LOGML2095", Assert.Single(nan.Events("warning"))[0]);
        Assert.Contains("has not been compared with the defaults", Unknown(undefined), Ordinal);
        Assert.True(File.Exists(Path.Combine(undefined.Output, undefined.Study, "defaults", "error.txt")));
    }

    private static string Manifest()
    {
        var manifest = ResultJsonTests.Manifest("{}");
        return manifest[..manifest.LastIndexOf('}')] + Folds;
    }

    private static JsonElement GainOf(SearchFolder folder) => ResultJsonTests.Read(folder).GetProperty("gain");

    private static JsonElement Gain(SearchFolder folder)
    {
        Assert.Equal(JsonValueKind.Null, GainOf(folder).GetProperty("unknown").ValueKind);
        return Assert.Single(GainOf(folder).GetProperty("objectives").EnumerateArray());
    }

    private static string Unknown(SearchFolder folder)
    {
        Assert.Empty(GainOf(folder).GetProperty("objectives").EnumerateArray());
        return GainOf(folder).GetProperty("unknown").GetString()!;
    }

    private static double Value(JsonElement gain, string whose) => gain.GetProperty(whose).GetProperty("validation").GetDouble();

    private static string Markdown(SearchFolder folder) => File.ReadAllText(Path.Combine(folder.Output, folder.Study, "summary.md"));

    private static string[] Lines(HostProcess host, string kind) => [.. host.Events(kind).Select(fields => fields[^1])];

    private static int Runs(HostProcess host) => Lines(host, "message").Count(line => line.Contains("runs the defaults once", Ordinal));
}
