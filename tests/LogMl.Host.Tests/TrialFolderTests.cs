using LogMl.Host.Results;
using LogMl.Host.Tests.Kit;
using LogMl.TestKit;

namespace LogMl.Host.Tests;

/// <summary>The folders of trials, and what is in them.</summary>
public sealed class TrialFolderTests
{
    private static readonly string[] Manifest = [TestWorkflow.ManifestVariable + "=" + SearchTests.Manifest("true", "false")];

    [Fact]
    public void A_trial_that_wrote_nothing_has_no_folder()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "1:print=x,2:throw,3:report=1,4:write_file=own.txt,5:ask_folder", ["--max-evals", "8"], Manifest);

        // Of trial 0, because the first one prints that it makes the data.
        Assert.Equal(
            ["0", "1", "2", "3", "4"],
            Directory.GetDirectories(Path.Combine(folder.Output, folder.Study, "trials")).Select(path => Path.GetFileName(path)).Order());
        Assert.Equal(["parameters.yaml", "stderr.log", "stdout.log"], Files(folder, 1));
        Assert.Equal(["error.txt", "parameters.yaml"], Files(folder, 2));
        Assert.Equal(["intermediate.csv", "parameters.yaml"], Files(folder, 3));
        Assert.Equal(["own.txt", "parameters.yaml"], Files(folder, 4));
        Assert.Equal("written by the step\n", folder.ReadTrial(4, "own.txt"));
        Assert.Contains($"x: {folder.Rows()[4]["model_train.x"]}\n", folder.ReadTrial(4, "parameters.yaml"), StringComparison.Ordinal);
        Assert.Equal("", host.Other);
    }

    [Fact]
    public void What_a_step_saves_is_kept_with_the_trial_and_listed()
    {
        using var folder = new SearchFolder();
        folder.Run(0, "1:artifact=a,1:artifact=b,1:artifact=a,2:artifact=a,2:throw", ["--max-evals", "3", "--workers", "1"]).Dispose();
        Assert.Equal(
            ["", """["a","a.txt","b","b.txt"]""", """["a","a.txt"]"""], folder.Rows().Select(row => row["user_attrs_artifacts"]));
        Assert.Equal("kept", folder.ReadTrial(1, Path.Combine("artifacts", "b.txt")));
        Assert.Equal("kept too", folder.ReadTrial(2, Path.Combine("artifacts", "a", "below", "part.txt")));
    }

    [Fact]
    public void When_no_trial_wrote_anything_there_is_no_folder_of_trials_and_nobody_speaks_of_one()
    {
        using var folder = new SearchFolder();
        using var first = folder.Run(0, "", ["--max-evals", "2"], Manifest);
        Directory.Delete(Path.Combine(folder.Output, folder.Study, "trials"), recursive: true);
        using var second = folder.Run(0, "", ["--max-evals", "2"], Manifest);
        Assert.All(second.Events("output"), fields => Assert.True(Path.Exists(fields[0]), fields[0]));
        Assert.DoesNotContain(
            second.Events("summary"), fields => fields[0].Contains("trials" + Path.DirectorySeparatorChar, StringComparison.Ordinal));
        Assert.Contains(
            first.Events("summary"), fields => fields[0].Contains("trials" + Path.DirectorySeparatorChar, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_written_through_links_that_a_trial_has_planted()
    {
        using var folder = new SearchFolder();
        var precious = Path.Combine(folder.Root, "precious", "file.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(precious)!);
        File.WriteAllText(precious, "precious");
        using var host = folder.Run(0, $"1:plant_links={precious},1:report=1,1:throw,print=x,report=2", ["--max-evals", "5"], Manifest);

        Assert.Equal("precious", File.ReadAllText(precious));
        Assert.Equal([precious], Directory.GetFileSystemEntries(Path.GetDirectoryName(precious)!));
        Assert.False(Path.Exists(precious + ".nowhere"));
        Assert.Equal(5, folder.Rows().Length);
        Assert.Contains("The data are broken.", folder.ReadTrial(1, "error.txt"), StringComparison.Ordinal);
        Assert.Equal("step,value\n1,1\n", folder.ReadTrial(1, "intermediate.csv"));
        for (var number = 2; number < 5; number++)
        {
            Assert.Contains($"out of trial {number}:", folder.ReadTrial(number, "stdout.log"), StringComparison.Ordinal);
        }

        string[] written = [
            folder.Csv,
            folder.BestYaml,
            folder.Trial(1, "error.txt"),
            folder.Trial(1, "intermediate.csv"),
            Path.GetDirectoryName(folder.Trial(2, "x"))!,
            Path.GetDirectoryName(folder.Trial(3, "x"))!
        ];
        Assert.All(written, path => Assert.Null(new FileInfo(path).LinkTarget));
    }

    [Fact]
    public void Nothing_is_written_or_removed_through_a_link_in_the_place_of_the_folder_of_all_trials()
    {
        using var folder = new SearchFolder();
        var precious = Path.Combine(folder.Root, "precious");
        var file = Path.Combine(precious, "3", "file.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "precious");
        using var host = folder.Run(0, $"1:move_trials={precious},1:print=x,1:report=1,2:throw,3:print=x", ["--max-evals", "5"], Manifest);

        Assert.Equal(
            [Path.GetDirectoryName(file), file],
            Directory.GetFileSystemEntries(precious, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
        Assert.Equal("precious", File.ReadAllText(file));
        Assert.Equal(5, folder.Rows().Length);
        Assert.Null(new DirectoryInfo(Path.Combine(folder.Output, folder.Study, "trials")).LinkTarget);
        Assert.Equal("step,value\n1,1\n", folder.ReadTrial(1, "intermediate.csv"));
        Assert.Equal(["error.txt", "parameters.yaml"], Files(folder, 2));
        Assert.Equal(["parameters.yaml", "stderr.log", "stdout.log"], Files(folder, 3));
    }

    [Fact]
    public void A_results_folder_that_a_search_makes_is_not_for_version_control_and_another_one_is_left_alone()
    {
        using var folder = new SearchFolder();
        using var first = folder.Run(0, "", ["--max-evals", "1"], Manifest);
        var ignore = Path.Combine(folder.Output, ".gitignore");
        Assert.Equal("*", File.ReadAllLines(ignore)[^1]);
        File.Delete(ignore);
        using var second = folder.Run(0, "", ["--max-evals", "2"], Manifest);
        Assert.False(File.Exists(ignore));
    }

    [Fact]
    public void A_lock_that_is_let_go_at_this_moment_is_had_or_not_had_and_no_error()
    {
        using var folder = new SearchFolder();
        Directory.CreateDirectory(folder.Output);
        var (taken, inside, most) = (0, 0, 0);
        Parallel.For(0, 4, _ =>
        {
            for (var i = 0; i < 1000; i++)
            {
                using var study = StudyFolder.Of(folder.Output, folder.Study);
                if (study.TryBecomeWriter())
                {
                    Interlocked.Increment(ref taken);
                    most = Math.Max(most, Interlocked.Increment(ref inside));
                    Interlocked.Decrement(ref inside);
                }
            }
        });
        Assert.Equal(1, most);
        Assert.InRange(taken, 1, 4000);
    }

    private static string[] Files(SearchFolder folder, int number) =>
        [.. Directory.GetFiles(Path.GetDirectoryName(folder.Trial(number, "x"))!)
            .Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal)];
}
