using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Inputs;
using LogMl.Generator.Model;

namespace LogMl.Generator.Planning;

/// <summary>
/// The steps that other workflows have and this one does not. What one of them gives is probably missing here because its class has only a
/// part of the attributes that it needs.
/// </summary>
/// <param name="workflow">This workflow.</param>
/// <param name="selection">Its steps.</param>
/// <param name="methods">The methods of other workflows.</param>
internal sealed class ForeignSteps(WorkflowIdentity workflow, StepSelection selection, EquatableArray<StepMethod> methods)
{
    /// <summary>How to get data that nothing here gives, as the continuation of a message; null when no other workflow has it.</summary>
    /// <param name="type">The type that takes the data.</param>
    public string? AdviceFor(TakenType type) => methods.FirstOrDefault(method => IsMissing(method) && Gives(method, type)) is { } found
        ? $": '{found.DisplayName}' of {string.Join(" and of ", found.Owner.Workflows.Select(WorkflowIdentity.Display))} gives "
            + $"'{type.ShortName}', and {AttributesOf(found.Owner)} on its class makes it a step of {workflow.DisplayName} too"
        : null;

    private bool IsMissing(StepMethod method) =>
        StepTable.Canonical(method.StepName) is { } step && selection.FindAlsoDisabled(step) is null && !selection.IsMisspelt(step);

    private static bool Gives(StepMethod method, TakenType type) => method.Result is { } result
        && (result.FitsIn(type) || result.Items.Any(item => item.Type.FitsIn(type)));

    private string AttributesOf(StepOwner owner) =>
        $"[{string.Join(", ", owner.Workflows.Append(workflow.Name).OrderBy(name => name, StringComparer.Ordinal).Select(AttributeOf))}]";

    private static string AttributeOf(string name) => name.Length == 0 ? "Workflow" : $"Workflow(\"{name}\")";
}
