using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Inputs;

namespace LogMl.Generator.Planning;

/// <summary>The class by which programs call the workflow, as it is generated.</summary>
/// <param name="Workflow">The workflow, which has its name and namespace.</param>
/// <param name="IsPublic">Whether other projects can see it.</param>
/// <param name="Model">The model that a run gives; null when no step gives one.</param>
/// <param name="UsesLogger">Whether a step takes a logger.</param>
/// <param name="Seed"><c>random_seed</c> of the YAML; null when it has none.</param>
/// <param name="IsValid">
/// Whether the workflow could be planned. Otherwise the class has the same members, so that code that uses them has no errors of its own.
/// </param>
/// <param name="Steps">The steps that run, in their order.</param>
internal sealed record WorkflowClass(
    WorkflowIdentity Workflow,
    bool IsPublic,
    TrainedModel? Model,
    bool UsesLogger,
    long? Seed,
    bool IsValid,
    EquatableArray<PlannedStep> Steps);

/// <summary>A step as the list of steps shows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Method">The method in messages; null for the default split.</param>
/// <param name="Parameters">The record of its parameters; null when there is none.</param>
/// <param name="Takes">What the parameters of the method get.</param>
/// <param name="Gives">The type of the result; null for none.</param>
/// <param name="Phase">In which runs it runs.</param>
internal sealed record PlannedStep(
    string Name, string? Method, string? Parameters, EquatableArray<PlannedInput> Takes, string? Gives, StepPhase Phase);

/// <summary>What a parameter of a step's method gets.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Type">Its type.</param>
/// <param name="From">What it gets.</param>
internal sealed record PlannedInput(string Name, string Type, string From);
