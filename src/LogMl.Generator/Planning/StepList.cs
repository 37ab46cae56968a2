using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Binding;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Planning;

/// <summary>Describes the planned steps, for the class by which programs call the workflow.</summary>
/// <param name="context">The steps of a run.</param>
/// <param name="after">The step that runs after each trial.</param>
/// <param name="parts">The data set after the split; null when the workflow has none.</param>
internal sealed class StepList(PlanContext context, PlanContext after, DatasetParts? parts)
{
    private const string Split = "dataset_split";

    /// <summary>The class; null when a type of the project is in the place of what it needs.</summary>
    public WorkflowClass? ClassOf(ParameterModel parameters, TrainedModel? model)
    {
        if (parameters.All is not { } all || !parameters.HasWorkflowClass)
        {
            return null;
        }

        var seed = context.Configuration.Optimization?.Settings.FirstOrDefault(setting => setting.Name == "random_seed")?.Value;
        return new WorkflowClass(
            parameters.Workflow,
            all.IsPublic,
            model,
            context.UsesLogger,
            seed is ConfigurationValue.Integer number ? number.Value : null,
            model != TrainedModel.Unknown,
            StepTable.All.SelectMany(Describe).ToEquatableArray());
    }

    /// <summary>A step, once for each of its methods.</summary>
    private IEnumerable<PlannedStep> Describe(Step step)
    {
        if ((context.Bound(step.Name) ?? after.Bound(step.Name)) is { } bound)
        {
            return bound.Bindings.Select(binding => new PlannedStep(
                step.Name,
                binding.Method.DisplayName,
                RecordOf(step.Name),
                binding.Method.Parameters.Select(parameter => InputOf(binding, parameter)).ToEquatableArray(),
                binding.Method.Result?.ShortName,
                step.Phase));
        }

        if (step.Name != Split || context.Split is null || parts is not { Test: { } test })
        {
            return [];
        }

        var type = test.Whole.Type.ShortName;
        return
        [
            new PlannedStep(
                Split, null, RecordOf(Split), EquatableArray.Of(new PlannedInput("data", parts.Dataset.Type.ShortName, "dataset")),
                $"({type} train, {type} validate, {type} test)", step.Phase),
        ];
    }

    private string? RecordOf(string step) => context.Records.FirstOrDefault(record => record.Step == step)?.RecordName;

    private static PlannedInput InputOf(StepBinding binding, StepParameter parameter) => new(
        parameter.Name,
        parameter.Type.Shown,
        binding.Sources.TryGetValue(parameter.Index, out var source) ? source : "default");
}
