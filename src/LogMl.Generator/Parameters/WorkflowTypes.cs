using LogMl.Configuration;
using LogMl.Generator.Inputs;
using LogMl.Generator.Model;

namespace LogMl.Generator.Parameters;

/// <summary>The types that are generated for the parameters of a workflow, by name.</summary>
/// <param name="Workflow">The workflow.</param>
/// <param name="Names">The types that are nested in no other.</param>
internal sealed record WorkflowTypes(WorkflowIdentity Workflow, EquatableArray<string> Names)
{
    public static WorkflowTypes Of(ParameterModel parameters) => new(
        parameters.Workflow,
        parameters.Records.SelectMany(record => record.Typed.Select(property => property.GeneratedType ?? property.PossibleEnumName)
            .Prepend(record.RecordName)).Concat(parameters.All is null ? [] : [GeneratedNames.AllRecords]).ToEquatableArray());
}
