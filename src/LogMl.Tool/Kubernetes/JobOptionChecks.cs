using System.Globalization;
using System.Text.RegularExpressions;
using LogMl.Tool.Workers;

namespace LogMl.Tool.Kubernetes;

/// <summary>Checks the values of the options. What they refuse, the API server or a node would refuse later.</summary>
internal static partial class JobOptionChecks
{
    /// <summary>The most pods of an Indexed Job.</summary>
    private const int MostPods = 100_000;

    private const int MostGpus = 64;

    /// <exception cref="ToolException">A value is wrong.</exception>
    public static void Require(JobOptions options)
    {
        Require(
            Image().IsMatch(options.Image), $"--image is '{options.Image}', but must be the name of an image, such as "
            + "registry.example/xor:1.");
        WorkerOptionChecks.RequireNumber("--pods", options.Pods, 1, MostPods);
        WorkerOptionChecks.RequireNumber("--workers", options.Workers, 1, WorkerOptions.MostWorkers);
        WorkerOptionChecks.RequireNumber("--gpus", options.Gpus, 0, MostGpus);
        Require(
            options.Cpu is null || Processors().IsMatch(options.Cpu), $"--cpu is '{options.Cpu}', but must be a number of processors, such "
            + "as 4, 0.5 or 500m.");
        Require(
            options.Memory is null || Memory().IsMatch(options.Memory),
            $"--memory is '{options.Memory}', but must be a number of bytes with its unit, such as 8Gi or 512Mi.");
        WorkerOptionChecks.ReadMaxTime(options.MaxTime);
        var longest = JobNames.GreatestLength(options.Pods);
        Require(
            options.Name is null || (JobNames.IsLabel(options.Name) && options.Name.Length <= longest),
            string.Create(
                CultureInfo.InvariantCulture, $"--name is '{options.Name}', but must be {JobNames.Expected}, at most {longest} of them."));
        Require(
            options.Namespace is null || JobNames.IsLabel(options.Namespace),
            $"--namespace is '{options.Namespace}', but must be {JobNames.Expected}.");
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ToolException(ToolErrors.Usage, message);
        }
    }

    /// <summary>A registry with its port, a path, a tag, a digest. A blank or a quote would be another command line.</summary>
    [GeneratedRegex(
        @"\A(?:[A-Za-z0-9.-]+(?::[0-9]{1,5})?/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*"
        + @"(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[0-9a-f]{64})?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Image();

    [GeneratedRegex(@"\A(?:[1-9][0-9]{0,4}m|(?=.*[1-9])[0-9]{1,4}(?:\.[0-9]{1,3})?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Processors();

    [GeneratedRegex(@"\A[1-9][0-9]{0,12}(?:\.[0-9]{1,3})?(?:Ki|Mi|Gi|Ti|k|M|G|T)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Memory();
}
