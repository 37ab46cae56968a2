using LogMl.Configuration.Model;
using LogMl.Generator.Binding;

namespace LogMl.Generator.Planning;

/// <summary>The data that is there when a step runs.</summary>
internal sealed record StepInputs
{
    /// <summary>The data set as it is before the split.</summary>
    public StepValue? Dataset { get; init; }

    /// <summary>The parts of the data set; null when the workflow has none.</summary>
    public DatasetParts? Parts { get; init; }

    /// <summary>The part on which the step runs.</summary>
    public DataPart? Part { get; init; }

    /// <summary>The model.</summary>
    public StepValue? Model { get; init; }

    /// <summary>What a step can take of it, in the order in which it is given out: the row of the step in <see cref="StepTable"/>.</summary>
    public IReadOnlyList<StepValue> Of(string step) => [.. StepTable.Find(step).Takes.SelectMany(Of)];

    private IEnumerable<StepValue> Of(StepInput input) => input switch
    {
        StepInput.Dataset => Some(Dataset),
        StepInput.Parts => Parts is null ? [] : Parts.All.Select(part => part.Whole with { Names = [part.Name] }),
        StepInput.Model => Some(Model),
        StepInput.Pair => Part is null ? [] : Part.Pair,
        StepInput.Train => Part is null ? [] : [Part.AsData(), .. Parts is null ? [] : Parts.Validate.ValuesByName()],
        StepInput.Part => Some(Part?.AsData()),
        _ => Some(Part is null ? null : DataPart.NameValue(Part.Name)),
    };

    private static IEnumerable<StepValue> Some(StepValue? value) => value is null ? [] : [value];
}
