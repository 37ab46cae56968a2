using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Model;

namespace LogMl.Generator.Parameters;

/// <summary>The parameter record of one step, as it is generated.</summary>
/// <param name="Step">The step's name.</param>
/// <param name="RecordName">The name of the record, without namespace.</param>
/// <param name="Namespace">The namespace; empty for the global one.</param>
/// <param name="IsPublic">Whether other projects can see the record.</param>
/// <param name="Properties">One for each parameter.</param>
internal sealed record StepParameters(
    string Step, string RecordName, string Namespace, bool IsPublic, EquatableArray<ParameterProperty> Properties)
{
    /// <summary>The name of the record for use in other code.</summary>
    public string FullName => GeneratedNames.Qualify(Namespace, RecordName);

    /// <summary>The properties, and those of the branches of choices, whose types are generated.</summary>
    public IEnumerable<ParameterProperty> Typed => Properties.SelectMany(TypedIn);

    /// <summary>The record without the comments of the YAML, because a changed comment must not change the workflow's code.</summary>
    public StepParameters WithoutDescriptions() => this with
    {
        Properties = Properties.Select(property => property.WithoutDescription()).ToEquatableArray(),
    };

    /// <summary>The records of a project: the records of steps with parameters, and the records that methods take.</summary>
    public static EquatableArray<StepParameters> Of(
        WorkflowConfiguration configuration, EquatableArray<string> takenTypes, string @namespace, bool isPublic) =>
        StepTable.Names
            .Select(step => Of(step, configuration.Steps.FirstOrDefault(candidate => candidate.Name == step), @namespace, isPublic))
            .Where(record => !record.Properties.IsEmpty || takenTypes.Contains(record.RecordName))
            .ToEquatableArray();

    private static IEnumerable<ParameterProperty> TypedIn(ParameterProperty property) => property switch
    {
        { IsTypeTaken: true } => [],
        { Branches: { } hierarchy } => hierarchy.Properties.SelectMany(TypedIn).Prepend(property),
        { EnumName: not null } or { IsEnumLost: true } => [property],
        _ => [],
    };

    private static StepParameters Of(string step, StepConfiguration? configuration, string @namespace, bool isPublic)
    {
        var recordName = GeneratedTypeNames.RecordOf(step);
        var properties = configuration is null
            ? default
            : configuration.Parameters
                .Select(parameter => ParameterProperty.Of(step, parameter, @namespace))
                .OfType<ParameterProperty>()
                .Where(property => property.Name != recordName)
                .GroupBy(property => property.Name, StringComparer.Ordinal)
                .Select(group => group.First())
                .ToEquatableArray();
        return new StepParameters(step, recordName, @namespace, isPublic, properties);
    }
}
