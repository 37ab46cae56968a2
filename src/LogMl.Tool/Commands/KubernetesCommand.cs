using System.CommandLine;
using LogMl.Tool.Kubernetes;
using LogMl.Tool.Verbs;

namespace LogMl.Tool.Commands;

/// <summary>The verbs for Kubernetes.</summary>
internal static class KubernetesCommand
{
    /// <summary>The group with its verbs.</summary>
    public static Command Of(StudySymbols symbols, WorkerSymbols worker, ToolConsole console) =>
        new("kubernetes", "Starts workers in a cluster of Kubernetes.") { Manifest(symbols, worker, console) };

    private static VerbCommand Manifest(StudySymbols symbols, WorkerSymbols worker, ToolConsole console)
    {
        var image = new Option<string>("--image")
        {
            HelpName = "name", Required = true, Description = "The name of the image, with its registry.",
        };
        var pods = new Option<int?>("--pods")
        {
            HelpName = "count", Description = "How many pods run, each of them a worker; 1 when it is not given.",
        };
        var workers = new Option<int?>("--workers", "-w")
        {
            HelpName = "count", Description = "How many trials a pod runs at the same time; 1 when it is not given.",
        };
        var cpu = new Option<string?>("--cpu")
        {
            HelpName = "count", Description = "The processors that a pod asks for, such as 4 or 500m.",
        };
        var memory = new Option<string?>("--memory")
        {
            HelpName = "size", Description = "The memory that a pod asks for, and may not exceed, such as 8Gi.",
        };
        var gpus = new Option<int?>("--gpus") { HelpName = "count", Description = "The GPUs of a pod, which its trials get in turn." };
        var maxTime = new Option<string?>("--max-time")
        {
            HelpName = "time", Description = "Each worker ends after this time, such as 12h, and gives its running trials back.",
        };
        var name = new Option<string?>("--name")
        {
            HelpName = "name", Description = "The name of the Job; made from that of the study when it is not given.",
        };
        var space = new Option<string?>("--namespace")
        {
            HelpName = "name", Description = "The namespace; that of kubectl when it is not given.",
        };
        var output = new Option<string?>("--output", "-o")
        {
            HelpName = "folder", Description = "The folder to write to; <name>.kubernetes when it is not given.",
        };
        var verb = new VerbCommand(
            "manifest", "Writes a Job, a Secret and a Dockerfile that run the workers of a bundle in Kubernetes.",
            "logml kubernetes manifest --bundle xor.bundle --image registry.example/xor:1 --pods 8 --cpu 4 --memory 8Gi");
        foreach (var option in
            (Option[])[image, pods, workers, cpu, memory, gpus, maxTime, name, space, worker.Bundle, symbols.StorageFile, output])
        {
            verb.Add(option);
        }

        verb.SetAction(result => KubernetesManifestVerb.Run(
            new JobOptions(result.GetValue(image)!)
            {
                Name = result.GetValue(name),
                Namespace = result.GetValue(space),
                Pods = result.GetValue(pods) ?? 1,
                Workers = result.GetValue(workers) ?? 1,
                MaxTime = result.GetValue(maxTime),
                Cpu = result.GetValue(cpu),
                Memory = result.GetValue(memory),
                Gpus = result.GetValue(gpus) ?? 0,
            },
            result.GetValue(worker.Bundle), result.GetValue(symbols.StorageFile), result.GetValue(output), console));
        return verb;
    }
}
