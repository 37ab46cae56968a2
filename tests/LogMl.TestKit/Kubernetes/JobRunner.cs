using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace LogMl.TestKit.Kubernetes;

/// <summary>
/// Runs the pods of an Indexed Job as processes of this machine, in the place of controller and nodes: an index each, with the variables
/// that the manifest names, replaced or not by its podFailurePolicy, and ended by SIGTERM. What a container is for a program (its file
/// system, its limits) is not there, and neither is the SIGKILL after the grace period: tests compare the time instead.
/// </summary>
public sealed class JobRunner
{
    private readonly ApiServer _server;
    private readonly Func<IReadOnlyList<string>, ProcessStartInfo> _entry;
    private readonly Lock _lock = new();
    private readonly StringBuilder _log = new();
    private readonly Dictionary<string, Process> _running = [];
    private readonly TaskCompletionSource<string> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Runs the Jobs that the server gets.</summary>
    /// <param name="server">The server.</param>
    /// <param name="entry">The entry point of the image with the arguments of the container.</param>
    public JobRunner(ApiServer server, Func<IReadOnlyList<string>, ProcessStartInfo> entry)
    {
        (_server, _entry) = (server, entry);
        server.JobCreated = job => _ = RunAsync(job);
        server.PodDeleted = Terminate;
    }

    /// <summary>How the Job has ended: Complete or Failed.</summary>
    public Task<string> End => _end.Task;

    /// <summary>What happened to each pod, a line each, and what it has printed.</summary>
    public string Log
    {
        get
        {
            lock (_lock)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>The time from SIGTERM to the end of a pod that was deleted.</summary>
    public Dictionary<string, TimeSpan> TimesToEnd { get; } = [];

    /// <summary>The names of the pods that run.</summary>
    public IReadOnlyList<string> Pods
    {
        get
        {
            lock (_lock)
            {
                return [.. _running.Keys];
            }
        }
    }

    private static void Signal(string signal, Process process)
    {
        using var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private async Task RunAsync(JsonNode job)
    {
        try
        {
            var failed = new CancellationTokenSource();
            var count = (int)job["spec"]!["completions"]!;
            var ends = await Task.WhenAll(Enumerable.Range(0, count).Select(index => RunIndexAsync(job, index, failed)));
            _end.SetResult(Array.TrueForAll(ends, end => end) ? "Complete" : "Failed");
        }
        catch (Exception exception)
        {
            _end.SetException(exception);
        }
    }

    /// <summary>Runs the pods of an index one after the other.</summary>
    private async Task<bool> RunIndexAsync(JsonNode job, int index, CancellationTokenSource failed)
    {
        var attempts = (int?)job["spec"]!["backoffLimitPerIndex"] ?? 0;
        for (var pod = 0; !failed.IsCancellationRequested; pod++)
        {
            var code = await RunPodAsync(job, index, $"{job["metadata"]!["name"]}-{index}-{pod}");
            if (code == 0)
            {
                return true;
            }

            switch (ActionFor(job, code))
            {
                case "Ignore":
                    break;
                case "FailJob":
                    await failed.CancelAsync();
                    Pods.ToList().ForEach(Terminate);
                    return false;
                case "FailIndex":
                case var _ when attempts-- <= 0:
                    return false;
            }
        }

        return false;
    }

    private static string ActionFor(JsonNode job, int code) => (string?)job["spec"]!["podFailurePolicy"]?["rules"]?.AsArray()
        .FirstOrDefault(rule => rule!["onExitCodes"] is { } codes
            && codes["values"]!.AsArray().Any(value => (int)value! == code) == ((string?)codes["operator"] == "In"))?["action"] ?? "Count";

    private async Task<int> RunPodAsync(JsonNode job, int index, string name)
    {
        var container = job["spec"]!["template"]!["spec"]!["containers"]![0]!;
        var start = _entry([.. container["args"]!.AsArray().Select(argument => (string)argument!)]);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["JOB_COMPLETION_INDEX"] = index.ToString(CultureInfo.InvariantCulture);
        foreach (var variable in container["env"]?.AsArray() ?? [])
        {
            start.Environment[(string)variable!["name"]!] = ValueOf(variable, (string)job["metadata"]!["namespace"]!);
        }

        using var process = Process.Start(start)!;
        lock (_lock)
        {
            _running[name] = process;
        }

        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        lock (_lock)
        {
            _running.Remove(name);
            _log.AppendLine(CultureInfo.InvariantCulture, $"{name} ended with {process.ExitCode}\n{string.Concat(texts)}");
        }

        return process.ExitCode;
    }

    private string ValueOf(JsonNode variable, string space)
    {
        if ((string?)variable["valueFrom"]?["fieldRef"]?["fieldPath"] is { } field)
        {
            return field == "spec.nodeName" ? "node-a" : throw new NotSupportedException(field);
        }

        var secret = variable["valueFrom"]!["secretKeyRef"]!;
        var found = _server.Find($"/api/v1/namespaces/{space}/secrets/{secret["name"]}")
            ?? throw new InvalidOperationException($"There is no Secret {secret["name"]}: CreateContainerConfigError.");
        return Encoding.UTF8.GetString(Convert.FromBase64String((string)found["data"]![(string)secret["key"]!]!));
    }

    private void Terminate(string name)
    {
        Process? process;
        lock (_lock)
        {
            process = _running.GetValueOrDefault(name);
        }

        if (process is not null)
        {
            _ = TerminateAsync(name, process);
        }
    }

    private async Task TerminateAsync(string name, Process process)
    {
        var watch = Stopwatch.StartNew();
        Signal("-TERM", process);
        while (Pods.Contains(name))
        {
            await Task.Delay(20);
        }

        lock (_lock)
        {
            TimesToEnd[name] = watch.Elapsed;
        }
    }
}
