using LogMl.Configuration;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Model;

namespace LogMl.Generator.Inputs;

/// <summary>
/// Classes with steps in the namespace of a workflow, without the attribute that says to which workflow they belong. It was probably
/// forgotten, which is an error. Their methods are taken as steps of that workflow, so that nothing follows from it.
/// </summary>
internal static class UnmarkedClasses
{
    /// <summary>The methods, each with the workflows to which it belongs.</summary>
    /// <param name="methods">The methods as they are marked.</param>
    /// <param name="workflows">The workflows of the project.</param>
    public static EquatableArray<StepMethod> Assign(EquatableArray<StepMethod> methods, IReadOnlyList<WorkflowIdentity> workflows) =>
        methods.Select(method => Around(method.Owner, workflows) is { } workflow
            ? method with { Owner = method.Owner with { Workflows = EquatableArray.Of(workflow.Name), MissesMark = true } }
            : method).ToEquatableArray();

    /// <summary>An error for each class of a workflow that misses its attribute.</summary>
    public static IEnumerable<StepDiagnostic> Diagnostics(WorkflowInputs inputs) =>
        inputs.Methods.Concat(inputs.Constraints)
            .Where(method => method.Owner.MissesMark)
            .GroupBy(method => method.Owner.Type, StringComparer.Ordinal)
            .Select(ofClass => StepDiagnostic.Of(
                StepDiagnostics.MissingWorkflowMark, DiagnosticTarget.Class(ofClass.First().Id),
                ClassOf(ofClass.First()), inputs.Workflow.Name));

    private static WorkflowIdentity? Around(StepOwner owner, IReadOnlyList<WorkflowIdentity> workflows) => owner.IsMarked
        ? null
        : workflows.FirstOrDefault(workflow => workflow.IsNamed
            && (owner.Namespace + ".").StartsWith(workflow.Namespace.Replace("@", "") + ".", StringComparison.Ordinal));

    private static string ClassOf(StepMethod method) => method.DisplayName.Substring(0, method.DisplayName.LastIndexOf('.'));
}
