namespace LogMl.Tasks.Tests;

/// <summary>What the task does itself. Real submissions are in the end-to-end tests.</summary>
public sealed class SubmitBundleTests
{
    private readonly RecordingBuildEngine _engine = new();

    [Fact]
    public void A_submission_without_a_cluster_is_one_error_and_starts_nothing()
    {
        Assert.False(Task().Execute());

        var error = Assert.Single(_engine.Errors);
        Assert.Equal(("LOGML1050", "/p/App.csproj"), (error.Code, error.File));
    }

    [Fact]
    public void The_options_of_the_tool_are_made_from_the_properties()
    {
        var task = Task(
            ("HyperOptCluster", "slurm"), ("HyperOptWorkers", "4"), ("HyperOptClusterTime", "4:00:00"),
            ("HyperOptClusterOptions", "--mem=4G --comment=\"a b\""));
        task.StorageFile = "/p/a b";

        // There is no such program, so that nothing starts.
        Assert.False(task.Execute());
        Assert.Equal(
            "--workers 4 --time 4:00:00 --storage-file \"/p/a b\" -- --mem=4G --comment=\"a b\"", RequestText.Unpack(task.Arguments));
    }

    private SubmitBundle Task(params (string Name, string Value)[] properties) => new()
    {
        BuildEngine = _engine,
        Properties = PropertyItems.Of(properties),
        DotNetHostPath = "/nonexistent/dotnet",
        HostDirectory = "/nonexistent/host",
        ProjectFile = "/p/App.csproj",
        ProjectDirectory = Path.GetTempPath(),
    };
}
