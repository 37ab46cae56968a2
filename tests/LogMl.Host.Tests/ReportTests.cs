using System.Text.Json;
using LogMl.Host.Tests.Kit;
using LogMl.Report.Tests.Kit;

namespace LogMl.Host.Tests;

/// <summary>The report that a search leaves.</summary>
public sealed class ReportTests
{
    [Fact]
    public void A_search_leaves_a_report_of_its_trials_and_of_what_ended_it()
    {
        using var folder = new SearchFolder { HasReport = true };
        using var host = folder.Run(0, "print=read 10 files,3:throw", ["--max-evals", "8"]);

        var data = Data(folder);
        var study = data.GetProperty("study");
        Assert.Equal("The 8 trials of max_evals were run.", study.GetProperty("end").GetString());
        Assert.False(study.GetProperty("isRunning").GetBoolean());
        Assert.Equal("cccfcccc", data.GetProperty("trials").GetProperty("state").GetString());
        Assert.Equal(1, data.GetProperty("importances").GetArrayLength());
        Assert.Contains("read 10 files", TextOf(data, "log", 3), StringComparison.Ordinal);
        Assert.Contains("The data are broken.", TextOf(data, "reason", 3), StringComparison.Ordinal);

        // The section that the page shows is that of best.yaml.
        var declared = study.GetProperty("declared").EnumerateArray().Select(value => value.GetProperty("key").GetString());
        Assert.All(declared, key => Assert.Contains($"    {key}: ", File.ReadAllText(folder.BestYaml), StringComparison.Ordinal));
        Assert.NotEmpty(declared);

        Assert.Contains(host.Events("output"), fields => fields[0] == folder.Report);
        Assert.Contains(host.Events("summary"), fields => fields[0].Contains(
            "best.yaml, report.html, summary.md, result.json, trials.csv", StringComparison.Ordinal));
        Assert.Empty(host.Events("warning"));
    }

    [Fact]
    public void A_search_that_was_cancelled_or_has_failed_leaves_a_report_too()
    {
        using var folder = new SearchFolder { HasReport = true };
        using (var failed = folder.Run(1, "throw", ["--max-evals", "3", "--max-failures", "2"]))
        {
            Assert.Contains("failed, so that the search has ended (max_failures is 2)", End(folder), StringComparison.Ordinal);
        }

        using var host = folder.Start("pid,4:hang", ["--max-evals", "9"]);
        ProcessList.WaitForPid(folder.Trial(4, "worker.pid"));

        // While it runs, nothing has ended it.
        using (folder.Run(0, "", verb: "report"))
        {
            Assert.Null(End(folder));
            Assert.True(Data(folder).GetProperty("study").GetProperty("isRunning").GetBoolean());
        }

        host.Signal("INT");
        Assert.Equal(130, host.WaitForExit());
        Assert.Equal("It was cancelled.", End(folder));
        Assert.EndsWith("ccw", Data(folder).GetProperty("trials").GetProperty("state").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, ResultJsonTests.Read(folder).GetProperty("trials").GetProperty("waiting").GetInt32());
        Assert.Contains(host.Events("summary"), fields => fields[0] == "     1 trial waits to be run, by the next call");

        // What an earlier search has left is not passed off as today's.
        using var without = folder.Run(0, "", ["--max-evals", "9", "--no-report"]);
        Assert.Contains(
            without.Events("summary"), fields => fields[0].StartsWith("     report.html is older, of ", StringComparison.Ordinal));
        Assert.Equal(
            JsonValueKind.Null, ResultJsonTests.Read(folder).GetProperty("files").GetProperty("report").ValueKind);
    }

