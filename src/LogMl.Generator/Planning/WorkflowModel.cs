using LogMl.Configuration;
using LogMl.Generator.Binding;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Inputs;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Planning;

/// <summary>The result of planning: a workflow, unless something is wrong, and the diagnostics.</summary>
/// <param name="Name">The name of the workflow; empty for the unnamed one.</param>
/// <param name="Workflow">The workflow.</param>
/// <param name="Class">The class by which programs call it.</param>
/// <param name="Diagnostics">The diagnostics.</param>
internal sealed record WorkflowPlan(
    string Name, WorkflowModel? Workflow, WorkflowClass? Class, EquatableArray<StepDiagnostic> Diagnostics);

/// <summary>The workflow class, as it is generated.</summary>
/// <param name="Workflow">The workflow, which has its name.</param>
/// <param name="Manifest">The manifest, JSON in one line.</param>
/// <param name="Records">The parameter records of all steps.</param>
/// <param name="UsedRecords">Those of them that the steps take.</param>
/// <param name="Statements">The statements of a run.</param>
/// <param name="TrainedModel">What the run gives; null when no step gives a model.</param>
/// <param name="Split">The parts of the default split; null if the workflow has no default split.</param>
/// <param name="FoldsViews">Whether a data set of ML.NET is cut into folds.</param>
/// <param name="HasViews">Whether parts of the data are data sets of ML.NET.</param>
/// <param name="UsesLogger">Whether a step takes a logger.</param>
/// <param name="Constraints">The methods that tell whether a point may be tried.</param>
/// <param name="Listener">What runs after each trial; null for nothing.</param>
internal sealed record WorkflowModel(
    WorkflowIdentity Workflow,
    string Manifest,
    EquatableArray<StepParameters> Records,
    EquatableArray<string> UsedRecords,
    EquatableArray<Statement> Statements,
    TrainedModel? TrainedModel,
    SplitParts? Split,
    bool FoldsViews,
    bool HasViews,
    bool UsesLogger,
    EquatableArray<PlannedConstraint> Constraints,
    PlannedListener? Listener);

/// <summary>The step that runs after each trial.</summary>
/// <param name="Name">Its method in messages.</param>
/// <param name="UsedRecords">The parameter records that it takes.</param>
/// <param name="Instances">The statements that make its instances, which live as long as the search.</param>
/// <param name="Run">The call.</param>
/// <param name="UsesLogger">Whether it takes a logger.</param>
internal sealed record PlannedListener(
    string Name, EquatableArray<string> UsedRecords, EquatableArray<Statement> Instances, StepCall Run, bool UsesLogger);

/// <summary>A method that tells whether a point may be tried.</summary>
/// <param name="Name">Its name in messages.</param>
/// <param name="Method">The method in C# code.</param>
/// <param name="Records">The names of the records that it takes.</param>
internal sealed record PlannedConstraint(string Name, string Method, EquatableArray<string> Records);

/// <summary>The model that a run gives.</summary>
/// <param name="Local">The local that has it.</param>
/// <param name="Type">Its type in C# code.</param>
/// <param name="IsPublic">Whether other projects can see the type.</param>
internal sealed record TrainedModel(string Local, string Type, bool IsPublic)
{
    /// <summary>What stands for the model while it is unknown: code that uses it compiles, whatever it does.</summary>
    public static TrainedModel Unknown { get; } = new("", "dynamic", IsPublic: true);
}

/// <summary>A statement of the generated run. The nested records are the only kinds of statements.</summary>
internal abstract record Statement
{
    private Statement()
    {
    }

    /// <summary><c>var local = expression;</c> with a prefix before var, such as using.</summary>
    public sealed record Let(string Local, string Expression, string Prefix = "") : Statement;

    /// <summary>A step that is not a stage; its result goes to a local, or nowhere.</summary>
    public sealed record Call(string Step, string? Local, StepCall Run) : Statement;

    /// <summary>model_evaluate on one part of the data.</summary>
    public sealed record Evaluate(string Part, string Expression, Model.ScoreMembers Scores) : Statement;

    /// <summary>Fails the run if a condition does not hold.</summary>
    public sealed record Require(string Condition, string Message) : Statement;

    /// <summary><c>local = expression;</c> for a local that is known.</summary>
    public sealed record Assign(string Local, string Expression) : Statement;

    /// <summary>Statements that run for each item.</summary>
    public sealed record ForEach(string Local, string Items, EquatableArray<Statement> Body) : Statement;

    /// <summary>Statements that run under a condition only.</summary>
    public sealed record If(string Condition, EquatableArray<Statement> Then, EquatableArray<Statement> Else = default) : Statement;
}
