using System.Globalization;
using System.Text;
using LogMl.Shared;
using LogMl.Storage.Locations;
using LogMl.Tool.Workers;

namespace LogMl.Tool.Kubernetes;

/// <summary>
/// The manifest of an Indexed Job: each index is one worker, and the database decides which trials it runs. It has comments, because it is
/// there to be read and edited.
/// </summary>
/// <param name="options">The checked options.</param>
/// <param name="name">The name of the Job.</param>
/// <param name="study">The name of the study.</param>
internal sealed class JobManifest(JobOptions options, string name, string study)
{
    /// <summary>
    /// The seconds from SIGTERM to SIGKILL. A worker ends its steps after half a second and gives their trials back in the database. The
    /// rest is for a database that is slow to answer.
    /// </summary>
    public const int GraceSeconds = 60;

    /// <summary>How often a pod is started in the place of one that was killed, or that did not reach the database.</summary>
    public const int Attempts = 6;

    private const string Container = "worker";

    private const string Results = "/results";

    private const string GpuResource = "nvidia.com/gpu";

    /// <summary>The text.</summary>
    public string Text => $"""
        # {options.Pods} workers of the study {YamlText.Of(study)}, an index each.
        # Which trials they run is decided by the database, and not by the index.
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: {YamlText.Of(name)}
        {Namespace(options.Namespace)}  labels: {Labels}
        spec:
          completionMode: Indexed
          completions: {options.Pods}
          parallelism: {options.Pods}
          # A pod that was killed is replaced, so often for each index.
          backoffLimitPerIndex: {Attempts}
          podFailurePolicy:
            rules:
              # Eviction, preemption, the drain of a node: not the fault of the worker.
              - action: {RestartRules.Ignore}
                onPodConditions: [{OpenBrace} type: DisruptionTarget, status: "True" {CloseBrace}]
        {Rules()}
          template:
            metadata:
              labels: {Labels}
            spec:
              restartPolicy: Never
              # From SIGTERM to SIGKILL. A worker needs a second or two to give its trials back.
              terminationGracePeriodSeconds: {GraceSeconds}
              automountServiceAccountToken: false
              securityContext:
                runAsNonRoot: true
              containers:
                - name: {Container}
                  image: {YamlQuotes.Double(options.Image)}
                  args: [{string.Join(", ", Arguments().Select(YamlQuotes.Double))}]
                  env:
                    - name: {NamedLocation.Variable}
                      valueFrom:
                        secretKeyRef: {OpenBrace} name: {ConnectionSecret.NameOf(name)}, key: {ConnectionSecret.Key} {CloseBrace}
                    # Trials note the node that they ran on.
                    - name: {SchedulerPlace.NodeName}
                      valueFrom:
                        fieldRef: {OpenBrace} fieldPath: spec.nodeName {CloseBrace}
        {Resources()}          volumeMounts:
                    - name: results
                      mountPath: {Results}
              volumes:
                # Logs and files of trials. They go with the pod.
                - name: results
                  emptyDir: {OpenBrace}{CloseBrace}

        """.ReplaceLineEndings("\n");

    private const string OpenBrace = "{";

    private const string CloseBrace = "}";

    // A name such as 123 would be a number without quotes, and a label is a text.
    private string Labels => $"{{ app.kubernetes.io/name: {YamlText.Of(name)}, app.kubernetes.io/managed-by: logml }}";

    /// <summary>The line of a namespace.</summary>
    public static string Namespace(string? value) => value is null ? "" : $"  namespace: {YamlText.Of(value)}\n";

    private static string Rules()
    {
        var text = new StringBuilder();
        foreach (var rule in RestartRules.All)
        {
            var codes = string.Join(", ", rule.ExitCodes.Select(code => code.ToString(CultureInfo.InvariantCulture)));
            text.Append(CultureInfo.InvariantCulture, $"""

                      # {codes}: {rule.Reason}
                      - action: {rule.Action}
                        onExitCodes: {OpenBrace} containerName: {Container}, operator: In, values: [{codes}] {CloseBrace}
                """);
        }

        return text.ToString().TrimStart('\r', '\n');
    }

    private IEnumerable<string> Arguments()
    {
        yield return "worker";
        yield return "--workers";
        yield return options.Workers.ToString(CultureInfo.InvariantCulture);
        if (options.MaxTime is { } time)
        {
            yield return "--max-time";
            yield return time;
        }

        // The plug-in of NVIDIA shows a container its GPUs as numbers from 0, and sets no CUDA_VISIBLE_DEVICES.
        if (options.Gpus > 0)
        {
            yield return "--devices";
            yield return string.Join(',', Enumerable.Range(0, options.Gpus));
        }

        yield return "--results";
        yield return Results;
    }

    private string Resources()
    {
        var requests = Entries(("cpu", options.Cpu), ("memory", options.Memory));
        var gpus = options.Gpus > 0 ? options.Gpus.ToString(CultureInfo.InvariantCulture) : null;

        // No limit of processors: a worker that could have idle ones would only be slower.
        var limits = Entries(("memory", options.Memory), (GpuResource, gpus));
        return requests + limits == ""
            ? ""
            : "          resources:\n" + Line("requests", requests) + Line("limits", limits);

        static string Line(string key, string entries) => entries == "" ? "" : $"            {key}: {{ {entries} }}\n";
    }

    private static string Entries(params (string Name, string? Value)[] entries) => string.Join(
        ", ", entries.Where(entry => entry.Value is not null).Select(entry => $"{entry.Name}: {YamlQuotes.Double(entry.Value!)}"));
}
