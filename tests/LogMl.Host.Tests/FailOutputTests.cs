using System.Text.Json;
using LogMl.Host.Results;
using LogMl.Host.Tests.Kit;
using LogMl.Shared;
using LogMl.Storage;
using LogMl.TestKit.Postgres;

namespace LogMl.Host.Tests;

/// <summary>The end of what a failed trial has printed is in the store, for those who cannot see its machine.</summary>
public sealed class FailOutputTests
{
    private const string Script =
        "0:print_much=2000,0:print=last,0:throw,1:print=exits,1:exit=3,2:print=killed,2:kill,3:print=good,4:print=bad,4:loss=NaN";

    [Fact]
    public void The_store_has_the_end_of_the_output_of_each_trial_that_fails_however_it_does() => Search(
        null, folder => StudyStorages.Sqlite(Path.Combine(folder.Output, folder.Study, "study.db")));

    [PostgresFact]
    public void PostgreSQL_has_the_end_of_the_output_of_each_trial_that_fails_however_it_does()
    {
        var database = PostgresServer.Shared.CreateDatabase();
        Search("LOGML_STORAGE=" + database.Url, _ => StudyStorages.PostgreSql(database.ConnectionString));
    }

    [Fact]
    public void Each_stream_has_its_last_lines_without_what_a_terminal_or_a_database_would_obey()
    {
        Assert.Null(LogExcerpt.Of(" \n", ""));
        Assert.Equal("out\nerror", LogExcerpt.Of("out\n", "error\n"));
        Assert.Equal(
            "epoch 1\n100 %|##|\n\tred a\ufffdb",
            LogExcerpt.Of("epoch 1\r\n 10 %|# |\r 55 %|# |\r100 %|##|\r\n\t\u001b[31mred\u001b[0m a\0\u0007\ufffdb\n", ""));

        var lines = string.Concat(Enumerable.Range(0, 10_000).Select(i => FormattableString.Invariant($"line {i}\n")));
        var excerpt = LogExcerpt.Of(lines, lines)!;
        Assert.InRange(excerpt.Length, 3_900, 4_001);
        Assert.EndsWith("line 9999", excerpt, StringComparison.Ordinal);
        Assert.StartsWith("line ", excerpt, StringComparison.Ordinal);

        // A pair of surrogates is not split, wherever the cut is.
        foreach (var before in (string[])["", "x"])
        {
            var pairs = LogExcerpt.Of(before + string.Concat(Enumerable.Repeat("\U0001F600", 3_000)) + before, "")!;
            Assert.InRange(pairs.Length, 1_999, 2_000);
            Assert.False(char.IsLowSurrogate(pairs[0]));
            Assert.Equal(pairs, JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(pairs)));
        }
    }

    private static void Search(string? location, Func<SearchFolder, StudyStorage> open)
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(
            0, Script, ["--max-evals", "5", "--max-retries", "0", "--max-failures", "9"], location is null ? [] : [location]);

        var outputs = Outputs(open(folder), folder.Study);
        Assert.EndsWith($"\n{new string('x', 99)}\nout of trial 0: é last\nerror of trial 0", outputs[0], StringComparison.Ordinal);
        Assert.InRange(outputs[0]!.Length, 1_900, 4_001);
        Assert.EndsWith("out of trial 1: é exits\nerror of trial 1", outputs[1], StringComparison.Ordinal);
        Assert.EndsWith("out of trial 2: é killed\nerror of trial 2", outputs[2], StringComparison.Ordinal);
        Assert.Null(outputs[3]);
        Assert.EndsWith("out of trial 4: é bad\nerror of trial 4", outputs[4], StringComparison.Ordinal);
    }

    /// <summary>What is stored of the output of each trial.</summary>
    internal static string?[] Outputs(StudyStorage storage, string study)
    {
        using (storage)
        {
            var notes = storage.ReadTrialAttributes(storage.FindStudy(study)!.Id);
            return
            [
                .. Enumerable.Range(0, notes.Count).Select(number =>
                    notes[number].TryGetValue(TrialNoteNames.FailOutput, out var json) ? JsonSerializer.Deserialize<string>(json) : null),
            ];
        }
    }
}
