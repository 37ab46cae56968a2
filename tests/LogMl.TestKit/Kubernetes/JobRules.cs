using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LogMl.TestKit.Kubernetes;

/// <summary>
/// What an API server of Kubernetes refuses about a Job although each field is one that there is: rules that its documentation states
/// for the fields, and that no schema has.
/// </summary>
public static partial class JobRules
{
    private const int MostIndexes = 100_000;
    private const int MostRules = 20;
    private const int MostCodes = 255;
    private const int LabelLength = 63;

    private static readonly string[] Actions = ["Count", "FailIndex", "FailJob", "Ignore"];

    private static readonly string[] Statuses = ["False", "True", "Unknown"];

    /// <summary>The mistakes; empty for a Job that would be accepted.</summary>
    public static IReadOnlyList<string> Check(JsonNode job)
    {
        var errors = new List<string>();
        var spec = job["spec"];
        var pod = spec?["template"]?["spec"];
        Require((string?)job["apiVersion"] == "batch/v1" && (string?)job["kind"] == "Job", "it is no Job of batch/v1");
        var name = (string?)job["metadata"]?["name"] ?? "";
        Require(Label().IsMatch(name), "metadata.name is no label");
        var isIndexed = (string?)spec?["completionMode"] == "Indexed";
        var completions = (int?)spec?["completions"];
        Require(!isIndexed || completions is >= 0 and <= MostIndexes, "spec.completions is required for Indexed, at most 100000");
        Require(
            !isIndexed
            || name.Length + 1 + ((completions ?? 1) - 1).ToString(CultureInfo.InvariantCulture).Length <= LabelLength,
            "the host names of the pods would be longer than 63 characters");
        Require((int?)spec?["parallelism"] is null or >= 0, "spec.parallelism is negative");
        Require(isIndexed || spec?["backoffLimitPerIndex"] is null, "backoffLimitPerIndex needs Indexed");
        Require((string?)pod?["restartPolicy"] is "Never" or "OnFailure", "restartPolicy must be Never or OnFailure");
        Require((int?)pod?["terminationGracePeriodSeconds"] is null or >= 0, "terminationGracePeriodSeconds is negative");
        var containers = pod?["containers"]?.AsArray() ?? [];
        Require(containers.Count > 0, "there is no container");
        Require(spec?["selector"] is null, "spec.selector is for the controller alone");
        foreach (var container in containers)
        {
            CheckContainer(container!, pod!);
        }

        if (spec?["podFailurePolicy"]?["rules"]?.AsArray() is { } rules)
        {
            Require((string?)pod?["restartPolicy"] == "Never", "podFailurePolicy needs restartPolicy Never");
            Require(rules.Count <= MostRules, "podFailurePolicy has more than 20 rules");
            foreach (var rule in rules)
            {
                CheckRule(rule!, containers, spec);
            }
        }

        return errors;

        void CheckRule(JsonNode rule, JsonArray all, JsonNode of)
        {
            var action = (string?)rule["action"];
            Require(Actions.Contains(action), $"'{action}' is no action");
            Require(action != "FailIndex" || of["backoffLimitPerIndex"] is not null, "FailIndex needs backoffLimitPerIndex");
            var (codes, conditions) = (rule["onExitCodes"], rule["onPodConditions"]?.AsArray());
            Require(codes is null != (conditions is null or { Count: 0 }), "a rule has either onExitCodes or onPodConditions");
            if (codes is not null)
            {
                var values = codes["values"]?.AsArray().Select(value => (int)value!).ToArray() ?? [];
                Require((string?)codes["operator"] is "In" or "NotIn", "the operator is neither In nor NotIn");
                Require(values.Length is > 0 and <= MostCodes, "onExitCodes has no values, or too many");
                Require(values.SequenceEqual(values.Distinct().Order()), "the exit codes are not in ascending order");
                Require((string?)codes["operator"] != "In" || !values.Contains(0), "0 cannot be an exit code of In");
                Require(
                    codes["containerName"] is null || all.Any(one => (string?)one!["name"] == (string?)codes["containerName"]),
                    "containerName is none of the template");
            }

            foreach (var condition in conditions ?? [])
            {
                Require(!string.IsNullOrEmpty((string?)condition!["type"]), "a condition has no type");
                Require(Statuses.Contains((string?)condition["status"]), "the status of a condition is neither True, False nor Unknown");
            }
        }

        void CheckContainer(JsonNode container, JsonNode of)
        {
            Require(Label().IsMatch((string?)container["name"] ?? ""), "the name of a container is no label");
            Require(!string.IsNullOrEmpty((string?)container["image"]), "a container has no image");
            var volumes = of["volumes"]?.AsArray().Select(volume => (string?)volume!["name"]).ToArray() ?? [];
            foreach (var mount in container["volumeMounts"]?.AsArray() ?? [])
            {
                Require(!string.IsNullOrEmpty((string?)mount!["mountPath"]), "a mounted volume has no mountPath");
                Require(volumes.Contains((string?)mount["name"]), "a mounted volume is none of the pod");
            }

            foreach (var variable in container["env"]?.AsArray() ?? [])
            {
                Require(!string.IsNullOrEmpty((string?)variable!["name"]), "a variable has no name");
                Require(variable["value"] is null || variable["valueFrom"] is null, "a variable has both value and valueFrom");
                var source = variable["valueFrom"];
                Require(
                    source?["secretKeyRef"] is not { } secret || (secret["name"] is not null && secret["key"] is not null),
                    "a secretKeyRef has no name or no key");
                Require(source?["fieldRef"] is not { } field || field["fieldPath"] is not null, "a fieldRef has no fieldPath");
                Require(
                    variable["valueFrom"] is null || variable["valueFrom"]!.AsObject().Count == 1, "valueFrom must name one source");
            }

            var limits = container["resources"]?["limits"]?.AsObject();
            foreach (var (resource, amount) in container["resources"]?["requests"]?.AsObject() ?? [])
            {
                // The amounts of these tests are compared as texts.
                Require(
                    !resource.Contains('/', StringComparison.Ordinal) || (string?)limits?[resource] == (string?)amount,
                    "what is asked for of an extended resource is not its limit");
            }
        }

        void Require(bool holds, string error)
        {
            if (!holds)
            {
                errors.Add(error);
            }
        }
    }

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Label();
}
