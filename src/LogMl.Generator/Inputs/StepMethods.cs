using System.Collections.Immutable;
using LogMl.Configuration;
using LogMl.Generator.Model;

namespace LogMl.Generator.Inputs;

/// <summary>The step methods of a project, without positions and in an order that no edit changes.</summary>
internal static class StepMethods
{
    /// <summary>Whether other projects can call a step. Then the generated types must be visible to them.</summary>
    public static bool ArePublic(EquatableArray<StepMethod> methods) => methods.Any(method => method.IsPublic);

    /// <summary>
    /// The names of the types of step parameters that may be generated types: types that do not exist yet, and types in the namespace of
    /// the generated ones, of which the project may have a part.
    /// </summary>
    public static EquatableArray<string> PossiblyGeneratedTypes(EquatableArray<StepMethod> methods, WorkflowIdentity workflow) =>
        methods.SelectMany(method => method.Parameters)
            .Where(parameter => parameter.Type.IsUnknown || parameter.Type.Namespace == workflow.Namespace.Replace("@", ""))
            .Select(parameter => parameter.Type.SimpleName)
            .ToEquatableArray();

    /// <summary>Those of a workflow.</summary>
    public static EquatableArray<StepMethod> In(string workflow, EquatableArray<StepMethod> methods) =>
        methods.Where(method => method.Owner.Workflows.Contains(workflow)).ToEquatableArray();

    public static EquatableArray<StepMethod> Of(ImmutableArray<StepMethodSource> sources) =>
        sources.Select(source => source.Method)
            .GroupBy(method => method.Id, StringComparer.Ordinal)
            .Select(group => group.First())
            .OrderBy(method => method.Id, StringComparer.Ordinal)
            .ToEquatableArray();
}
