namespace LogMl;

/// <summary>A step of a workflow, as <c>AppWorkflow.Steps</c> lists them: those that run, in their order.</summary>
/// <param name="Name">The name of the step, one of <see cref="WorkflowSteps"/>.</param>
/// <param name="Method">The method with its class, <c>Xor.Train</c>; null for the default split, which no method does.</param>
/// <param name="Parameters">The record of its parameters, <c>ModelTrainParameters</c>; null when the step has none.</param>
/// <param name="Takes">What the parameters of the method get.</param>
/// <param name="Gives">The C# type of the result, without that of a task; null when it gives nothing.</param>
/// <param name="RunsIn">The runs in which the step runs.</param>
public sealed record WorkflowStepInfo(
    string Name, string? Method, string? Parameters, IReadOnlyList<WorkflowStepInput> Takes, string? Gives, WorkflowStepRuns RunsIn);

/// <summary>What a parameter of a step's method gets.</summary>
/// <param name="Name">The name of the parameter.</param>
/// <param name="Type">Its C# type.</param>
/// <param name="From">
/// Where the value comes from: <c>dataset</c>, <c>train</c>, <c>validate</c>, <c>test</c>, <c>x</c>, <c>y</c>, <c>model</c> or <c>name</c>
/// for data, where <c>data</c> is the part on which the step runs; the record of parameters; a parameter of the YAML,
/// <c>model_train.learning_rate</c>; the type of a service, <c>ITrial</c>; or <c>default</c> for its C# default.
/// </param>
public sealed record WorkflowStepInput(string Name, string Type, string From);

/// <summary>The runs in which a step runs.</summary>
public enum WorkflowStepRuns
{
    /// <summary>Every run, where a worker keeps the result for later trials with the same parameters.</summary>
    Stage,

    /// <summary>Every run.</summary>
    Trial,

    /// <summary>Full runs only.</summary>
    FullRun,

    /// <summary>No run: after each trial of a search.</summary>
    AfterTrial,
}
