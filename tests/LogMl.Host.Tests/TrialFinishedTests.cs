using System.Globalization;
using LogMl.Host.Tests.Kit;
using LogMl.TestKit;

namespace LogMl.Host.Tests;

/// <summary>The step trial_finished, with the real host and real workers.</summary>
public sealed class TrialFinishedTests
{
    [Fact]
    public void It_runs_once_for_each_trial_in_the_order_of_the_ends_whatever_becomes_of_the_workers()
    {
        using var folder = new SearchFolder();
        var (log, disposed) = (Path.Combine(folder.Root, "log.txt"), Path.Combine(folder.Root, "disposed.txt"));
        const string Script = "attribute=size=7,2:throw,3:give_up,4:exit,5:kill,7:sleep=300";
        using var host = Run(folder, 0, Script, $"log={log},print,dispose={disposed}", ["--max-evals", "12", "--workers", "3"]);
        Assert.DoesNotContain(host.Events("warning"), warning => warning[0] == "LOGML2060");

        // The rows are in the order of the ends. The trial of the killed worker is not over, but its repetition is.
        var rows = Rfc4180.Read(File.ReadAllText(folder.Csv));
        var columns = rows[0].ToList();
        var ended = rows.Skip(1).Where(row => row[columns.IndexOf("state")] != "repeated").ToList();
        var told = File.ReadAllLines(log).Select(line => line.Split('|')).ToList();
        Assert.Equal(12, ended.Count);
        Assert.Equal(ended.Count, told.Count);
        var best = double.PositiveInfinity;
        var bestNumber = "";
        foreach (var (row, line, i) in ended.Zip(told, Enumerable.Range(1, ended.Count)))
        {
            string Cell(string name) => row[columns.IndexOf(name)];
            var loss = Cell("loss");
            var isBest = loss.Length > 0 && Number(loss) < best;
            (best, bestNumber) = isBest ? (Number(loss), Cell("number")) : (best, bestNumber);
            var score = loss.Length == 0 ? "" : "loss=" + loss;
            Assert.Equal(
                [
                    i.ToString(CultureInfo.InvariantCulture),
                    Cell("number"),
                    Cell("state"),
                    loss,
                    score,
                    loss.Length == 0 ? "" : "loss rows first",
                    loss.Length == 0 ? "" : "feasible",
                    isBest ? "best" : "",
                    $"{bestNumber} of {i} of 12",
                    bestNumber.Length == 0 ? "" : FormattableString.Invariant($"loss={best:R}"),
                    Cell("model_train.kind"),
                    Cell("model_train.x"),
                    Cell("model_train.x"),
                    "size=7",
                    Cell("message").Length == 0 ? "" : Cell("step") + ": " + Cell("message"),
                    "long",
                    "trials/" + Cell("number"),
                    "study",
                ],
                [.. line.Select((text, place) => place == 2 ? text.ToLowerInvariant() : text)]);
            Assert.Equal($"trial {Cell("number")} has ended\n", folder.ReadTrial((int)Number(Cell("number")), "trial_finished.stdout.log"));
        }

        Assert.Equal("12\n", File.ReadAllText(disposed));

        // A call that goes on tells of its own trials only.
        File.Delete(log);
        using var again = Run(folder, 0, "", $"log={log}", ["--max-evals", "14"]);
        Assert.Equal(2, File.ReadAllLines(log).Length);
        using var nothing = Run(folder, 0, "", $"log={log}", ["--max-evals", "14"]);
        Assert.Equal(2, File.ReadAllLines(log).Length);
    }

