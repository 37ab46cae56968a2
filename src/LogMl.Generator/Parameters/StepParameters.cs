using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Inputs;
using LogMl.Generator.Model;

namespace LogMl.Generator.Parameters;

/// <summary>The parameter record of one step, as it is generated.</summary>
/// <param name="Step">The step's name.</param>
/// <param name="RecordName">The name of the record, without namespace.</param>
/// <param name="Workflow">The workflow that the step belongs to.</param>
/// <param name="IsPublic">Whether other projects can see the record.</param>
/// <param name="Properties">One for each parameter.</param>
internal sealed record StepParameters(
    string Step, string RecordName, WorkflowIdentity Workflow, bool IsPublic, EquatableArray<ParameterProperty> Properties)
{
    /// <summary>Properties that a mistake in the YAML hides, and that the code uses.</summary>
    public EquatableArray<string> Hidden { get; init; }

    /// <summary>The namespace; empty for the global one.</summary>
    public string Namespace => Workflow.Namespace;

    /// <summary>The name of the record for use in other code.</summary>
    public string FullName => GeneratedNames.Qualify(Namespace, RecordName);

    /// <summary>The properties, and those of the branches of choices, whose types are generated.</summary>
    public IEnumerable<ParameterProperty> Typed => Properties.SelectMany(TypedIn);

    /// <summary>The record without the comments of the YAML, because a changed comment must not change the workflow's code.</summary>
    public StepParameters WithoutDescriptions() => this with
    {
        Properties = Properties.Select(property => property.WithoutDescription()).ToEquatableArray(),
    };

    /// <summary>The records of a workflow: the records of steps with parameters, and the records that methods take.</summary>
    public static EquatableArray<StepParameters> Of(
        WorkflowConfiguration configuration, EquatableArray<string> takenTypes, WorkflowIdentity workflow, bool isPublic) =>
        StepTable.Names
            .Select(step => Of(step, configuration.Steps.FirstOrDefault(candidate => candidate.Name == step), workflow, isPublic))
            .Where(record => !record.Properties.IsEmpty || takenTypes.Contains(record.RecordName))
            .ToEquatableArray();

    private static IEnumerable<ParameterProperty> TypedIn(ParameterProperty property) => property switch
    {
        { IsTypeTaken: true } => [],
        { Branches: { } hierarchy } => hierarchy.Properties.SelectMany(TypedIn).Prepend(property),
        { EnumName: not null } or { IsEnumLost: true } => [property],
        _ => [],
    };

    private static StepParameters Of(string step, StepConfiguration? configuration, WorkflowIdentity workflow, bool isPublic)
    {
        var recordName = GeneratedTypeNames.RecordOf(step);
        var properties = configuration is null
            ? default
            : configuration.Parameters
                .Select(parameter => ParameterProperty.Of(step, parameter, workflow.Namespace))
                .OfType<ParameterProperty>()
                .Where(property => property.Name != recordName)
                .GroupBy(property => property.Name, StringComparer.Ordinal)
                .Select(group => group.First())
                .ToEquatableArray();
        return new StepParameters(step, recordName, workflow, isPublic, properties);
    }
}
