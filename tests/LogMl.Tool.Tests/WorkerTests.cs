using LogMl.Shared;
using LogMl.Tool.Tests.Kit;
using LogMl.Tool.Workers;

namespace LogMl.Tool.Tests;

/// <summary>The verb worker up to the start of the host, which the tests of the package show.</summary>
public sealed class WorkerTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--wrkers 4", "'--wrkers' is no option of logml worker; did you mean '--workers'?")]
    [InlineData("--workers 0", "--workers must be a number from 1 to 1024.")]
    [InlineData("--max-trials 0", "--max-trials must be a number from 1.")]
    [InlineData("--max-time soon", "--max-time is 'soon', but must be a time above 0:")]
    public void A_wrong_option_has_the_exit_code_by_which_a_scheduler_does_not_start_it_again(string options, string message) =>
        Assert.Contains(
            message, _folder.Run(["worker", .. options.Split(' ')]).Fails(ToolErrors.Usage, WorkerExitCodes.Usage),
            StringComparison.Ordinal);

    [Fact]
    public void A_tool_that_is_in_no_bundle_says_how_to_get_one()
    {
        _folder.Set("LOGML_STORAGE", "sqlite:////tmp/x.db");

        Assert.EndsWith(
            "This tool is not in a bundle. Start ./search of one, or name it: --bundle and its folder. dotnet build -t:HyperOptPack writes one.",
            _folder.Run("worker").Fails(ToolErrors.Bundle, WorkerExitCodes.Usage), StringComparison.Ordinal);
        Assert.Contains(
            "'nothing' is no bundle", _folder.Run("worker", "--bundle", "nothing").Fails(ToolErrors.Bundle, WorkerExitCodes.Usage)
                .Replace(_folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"format\": 1, \"version\": \"0.0.9\", \"request\": { \"study\": \"x\" } }", "is of version 0.0.9 of LogMl.Sdk")]
    [InlineData("{ \"format\": 1", "cannot be read")]
    public void A_bundle_of_another_version_or_with_a_broken_manifest_is_refused(string manifest, string message)
    {
        File.WriteAllText(_folder.At("bundle.json"), manifest);

        Assert.Contains(
            message, _folder.Run("worker", "--bundle", ".").Fails(ToolErrors.Bundle, WorkerExitCodes.Usage), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_storage_a_worker_would_search_alone_and_is_refused()
    {
        var version = typeof(Bundle).Assembly.GetName().Version!.ToString(3);
        File.WriteAllText(_folder.At("bundle.json"), $$"""{ "format": 1, "version": "{{version}}", "request": { "study": "x" } }""");

        Assert.Contains(
            "Nothing says where the study is stored.",
            _folder.Run("worker", "--bundle", ".").Fails(ToolErrors.Location, WorkerExitCodes.Usage), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null, null, "")]
    [InlineData("SLURM_JOB_ID=4714 SLURM_ARRAY_JOB_ID=4711 SLURM_ARRAY_TASK_ID=3 SLURMD_NODENAME=n17 SLURM_JOB_GPUS=2,3", "n17", "slurm 4711_3", "2 3")]
    [InlineData("SLURM_JOB_ID=9 SLURM_RESTART_COUNT=2 SLURMD_NODENAME=n1", "n1", "slurm 9, restart 2", "")]
    [InlineData("SLURM_JOB_ID=9 SLURM_RESTART_COUNT=0 SLURM_NTASKS=4 SLURM_PROCID=1 CUDA_VISIBLE_DEVICES=0 SLURM_JOB_GPUS=7", null, "slurm 9.1", "0")]
    [InlineData("JOB_COMPLETION_INDEX=0 NODE_NAME=gke-1", "gke-1", "kubernetes 0", "")]
    public void Names_and_devices_are_those_of_the_scheduler(string variables, string? node, string? slot, string devices)
    {
        var environment = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(variable => variable.Split('='))
            .ToDictionary(variable => variable[0], variable => variable[1]);

        var place = SchedulerPlace.Of(environment.GetValueOrDefault);

        Assert.Equal((node, slot, devices), (place.Node, place.Slot, string.Join(' ', place.Devices)));
    }
}
