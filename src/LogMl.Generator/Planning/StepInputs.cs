using LogMl.Configuration.Model;
using LogMl.Generator.Binding;

namespace LogMl.Generator.Planning;

/// <summary>The data that is available to a step.</summary>
internal sealed record StepInputs
{
    /// <summary>The data set before the split.</summary>
    public StepValue? Dataset { get; init; }

    /// <summary>The parts of the data set; null if the workflow has no data set.</summary>
    public DatasetParts? Parts { get; init; }

    /// <summary>The part on which the step runs.</summary>
    public DataPart? Part { get; init; }

    /// <summary>The model.</summary>
    public StepValue? Model { get; init; }

    /// <summary>The values that a step can take, by its row in <see cref="StepTable"/>. Parameters get them in this order.</summary>
    public IReadOnlyList<StepValue> Of(string step) => [.. StepTable.Find(step).Takes.SelectMany(Of)];

    private IEnumerable<StepValue> Of(StepInput input) => input switch
    {
        StepInput.Dataset => Some(Dataset),
        StepInput.Parts => Parts is null
            ? []
            : Parts.All.Select(part => part.Whole with { Names = [part.Name] }).Concat(Some(Parts.AbsentTest)),
        StepInput.Model => Some(Model),
        StepInput.Pair => Part is null ? [] : Part.Pair,
        StepInput.Train => Part is null ? [] : [Part.AsData(), .. Parts is null ? [] : Parts.Validate.ValuesByName()],
        StepInput.Part => Some(Part?.AsData()),

        // Their types are of this package, so that they are bound as services are.
        StepInput.FinishedTrial or StepInput.Study => [],
        _ => Some(Part is null ? null : DataPart.NameValue(Part.Name)),
    };

    private static IEnumerable<StepValue> Some(StepValue? value) => value is null ? [] : [value];
}
