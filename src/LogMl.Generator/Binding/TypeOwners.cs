using LogMl.Configuration;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Inputs;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Binding;

/// <summary>
/// Tells of which workflow a generated type is. The types of several workflows have the same names, in a namespace for each. They do not
/// exist while the generator runs, so that it finds by itself what the compiler will find for a name.
/// </summary>
/// <param name="workflow">The workflow that takes the types.</param>
/// <param name="all">The types of each workflow of the project.</param>
internal sealed class TypeOwners(WorkflowIdentity workflow, EquatableArray<WorkflowTypes> all)
{
    /// <summary>Reports a type that a method of the workflow cannot take; null when there is none.</summary>
    public StepDiagnostic? Misplaced(StepMethod method, StepParameter parameter)
    {
        if (!workflow.HasOthers || !parameter.Type.IsUnknown)
        {
            return null;
        }

        var (path, workflows) = (parameter.Type.Path, method.Owner.Workflows);
        var target = DiagnosticTarget.Parameter(method.Id, parameter.Index);
        if (workflows.Count > 1)
        {
            return all.Any(types => workflows.Contains(types.Workflow.Name) && path.Any(part => types.Names.Contains(part)))
                ? StepDiagnostic.Of(StepDiagnostics.SharedMethodWithType, target, method.DisplayName, parameter.Type.ShortName,
                    string.Join(" and of ", workflows.Select(WorkflowIdentity.Display)))
                : null;
        }

        return OwnerOf(path, method.Owner.Namespace) is { } owner && owner.Workflow.Name != workflow.Name
            ? StepDiagnostic.Of(StepDiagnostics.TypeOfOtherWorkflow, target,
                string.Join(".", path), owner.Workflow.DisplayName, method.DisplayName, workflow.DisplayName, AdviceFor(path, owner))
            : null;
    }

    /// <summary>The workflow whose type a name means; null when that is not known.</summary>
    private WorkflowTypes? OwnerOf(EquatableArray<string> path, string @namespace)
    {
        for (var length = path.Count - 1; length > 0; length--)
        {
            var qualifier = string.Join(".", path.Take(length));
            if (all.FirstOrDefault(types => types.Names.Contains(path[length]) && IsName(qualifier, types)) is { } named)
            {
                return named;
            }
        }

        // Without a qualifier, the namespaces around the class come first, and then the aliases.
        return path.IsEmpty
            ? null
            : all.Where(types => types.Names.Contains(path[0]) && (types.Workflow.HasAliases || IsAround(@namespace, types)))
                .OrderByDescending(types => IsAround(@namespace, types))
                .ThenByDescending(types => types.Workflow.Namespace.Length)
                .FirstOrDefault();
    }

    private string AdviceFor(EquatableArray<string> path, WorkflowTypes owner)
    {
        var right = NamespaceOf(all.First(types => types.Workflow.Name == workflow.Name));
        var type = string.Join(".", path.SkipWhile(part => !owner.Names.Contains(part)));
        return right.Length == 0 ? $"write 'global::{type}'" : $"write '{right}.{type}', or put the class into the namespace '{right}'";
    }

    private static bool IsName(string qualifier, WorkflowTypes types)
    {
        var @namespace = NamespaceOf(types);
        return @namespace == qualifier || @namespace.EndsWith("." + qualifier, StringComparison.Ordinal);
    }

    private static bool IsAround(string inner, WorkflowTypes types)
    {
        var @namespace = NamespaceOf(types);
        return @namespace.Length == 0 || inner == @namespace || inner.StartsWith(@namespace + ".", StringComparison.Ordinal);
    }

    private static string NamespaceOf(WorkflowTypes types) => types.Workflow.Namespace.Replace("@", "");
}
