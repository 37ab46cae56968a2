namespace LogMl.Configuration.Model;

/// <summary>Data that a step can take, beside services and its parameters.</summary>
public enum StepInput
{
    /// <summary>The data set as it is before the split.</summary>
    Dataset,

    /// <summary>The parts of the data set: train, validate, test.</summary>
    Parts,

    /// <summary>The model, as it is after the steps before.</summary>
    Model,

    /// <summary>What dataset_inout gave for the part on which the step runs: x and y.</summary>
    Pair,

    /// <summary>The part for training; the part for validation too, where a parameter is named so.</summary>
    Train,

    /// <summary>One part of the data set: the step runs on several.</summary>
    Part,

    /// <summary>The name of that part.</summary>
    PartName,

    /// <summary>The trial that has ended, by its type.</summary>
    FinishedTrial,

    /// <summary>The study whose search is running, by its type.</summary>
    Study,
}