    [Fact]
    public void A_search_that_it_stops_says_why_and_the_next_call_goes_on_as_if_nothing_had_been()
    {
        string[] options = ["--max-evals", "8", "--algorithm", "tpe", "--deterministic", "true"];
        using var whole = new SearchFolder();
        whole.Run(0, "", options).Dispose();

        using var folder = new SearchFolder();
        using var host = Run(folder, 0, "2:throw", "3:stop=it is good\r\nenough\n", options);
        Assert.Equal(4, folder.Rows().Length);
        Assert.Contains(
            host.Events("summary"),
            line => line[0].Contains("4 trials in", StringComparison.Ordinal)
                && line[0].Contains(", then it was stopped by trial_finished: it is good\\nenough", StringComparison.Ordinal));
        Assert.Empty(host.Events("error"));

        using var other = new SearchFolder();
        Run(other, 0, "", "3:stop=it is good enough", options).Dispose();
        Run(other, 0, "", "print", options).Dispose();
        Assert.Equal(Points(whole), Points(other));

        // Trials that run when it stops are finished.
        using var many = new SearchFolder();
        var mark = Path.Combine(many.Root, "go");
        using var slow = Run(
            many, 0, $"0:wait_for={many.Trial(1, "worker.pid")},1:pid,1:wait_for={mark}", $"0:stop=now,0:log={mark}",
            ["--max-evals", "8", "--workers", "2"]);
        Assert.Equal("complete complete", string.Join(' ', many.Rows().Select(row => row["state"])));
    }

