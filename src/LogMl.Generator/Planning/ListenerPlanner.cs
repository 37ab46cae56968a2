using LogMl.Configuration;

namespace LogMl.Generator.Planning;

/// <summary>Plans the step that runs after each trial, in a process of its own.</summary>
/// <param name="context">A state of its own: the step shares neither data nor instances with those of a run.</param>
internal sealed class ListenerPlanner(PlanContext context)
{
    private const string Step = "trial_finished";

    /// <summary>Plans the step; null when there is none.</summary>
    public PlannedListener? Plan()
    {
        if (context.Selection.Find(Step) is not { } method)
        {
            return null;
        }

        if (method.Result is not null)
        {
            context.ReportResult(method, Step);
        }

        var (call, _) = context.Bind(Step, method, new StepInputs());
        return new PlannedListener(
            method.DisplayName, context.UsedRecords.ToEquatableArray(), context.Instances.ToEquatableArray(), call, context.UsesLogger);
    }
}
