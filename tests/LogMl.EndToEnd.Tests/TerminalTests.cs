using System.Globalization;
using System.Text.RegularExpressions;
using LogMl.TestKit;

namespace LogMl.EndToEnd.Tests;

/// <summary>The live row and Ctrl-C in a real terminal, which <c>script</c> provides.</summary>
public sealed partial class TerminalTests
{
    private const string CtrlC = "\u0003";

    [Fact]
    public async Task The_terminal_logger_shows_live_progress_and_the_summary()
    {
        using var project = await Consumer.ApplicationAsync("Thread.Sleep(60); return x;");
        project.Replace("logml.yaml", "max_evals: 6", "max_evals: 60");

        var result = await project.ShellAsync(InTerminal("\"$DOTNET\" build -t:HyperOpt"));

        var screen = Escapes().Replace(result.Output, "");
        result.Expect(result.ExitCode == 0, "success");
        result.Expect(Regex.IsMatch(screen, @"hyperopt .*[1-5][0-9]/60.* best "), "a row of the search while it runs");
        result.Expect(screen.Contains("best loss", StringComparison.Ordinal), "the summary");
        // The user's project is not shown as a test project.
        result.Expect(!Regex.IsMatch(screen, @"app (net10\.0 )?test"), "an ordinary build of the project");
    }

    [Fact]
    public async Task In_a_terminal_failures_and_trials_that_take_long_are_seen_while_the_search_runs()
    {
        using var project = await Consumer.ApplicationAsync("""
            if (trial.Number == 1) throw new InvalidOperationException("no \u001b[31;5m data\nat all");
            Thread.Sleep(trial.Number is 0 or 3 ? 4000 : 200);
            return x;
            """);

        var result = await project.ShellAsync(InTerminal("\"$DOTNET\" build -t:HyperOpt"));

        var screen = Escapes().Replace(result.Output, "");
        result.Expect(result.ExitCode == 0, "success");
        result.Expect(Regex.IsMatch(screen, @"hyperopt .*0/6 no result yet 1 run 0:0[1-9]"), "a row before the first trial has ended");
        result.Expect(Regex.IsMatch(screen, @"hyperopt .*/6 best [^ ]+ .*1 failed 1 run 0:0[1-9]"), "a row with the failed trial and the one that runs");
        var failure = screen.IndexOf(@"app: trial 1 failed: model_evaluate: System.InvalidOperationException: no \u001b[31;5m data\nat all (see HyperOptResults/app/trials/1/error.txt)", StringComparison.Ordinal);
        result.Expect(failure >= 0 && failure < screen.IndexOf("app: best loss", StringComparison.Ordinal), "the failure, before the search is over");
        result.Expect(!result.Output.Contains("\u001b[31;5m", StringComparison.Ordinal), "no control characters of an exception");
    }

    [Theory]
    [InlineData("")]
    [InlineData("in the server")]
    [InlineData("with threads")]
    public async Task Ctrl_C_ends_the_search_leaves_no_process_behind_and_the_next_call_goes_on(string mode)
    {
        using var server = new BuildServer();
        var (use, option) = (mode == "in the server" ? server.Use : "", mode == "with threads" ? "-mt " : "");
        using var project = await Consumer.ApplicationAsync("Thread.Sleep(100); return x;");

        var typed = Task.Run(async () =>
        {
            await UntilAsync(
                () => File.Exists(project.At("terminal.log")) && Row().IsMatch(Escapes().Replace(project.Read("terminal.log"), "")));
            await File.AppendAllTextAsync(project.At("keyboard"), CtrlC);
        });
        var result = await project.ShellAsync(use + InTerminal($"\"$DOTNET\" build {option}-t:HyperOpt -p:HyperOptMaxEvals=100000 -p:HyperOptWorkers=2"));
        await typed;

        result.Failed().DoesNotShow("MSB6006").Shows("The search was cancelled. Finished trials are kept, and the next call goes on.");
        Assert.Empty(ProcessesOf(project));
        var finished = Numbers(project);
        Assert.InRange(finished.Length, 2, 99_999);

        // The interrupted trials run first, under their numbers.
        var rest = await project.BuildAsync("--no-restore", "-t:HyperOpt", FormattableString.Invariant($"-p:HyperOptMaxEvals={finished.Length + 3}"));
        rest.Succeeded().Shows(FormattableString.Invariant($"app: goes on after {finished.Length} finished trials"));
        Assert.Equal(finished, Numbers(project)[..finished.Length]);
        Assert.Equal(Enumerable.Range(0, finished.Length + 3), Numbers(project).Order());
    }

    /// <summary>The numbers of the finished trials, in the order in which they ended.</summary>
    private static int[] Numbers(TestProject project) =>
        [.. project.Read("HyperOptResults/app/trials.csv")
            .TrimEnd()
            .Split('\n')
            .Skip(1)
            .Select(row => int.Parse(row.Split(',')[0], CultureInfo.InvariantCulture))];

    /// <summary>
    /// Text that is written to the pipe "keyboard" is typed at the terminal. The shell opens the pipe for reading and writing, so that
    /// opening it does not wait, and it never ends.
    /// </summary>
    private static string InTerminal(string command) =>
        $"mkfifo keyboard && exec 3<>keyboard && TERM=xterm-256color script -qfec 'stty cols 120 rows 30; env --default-signal=INT {command}' terminal.log <&3";

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        while (!condition())
        {
            await Task.Delay(100, patience.Token);
        }
    }

    /// <summary>The processes of the search. All have the project's folder in their command line.</summary>
    private static IEnumerable<string> ProcessesOf(TestProject project) =>
        Directory.GetDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), out _))
            .Select(CommandLineOf)
            .Where(line => line.Contains(project.Path, StringComparison.Ordinal));

    private static string CommandLineOf(string processFolder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(processFolder, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return ""; // It has just ended.
        }
    }

    /// <summary>Matches the live row after at least two trials.</summary>
    [GeneratedRegex(@"hyperopt .*\b([2-9]|[1-9][0-9]+)/100000 .*best ")]
    private static partial Regex Row();

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)")]
    private static partial Regex Escapes();
}
