using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Model;
using LogMl.Shared;

namespace LogMl.Generator.Inputs;

/// <summary>What a workflow is generated from, without positions.</summary>
/// <param name="Workflow">The workflow.</param>
/// <param name="Configuration">Its settings.</param>
/// <param name="Methods">Its steps.</param>
/// <param name="Constraints">Its search constraints.</param>
internal sealed record WorkflowInputs(
    WorkflowIdentity Workflow,
    WorkflowConfiguration Configuration,
    EquatableArray<StepMethod> Methods,
    EquatableArray<StepMethod> Constraints)
{
    /// <summary>
    /// Methods of classes whose workflow does not exist, which is reported. They may be meant for any workflow with a name, or for the only
    /// one, so that the types that they take are generated for each.
    /// </summary>
    public EquatableArray<StepMethod> Strays { get; init; }

    /// <summary>The steps of other workflows.</summary>
    public EquatableArray<StepMethod> Foreign { get; init; }

    /// <summary>The choices that the methods take, and that the configuration does not declare.</summary>
    public EquatableArray<UndeclaredChoice> Undeclared { get; init; }

    /// <summary>The properties that the code uses of generated records, when a mistake in the YAML may hide some.</summary>
    public EquatableArray<HiddenProperty> HiddenProperties { get; init; }

    /// <summary>The parameters that the defaults of branches set and that no code reads.</summary>
    public EquatableArray<UnreadParameter> Unread { get; init; }

    /// <summary>All methods that may take generated types.</summary>
    public EquatableArray<StepMethod> Taking => Methods.Concat(Constraints).Concat(Strays).ToEquatableArray();

    /// <summary>The inputs of each workflow of a project.</summary>
    public static IEnumerable<WorkflowInputs> Of(
        EquatableArray<ConfiguredWorkflow> workflows, EquatableArray<StepMethod> methods, EquatableArray<StepMethod> constraints,
        ProjectInfo project)
    {
        var identities = workflows.Select(workflow => new WorkflowIdentity(workflow.Name, project, workflows.Count > 1)).ToList();
        methods = UnmarkedClasses.Assign(methods, identities);
        constraints = UnmarkedClasses.Assign(constraints, identities);
        var strays = methods.Where(method => !workflows.Any(known => method.Owner.Workflows.Contains(known.Name))).ToEquatableArray();
        return workflows.Zip(identities, (workflow, identity) => new WorkflowInputs(
            identity,
            workflow.Configuration,
            StepMethods.In(workflow.Name, methods),
            StepMethods.In(workflow.Name, constraints))
        {
            Foreign = methods.Where(method => !method.Owner.Workflows.Contains(workflow.Name)).ToEquatableArray(),
            Strays = workflow.Name.Length == 0 && workflows.Count > 1 ? default : strays,
        }).Concat(workflows.Count > 1 ? [] : Missing(strays, project));
    }

    /// <summary>
    /// The workflows that classes name in a project whose workflows have no names at all. They have the types that the methods take, so
    /// that the namespaces exist.
    /// </summary>
    private static IEnumerable<WorkflowInputs> Missing(EquatableArray<StepMethod> strays, ProjectInfo project) =>
        strays.SelectMany(method => method.Owner.Workflows)
            .Where(name => WorkflowNameRule.Allows(name) && name != WorkflowMark.NoName)
            .GroupBy(WorkflowIdentity.CSharpNameOf, StringComparer.Ordinal)
            .Select(same => new WorkflowInputs(
                new WorkflowIdentity(same.First(), project, HasOthers: true),
                WorkflowConfiguration.Empty with { IsIncomplete = true },
                default,
                default)
            {
                Strays = strays,
            });
}

/// <summary>A parameter that is a text in the YAML, and of which methods take branches: a choice that is not declared.</summary>
/// <param name="Step">Its step.</param>
/// <param name="Parameter">The parameter as it is written.</param>
internal sealed record UndeclaredChoice(string Step, ParameterConfiguration Parameter);
