using System.Diagnostics;
using System.Globalization;
using LogMl.Host.Tests.Kit;
using LogMl.TestKit;

namespace LogMl.Host.Tests;

/// <summary>Searches that cannot begin: one error event that says why.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("none", "LOGML2002", "has no workflow")]
    [InlineData("throw", "LOGML2002", "The library is not licensed.")]
    [InlineData("exit", "LOGML2002", "The worker process ended while it loaded the built assembly, as it does when a module initializer or a static constructor calls Environment.Exit: exit code 5")]
    [InlineData("exit0", "LOGML2002", "calls Environment.Exit: exit code 0")]
    public void An_assembly_that_does_not_load_is_told(string load, string code, string text)
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(1, "", environment: [TestWorkflow.LoadVariable + "=" + load]);
        AssertError(host, code, text);
        Assert.False(Directory.Exists(folder.Output));
    }

    [Fact]
    public void A_module_initializer_that_throws_is_one_line_at_the_place_that_threw_and_its_stack_is_a_detail()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(1, "", environment: [TestWorkflow.LoadVariable + "=throw"]);
        var error = Assert.Single(host.Events("error"));
        Assert.Equal(
            "The assembly cannot be loaded: System.TypeInitializationException: The type initializer for '<Module>' threw an exception. System.InvalidOperationException: The library is not licensed.",
            error[4]);
        Assert.EndsWith("Module.cs", error[1], StringComparison.Ordinal);
        Assert.NotEqual("0", error[2]);
        Assert.Contains(host.Events("message"), fields => fields[0] == "low" && fields[1].Contains("   at LogMl.TestWorkflows.Module.Initialize()", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void A_search_whose_assembly_hangs_while_it_is_loaded_can_be_stopped(string signal)
    {
        using var folder = new SearchFolder();
        using var host = folder.Start("", [], environment: [TestWorkflow.LoadVariable + "=hang"]);
        HostProcess.WaitUntil(() => LinuxProcess.ChildrenOf(host.Id).Length > 0, "the worker is there");
        host.Signal(signal);
        Assert.True(host.WaitForExit() == 130, host.Text);
        Assert.Empty(host.Events("error"));
        Assert.False(Directory.Exists(folder.Output));
    }

    [Theory]
    [InlineData("hyperopt")]
    [InlineData("run")]
    public void An_assembly_that_hangs_while_it_is_loaded_ends_with_the_time_of_the_search_and_says_so(string verb)
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(1, "", ["--timeout", "2"], [TestWorkflow.LoadVariable + "=hang"], verb);
        AssertError(host, "LOGML2010", "The time was over before the built assembly was loaded (HyperOptTimeout is 2 s), so that no trial began.");
        Assert.False(Directory.Exists(folder.Output));
    }

    [Fact]
    public void A_host_whose_store_does_not_open_ends_with_its_build()
    {
        using var folder = new SearchFolder();
        var pipe = Path.Combine(folder.Root, "storage.txt");
        using (var mkfifo = Process.Start("mkfifo", ["-m", "644", pipe]))
        {
            mkfifo.WaitForExit();
        }

        // Holding both ends of the pipe lets the host open it, but gives it nothing to read.
        using var ends = new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        using var build = Process.Start("sleep", ["1000000"]);
        using var host = folder.Start("", ["--storage-file", pipe, "--parent-process", build.Id.ToString(CultureInfo.InvariantCulture)]);
        HostProcess.WaitUntil(() => host.Events("warning").Length > 0, "the warning that others can read the file, before it is read");
        var worker = LinuxProcess.ChildrenOf(host.Id);
        build.Kill();
        Assert.True(host.WaitForExit() == 130, host.Text);
        ProcessList.AssertGone(worker);
    }

    [Fact]
    public void A_missing_runtime_is_told_in_the_words_of_dotnet()
    {
        using var folder = new SearchFolder();
        var config = Path.Combine(folder.Root, "X.runtimeconfig.json");
        File.WriteAllText(config, """{ "runtimeOptions": { "framework": { "name": "Microsoft.NETCore.App", "version": "99.0.0" } } }""");
        using var host = folder.Run(1, "", ["--runtimeconfig", config]);
        AssertError(host, "LOGML2002", "99.0.0");
    }

    [Fact]
    public void An_optimization_that_is_switched_off_is_told()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(1, "", environment: [TestWorkflow.ManifestVariable + "=" + SearchTests.Manifest("false", "false")]);
        AssertError(host, "LOGML2004", "enable: false");
    }

    [Fact]
    public void A_manifest_of_another_format_is_told()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(1, "", environment: [TestWorkflow.ManifestVariable + "={\"format\":3}"]);
        AssertError(host, "LOGML2003", "format 3");
    }

    [Fact]
    public void A_results_folder_that_cannot_be_made_is_told()
    {
        using var folder = new SearchFolder();
        File.WriteAllText(folder.Output, "a file");
        using var host = folder.Run(1, "");
        AssertError(host, "LOGML2006", folder.Output);
    }

    [Theory]
    [InlineData("trials.csv")]
    [InlineData("best.yaml")]
    public void A_folder_where_a_file_of_the_results_should_be_is_told_and_left(string name)
    {
        using var folder = new SearchFolder();
        using var first = folder.Run(0, "", ["--max-evals", "1"]);
        var path = Path.Combine(folder.Output, folder.Study, name);
        File.Delete(path);
        var inside = Path.Combine(Directory.CreateDirectory(path).FullName, "mine.txt");
        File.WriteAllText(inside, "mine");
        using var host = folder.Run(1, "", ["--max-evals", "20"]);
        AssertError(host, "LOGML2006", $"'{path}' is a folder, and a file of the results has this name. Move the folder away, or set HyperOptOutputPath or HyperOptStudy to another value.");
        Assert.Equal("mine", File.ReadAllText(inside));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(path)!, "*.tmp"));
    }

    [Fact]
    public void A_wrong_verb_is_told()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(1, "", verb: "optimise");
        AssertError(host, "LOGML2001", "hyperopt, run, apply, baseline, clean, report and pack, not");
    }

    [Fact]
    public void The_verb_that_the_tool_has_is_told_in_one_line_and_nothing_is_proposed()
    {
        var (exitCode, output, errors) = BoundedProcess.TryRun(
            new ProcessStartInfo(CommandLine.Dotnet, ["exec", TestWorkflow.Host, "ask-tell", "--space", "space.json"]));
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains("logml ask-tell", Assert.Single(errors.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    private static void AssertError(HostProcess host, string code, string text)
    {
        var error = Assert.Single(host.Events("error"));
        Assert.Equal(code, error[0]);
        Assert.Contains(text, error[4], StringComparison.Ordinal);
    }
}
