using System.Globalization;
using LogMl.TestKit;

namespace LogMl.EndToEnd.Tests;

/// <summary>Builds that search at the same time, and a build that is killed.</summary>
public sealed class BuildFaultTests
{
    /// <summary>
    /// Each trial leaves a file with its number and its process id. The first trials wait until two processes have begun one, so that two
    /// searches do run at the same time.
    /// </summary>
    private const string Noting = """
        var folder = System.IO.Directory.CreateDirectory("ran");
        System.IO.File.WriteAllText(System.IO.Path.Combine(folder.FullName, $"{trial.Number}.{Environment.ProcessId}"), "");
        while (folder.GetFiles().Select(file => file.Extension).Distinct().Count() < 2)
        {
            Thread.Sleep(50);
        }

        return (x - 1) * (x - 1);
        """;

    /// <summary>Each trial starts a child process that would run long after it.</summary>
    private const string WithChild = """
        using var child = System.Diagnostics.Process.Start("sleep", "600");
        Thread.Sleep(300);
        child.Kill();
        return (x - 1) * (x - 1);
        """;

    [Fact]
    public async Task Two_builds_search_one_study_together()
    {
        const int Evaluations = 24;
        using var project = await Consumer.ApplicationAsync(Noting);

        // MSBuild does not protect an obj folder from two compilers that write it at the same time. What is already built is not written
        // again.
        (await project.BuildAsync()).Succeeded();
        string[] search = ["--no-restore", "-t:HyperOpt", $"-p:HyperOptMaxEvals={Evaluations}"];
        var results = await Task.WhenAll(project.BuildAsync(search), project.BuildAsync(search));

        Array.ForEach(results, result => result.Succeeded().Shows("best loss"));
        string[][] ran = [.. Directory.GetFiles(project.At("ran")).Select(file => Path.GetFileName(file).Split('.'))];
        Assert.Equal(Enumerable.Range(0, Evaluations), ran.Select(run => int.Parse(run[0], CultureInfo.InvariantCulture)).Order());
        Assert.Equal(2, ran.Select(run => run[1]).Distinct().Count());
        Assert.Equal(Evaluations, Rows(project).Length);
        Assert.All(Rows(project), row => Assert.Equal("complete", row.Split(',')[1]));
        Assert.Equal(Evaluations, Rows(project).Select(row => row.Split(',')[0]).Distinct().Count());
    }

    [LinuxTheory]
    [InlineData("")]
    [InlineData("in the server")]
    public async Task A_build_that_is_killed_leaves_no_process_and_the_next_one_goes_on(string mode)
    {
        using var server = new BuildServer();
        using var project = await Consumer.ApplicationAsync(WithChild);
        (await project.BuildAsync()).Succeeded();
        var mark = Guid.NewGuid().ToString("N");
        var killed = await project.ShellAsync($$"""
            {{(mode == "in the server" ? server.Use : "")}}
            export LOGML_TEST_MARK={{mark}}
            "$DOTNET" build --no-restore -t:HyperOpt -p:HyperOptMaxEvals=500 -p:HyperOptWorkers=2 > build.log 2>&1 &
            build=$!
            tries=0
            until [ -f HyperOptResults/app/trials.csv ] && [ "$(wc -l < HyperOptResults/app/trials.csv)" -gt 5 ]; do
                tries=$((tries + 1)); [ $tries -lt 6000 ] || { cat build.log; exit 1; }
                sleep 0.1
            done
            # Of the search: the server itself stays for the next client.
            marked() {
                for file in $(env -u LOGML_TEST_MARK grep -l "LOGML_TEST_MARK={{mark}}" /proc/[0-9]*/environ 2> /dev/null); do
                    env -u LOGML_TEST_MARK grep -q nodemode: "${file%environ}cmdline" 2> /dev/null || echo "$file"
                done
            }
            before=$(marked | wc -l)
            [ "$before" -ge 4 ] || { echo "only $before processes"; exit 1; }
            kill -9 $build
            tries=0
            while [ -n "$(marked)" ]; do
                tries=$((tries + 1)); [ $tries -lt 1000 ] || { echo "still there: $(marked)"; exit 1; }
                env -u LOGML_TEST_MARK sleep 0.1
            done
            echo "nothing left"
            """);
        killed.Expect(killed.ExitCode == 0, "no process left").Shows("nothing left");

        var before = Rows(project);
        Assert.All(before, row => Assert.Equal("complete", row.Split(',')[1]));
        var wanted = before.Length + 4;
        (await project.BuildAsync("--no-restore", "-t:HyperOpt", $"-p:HyperOptMaxEvals={wanted}")).Succeeded().Shows($"goes on after {before.Length} finished trials");
        Assert.Equal(wanted, Rows(project).Length);
        Assert.Equal(before, Rows(project)[..before.Length]);
        Assert.All(Rows(project), row => Assert.Equal("complete", row.Split(',')[1]));
    }

    private static string[] Rows(TestProject project) => project.Read("HyperOptResults/app/trials.csv").TrimEnd().Split('\n')[1..];
}

/// <summary>A test that reads /proc, so that it runs only on Linux.</summary>
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    /// <inheritdoc />
    public override string? Skip
    {
        get => base.Skip ?? (OperatingSystem.IsLinux() ? null : "processes are looked at as Linux shows them");
        set => base.Skip = value;
    }
}
