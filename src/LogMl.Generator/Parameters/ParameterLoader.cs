using LogMl.Configuration;

namespace LogMl.Generator.Parameters;

/// <summary>What <c>WorkflowParameters.Load</c> reads.</summary>
/// <param name="All">The record that has the method.</param>
/// <param name="Records">The records of the steps.</param>
/// <param name="ClassName">The internal class that reads them.</param>
/// <param name="IsValid">
/// Whether all records could be generated. Otherwise the method is there all the same, so that code that calls it has no errors of its own.
/// </param>
internal sealed record ParameterLoader(AllParameters All, EquatableArray<StepParameters> Records, string ClassName, bool IsValid)
{
    /// <summary>The steps that the YAML switches off.</summary>
    public EquatableArray<string> Disabled { get; init; }

    /// <summary>The loader of a workflow; null when it has no record of all parameters.</summary>
    public static ParameterLoader? Of(ParameterModel parameters) =>
        parameters is not { All: { } all, HasLoad: true }
        ? null
        : new ParameterLoader(
            all,
            parameters.Records.Select(record => record.WithoutDescriptions()).ToEquatableArray(),
            parameters.Workflow.FileReaderName,
            !parameters.IsIncomplete)
        {
            Disabled = parameters.Disabled,
        };
}