    [Fact]
    public void A_step_that_fails_or_ends_its_process_is_one_warning_with_each_reason_on_disk_and_the_search_goes_on()
    {
        using var folder = new SearchFolder();
        var log = Path.Combine(folder.Root, "log.txt");
        using var host = Run(folder, 0, "", $"1:throw,3:exit,5:throw,log={log}", ["--max-evals", "7"]);
        var warning = Assert.Single(host.Events("warning"));
        Assert.Equal("LOGML2060", warning[0]);
        Assert.EndsWith("Listener.cs", warning[1], StringComparison.Ordinal);
        var trials = Path.GetDirectoryName(Path.GetDirectoryName(folder.Trial(1, "error.txt")))!;
        const string Thrown = "System.InvalidOperationException: The server does not answer.";
        Assert.StartsWith(
            $"trial_finished ('Listener.Ended') failed for trial 1, and the search goes on: {Thrown} (see ", warning[^1],
            StringComparison.Ordinal);
        Assert.EndsWith(Path.Combine("1", "trial_finished.error.txt") + ")", warning[^1], StringComparison.Ordinal);

        // The summary has the reasons, and the folder of each trial the whole error.
        string[] lines =
            [.. host.Events("summary").Select(line => line[0]).Where(line => line.Contains("failed", StringComparison.Ordinal))];
        Assert.Equal(2, lines.Length);
        Assert.StartsWith($"     trial_finished failed for 2 trials: {Thrown} (first: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("     trial_finished failed for 1 trial: Its process ended: ", lines[1], StringComparison.Ordinal);
        foreach (var number in (int[])[1, 5])
        {
            var error = folder.ReadTrial(number, "trial_finished.error.txt");
            Assert.StartsWith($"{Thrown}\n\n{Thrown}\n   at ", error, StringComparison.Ordinal);
            Assert.Contains("Listener.cs:line ", error, StringComparison.Ordinal);
        }

        Assert.StartsWith("Its process ended: ", folder.ReadTrial(3, "trial_finished.error.txt"), StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetFiles(trials, "trial_finished.error.txt", SearchOption.AllDirectories).Length);
        Assert.Equal(7, folder.Rows().Count(row => row["state"] == "complete"));

        // A new process begins to count anew.
        Assert.Equal(["1|0", "3|2", "1|4", "3|6"], File.ReadAllLines(log).Select(line => string.Join('|', line.Split('|')[..2])));

        // A single failure is counted too.
        using var one = new SearchFolder();
        using var once = Run(one, 0, "", "1:throw", ["--max-evals", "2"]);
        Assert.Contains(
            once.Events("summary"),
            line => line[0].StartsWith($"     trial_finished failed for 1 trial: {Thrown} (", StringComparison.Ordinal));

        using var late = new SearchFolder();
        using var full = Run(late, 0, "", "dispose_throw", ["--max-evals", "2"]);
        var stack = Path.Combine(late.Output, "study", "trial_finished.error.txt");
        Assert.EndsWith(
            "failed at the end of the search, and its trials stay as they are: System.IO.IOException: The log is full. "
            + $"(see {Path.Combine("HyperOptResults", "study", "trial_finished.error.txt")})",
            Assert.Single(full.Events("warning"))[^1], StringComparison.Ordinal);
        Assert.StartsWith(
            "System.IO.IOException: The log is full.\n\nSystem.IO.IOException: The log is full.\n   at ",
            File.ReadAllText(stack), StringComparison.Ordinal);
        Run(late, 0, "", "print", ["--max-evals", "3"]).Dispose();
        Assert.False(File.Exists(stack));
    }

    [Fact]
    public void With_several_objectives_a_trial_knows_whether_it_joined_the_front_also_when_another_one_is_the_best()
    {
        using var folder = new SearchFolder();
        var log = Path.Combine(folder.Root, "front.txt");
        var manifest = SearchTests.Manifest("true", "false", "\"objectives\":{\"x\":\"maximize\",\"loss\":\"minimize\"}");
        folder.Run(
            0, "score=x=x,3:throw", ["--max-evals", "30", "--random-seed", "3"],
            [TestWorkflow.ManifestVariable + "=" + manifest, $"{TestWorkflow.ListenerVariable}=front={log}"]).Dispose();
        var told = File.ReadAllLines(log).Select(line => line.Split('|')).ToList();
        Assert.Equal(30, told.Count);

        // What joins the front is what no earlier trial dominates.
        var rows = folder.Rows().ToDictionary(row => row["number"], StringComparer.Ordinal);
        var earlier = new List<(double X, double Loss)>();
        foreach (var line in told)
        {
            var row = rows[line[0]];
            var isComplete = row["state"] == "complete";
            var (x, loss) = isComplete ? (Number(row["metrics.x"]), Number(row["loss"])) : default;
            var joins = isComplete
                && !earlier.Exists(one => one.X >= x && one.Loss <= loss && (one.X > x || one.Loss < loss));
            Assert.Equal(joins.ToString(), line[1]);
            Assert.Equal((line[0] == line[3]).ToString(), line[2]);
            if (isComplete)
            {
                earlier.Add((x, loss));
            }
        }

        Assert.Contains(told, line => line[1] == "True" && line[2] == "False");
        Assert.Contains(told, line => line[1] == "False");
    }

    [Theory]
    [InlineData("hang", null)]
    [InlineData("freeze", "trial_finished did not run for 1 trial that ended when the search was stopped")]
    public void A_search_that_is_cancelled_while_it_runs_ends_and_keeps_its_trials(string action, string? expected)
    {
        using var folder = new SearchFolder();
        var mark = Path.Combine(folder.Root, "hangs");
        using var host = folder.Start("", ["--max-evals", "5"], [$"{TestWorkflow.ListenerVariable}=1:{action}={mark}"]);
        HostProcess.WaitUntil(() => File.Exists(mark), "a step that hangs");
        HostProcess.WaitUntil(() => host.Events("message").Any(message => message[1].Contains(
            "trial_finished has been running for 5 s after trial 1; a worker begins its next trial when it has returned",
            StringComparison.Ordinal)), "a message");
        host.Signal("INT");
        Assert.Equal(130, host.WaitForExit());
        Assert.Equal(2, folder.Rows().Count(row => row["state"] == "complete"));
        Assert.Empty(host.Events("warning"));
        var lines = host.Events("summary").Select(line => line[0].Trim()).ToList();
        Assert.Equal(expected is not null, lines.Contains(expected ?? ""));
        Assert.Contains(lines, line => line.StartsWith("trial_finished took ", StringComparison.Ordinal));
    }

    private static HostProcess Run(SearchFolder folder, int exitCode, string script, string listener, string[] options) =>
        folder.Run(exitCode, script, options, [$"{TestWorkflow.ListenerVariable}={listener}"]);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Points(SearchFolder folder) =>
        folder.Rows().Select(row => $"{row["number"]} {row["model_train.x"]} {row["loss"]}");
}
