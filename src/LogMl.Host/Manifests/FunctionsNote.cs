using System.Text.Json;
using LogMl.Shared;
using LogMl.Shared.Spaces;

namespace LogMl.Host.Manifests;

/// <summary>Makes the note of a study about the section <c>functions</c> of its workflow.</summary>
internal static class FunctionsNote
{
    public static StoredFunctions Of(Manifest manifest)
    {
        var searched = manifest.Parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        return new StoredFunctions
        {
            Workflow = manifest.Name,
            Values = new OrderedDictionary<string, string>(Values(manifest, searched), StringComparer.Ordinal),
            Types = new OrderedDictionary<string, string>(
                from step in manifest.Types
                from type in step.Value
                select KeyValuePair.Create($"{step.Key}.{type.Key}", YamlText.Of(type.Value)),
                StringComparer.Ordinal),
            Integers = [.. manifest.Parameters.Where(parameter => parameter.IsInteger).Select(parameter => parameter.Name)],
            HasFolds = manifest.CrossValidation is not null,
            HasFinalRun = manifest.FinalRun,
        };
    }

    /// <summary>The values of the steps and, of searched choices, those in the branch of the default that are not searched.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Values(Manifest manifest, Dictionary<string, SpaceParameter> searched) =>
        from step in manifest.Defaults
        from value in step.Value
        let name = $"{step.Key}.{value.Key}"
        from entry in InBranches(name, value.Value, searched).Prepend(KeyValuePair.Create(name, BranchText.Default(value.Value)))
        select entry;

    private static IEnumerable<KeyValuePair<string, string>> InBranches(
        string name, JsonElement value, Dictionary<string, SpaceParameter> searched) =>
        !searched.ContainsKey(name) || DefaultBranch.Of(value) is not { } branch
            ? []
            : from parameter in branch.Parameters
              let path = $"{name}.{branch.Name}.{parameter.Key}"
              from entry in searched.ContainsKey(path)
                  ? InBranches(path, parameter.Value, searched)
                  : [KeyValuePair.Create(path, BranchText.Default(parameter.Value))]
              select entry;
}