    [Fact]
    public void Other_studies_stand_beside_that_of_the_report_by_name_or_path_and_one_that_cannot_is_told()
    {
        using var folder = new SearchFolder { HasReport = true };
        folder.Run(0, "", ["--max-evals", "3", "--study", "first", "--no-report"]).Dispose();
        folder.Run(0, "", ["--max-evals", "4", "--study", "second", "--no-report"]).Dispose();
        var path = Path.GetRelativePath(folder.Root, Path.Combine(folder.Output, "second", "study.db"));
        using (var host = folder.Run(0, "", ["--max-evals", "5", "--compare", $"first; {path} ;frist"]))
        {
            Assert.Equal(["study", "first", "second"], Names());
            var warning = Assert.Single(host.Events("warning"));
            Assert.Equal("LOGML2096", warning[0]);
            Assert.Contains("'frist': there is no such study", warning[^1], StringComparison.Ordinal);
            Assert.Contains("did you mean 'first'?", warning[^1], StringComparison.Ordinal);
        }

        using (folder.Run(0, "", ["--compare", Path.GetDirectoryName(path)!], verb: "report"))
        {
            Assert.Equal(["study", "second"], Names());
        }

        var before = File.ReadAllText(folder.Report);
        var other = ResultJsonTests.Manifest("""{ "objectives": { "loss": "maximize" } }""");
        folder.Run(0, "", ["--max-evals", "2", "--study", "upwards", "--no-report"], [other]).Dispose();
        using var refused = folder.Run(1, "", ["--compare", "upwards;study;nowhere/study.db"], verb: "report");
        var error = Assert.Single(refused.Events("error"));
        Assert.Equal("LOGML2096", error[0]);
        Assert.Contains("'upwards': it has other objectives", error[^1], StringComparison.Ordinal);
        Assert.Contains("'study': it is the study itself", error[^1], StringComparison.Ordinal);
        Assert.Contains("'nowhere/study.db': there is no file", error[^1], StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(folder.Report));

        IEnumerable<string?> Names() =>
            from row in Data(folder).GetProperty("comparison").GetProperty("studies").EnumerateArray()
            select row.GetProperty("name").GetString();
    }

    [Fact]
    public void A_report_that_cannot_be_written_costs_nothing_but_itself()
    {
        using var folder = new SearchFolder { HasReport = true };
        folder.Run(0, "", ["--max-evals", "2", "--no-report"]).Dispose();
        Directory.CreateDirectory(folder.Report);
        using (var host = folder.Run(0, "", ["--max-evals", "3"]))
        {
            var warning = Assert.Single(host.Events("warning"));
            Assert.Equal("LOGML2064", warning[0]);
            Assert.Contains("is a folder", warning[^1], StringComparison.Ordinal);
            Assert.DoesNotContain(host.Events("summary"), fields => fields[0].Contains("report.html", StringComparison.Ordinal));
            Assert.True(File.Exists(folder.BestYaml));
        }

        using var asked = folder.Run(1, "", verb: "report");
        Assert.Equal("LOGML2064", Assert.Single(asked.Events("error"))[0]);
    }

    [Fact]
    public void A_search_without_a_report_leaves_none_and_one_can_be_made_of_it_later()
    {
        using var folder = new SearchFolder();
        folder.Run(0, "", ["--max-evals", "3"]).Dispose();
        Assert.False(File.Exists(folder.Report));

        using (var host = folder.Run(0, "", verb: "report"))
        {
            Assert.Equal("study -> HyperOptResults/study/report.html", Assert.Single(host.Events("summary"))[0]);
        }

        Assert.Equal("ccc", Data(folder).GetProperty("trials").GetProperty("state").GetString());
    }

    [Fact]
    public void Where_there_is_no_study_there_is_nothing_to_report_and_nothing_is_created()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(1, "", verb: "report");

        var error = Assert.Single(host.Events("error"));
        Assert.Equal("LOGML2070", error[0]);
        Assert.Contains("There is no study 'study' to report", error[^1], StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Output));
    }

    private static JsonElement Data(SearchFolder folder) => PageData.Of(File.ReadAllText(folder.Report));

    private static string? End(SearchFolder folder) => Data(folder).GetProperty("study").GetProperty("end").GetString();

    private static string TextOf(JsonElement data, string column, int trial) =>
        data.GetProperty("texts")[data.GetProperty("trials").GetProperty(column)[trial].GetInt32()].GetString()!;
}
