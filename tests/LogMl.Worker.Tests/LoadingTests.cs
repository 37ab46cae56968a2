using System.Reflection;
using System.Reflection.Emit;
using LogMl.TestKit;

namespace LogMl.Worker.Tests;

public sealed class LoadingTests
{
    public static TheoryData<string> Projects => [TestWorkflow.Library.Project, TestWorkflow.App.Project];

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task The_assembly_runs_with_its_own_dependencies_and_its_Main_does_not_run(string project)
    {
        using var worker = WorkerUnderTest.Launch(new TestWorkflow(project), environment: (TestWorkflow.ScriptVariable, "dependency"));
        using var hello = await worker.FirstMessageAsync();
        Assert.Equal("hello", hello.Type());
        Assert.Equal(3, hello.Number("protocol"));
        Assert.Equal(worker.Process.Id, hello.Number("pid"));
        Assert.Equal("Scripted", hello.RootElement.GetProperty("manifest").GetProperty("name").GetString());

        using var completed = await worker.RunAsync(0);
        Assert.Equal("completed", completed.Type());
        Assert.Equal(24, completed.Loss().GetDouble(), 1e-9);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task User_code_finds_the_files_beside_its_own_assembly(string project)
    {
        var workflow = new TestWorkflow(project);
        using var worker =
            WorkerUnderTest.Launch(workflow, folder: "sp ace é@1", environment: (TestWorkflow.ScriptVariable, "print_place"));
        using var hello = await worker.FirstMessageAsync();
        using var completed = await worker.RunAsync(0);
        Assert.Equal("completed", completed.Type());

        var (output, _) = await worker.StopAndCutAsync();
        Assert.Contains($"base={workflow.Folder}{Path.DirectorySeparatorChar}\n", output[1], StringComparison.Ordinal);
        Assert.Contains($"{Path.DirectorySeparatorChar}sp ace é@1\n", output[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_while_loading_is_told_with_its_cause()
    {
        using var worker = WorkerUnderTest.Launch(TestWorkflow.Library, environment: (TestWorkflow.LoadVariable, "throw"));
        using var refused = await worker.FirstMessageAsync();
        Assert.Equal("refused", refused.Type());
        Assert.Contains("The library is not licensed.", refused.Text("message"), StringComparison.Ordinal);
        Assert.Equal(1, await worker.ExitCodeAsync());
    }

    [Fact]
    public async Task An_assembly_with_the_name_of_one_of_the_runtime_is_refused_with_what_to_do()
    {
        using var folder = new TempDirectory("names");
        var path = Path.Combine(folder.Path, "System.dll");
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("System"), typeof(object).Assembly);
        assembly.DefineDynamicModule("System");
        assembly.Save(path);

        using var worker = WorkerUnderTest.LaunchOther(path);
        using var refused = await worker.FirstMessageAsync();
        Assert.Equal("refused", refused.Type());
        Assert.EndsWith(
            $".NET has loaded its own assembly 'System' in place of '{path}', because both have this name. "
            + "Set AssemblyName in the project to another name.",
            refused.Text("message"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assembly_without_a_workflow_is_refused_with_what_to_do()
    {
        using var worker = WorkerUnderTest.Launch(TestWorkflow.Library, environment: (TestWorkflow.LoadVariable, "none"));
        using var refused = await worker.FirstMessageAsync();
        Assert.Equal("refused", refused.Type());
        Assert.Contains(
            "'LogMl.TestWorkflows' has no workflow. Mark its methods with [WorkflowStep",
            refused.Text("message"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_workflows_the_one_that_is_asked_for_runs()
    {
        using var worker = WorkerUnderTest.LaunchNamed("second");
        using var hello = await worker.FirstMessageAsync();
        Assert.Equal("Scripted.second", hello.RootElement.GetProperty("manifest").GetProperty("name").GetString());

        using var completed = await worker.RunAsync(0);
        Assert.Equal("completed", completed.Type());
    }

    [Fact]
    public async Task A_workflow_that_the_assembly_does_not_have_is_refused_with_those_that_it_has()
    {
        using var worker = WorkerUnderTest.LaunchNamed("third");
        using var refused = await worker.FirstMessageAsync();
        Assert.Equal("refused", refused.Type());
        Assert.StartsWith(
            "'LogMl.TestWorkflows' has no workflow 'third', but 'second'. Mark its methods with [WorkflowStep(\"...\")], model_evaluate at least, in",
            refused.Text("message"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_that_is_nowhere_is_named_by_the_trial_that_needs_it()
    {
        using var worker = WorkerUnderTest.Launch(TestWorkflow.Library, probe: false, environment: (TestWorkflow.ScriptVariable, "0:dependency"));
        using var hello = await worker.FirstMessageAsync();
        using var failed = await worker.RunAsync(0);
        Assert.Equal("failed", failed.Type());
        Assert.Equal("System.IO.FileNotFoundException", failed.Text("exception"));
        Assert.Contains("MathNet.Numerics", failed.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_of_the_loading_is_cut_off_before_the_first_trial()
    {
        using var worker = WorkerUnderTest.Launch(
            TestWorkflow.Library, environment: [(TestWorkflow.LoadVariable, "print"), (TestWorkflow.ScriptVariable, "print")]);
        using var hello = await worker.FirstMessageAsync();
        using var completed = await worker.RunAsync(0);
        var (output, _) = await worker.StopAndCutAsync();
        Assert.Equal("printed while loading\n", output[0]);
        Assert.Equal("creating 2 rows\nout of trial 0: é \n", output[1]);
    }

    [Fact]
    public async Task A_worker_that_ends_itself_while_loading_says_nothing()
    {
        using var worker = WorkerUnderTest.Launch(TestWorkflow.Library, environment: (TestWorkflow.LoadVariable, "exit"));
        Assert.Equal(5, await worker.ExitCodeAsync());
    }
}
