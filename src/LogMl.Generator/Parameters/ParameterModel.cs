using LogMl.Configuration;
using LogMl.Generator.Binding;
using LogMl.Generator.Inputs;
using LogMl.Generator.Model;

namespace LogMl.Generator.Parameters;

/// <summary>The parameter records of a project.</summary>
/// <param name="Records">One for each step that has parameters, or whose method takes the record.</param>
/// <param name="Namespace">Their namespace.</param>
/// <param name="IsPublic">Whether other projects can see them.</param>
/// <param name="HasAllRecords">Whether there is a WorkflowParameters.</param>
internal sealed record ParameterModel(EquatableArray<StepParameters> Records, string Namespace, bool IsPublic, bool HasAllRecords)
{
    /// <summary>What WorkflowParameters depends on: the names alone.</summary>
    public AllParameters? All =>
        HasAllRecords ? new AllParameters(Namespace, IsPublic, Records.Select(record => record.Step).ToEquatableArray()) : null;

    public static ParameterModel Of(WorkflowConfiguration configuration, EquatableArray<StepMethod> methods, ProjectInfo project)
    {
        var taken = methods.SelectMany(method => method.Parameters)
            .Where(parameter => parameter.Type.IsUnknown)
            .Select(parameter => parameter.Type.SimpleName)
            .ToEquatableArray();
        var isPublic = StepMethods.ArePublic(methods);
        var records = StepParameters.Of(configuration, taken, project.Namespace, isPublic);
        return new ParameterModel(records, project.Namespace, isPublic, !records.IsEmpty || taken.Contains(StepBinder.AllRecords));
    }
}

/// <summary>The record that has the records of all steps.</summary>
internal sealed record AllParameters(string Namespace, bool IsPublic, EquatableArray<string> Steps);
