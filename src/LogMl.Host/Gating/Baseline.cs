using LogMl.Host.Inputs;
using LogMl.Host.Manifests;

namespace LogMl.Host.Gating;

/// <summary>What a study had reached when its baseline was written: one trial, with which later searches are compared.</summary>
/// <param name="Study">The name of the study.</param>
/// <param name="Workflow">The workflow; null for the unnamed one.</param>
/// <param name="Trial">The number of the trial.</param>
/// <param name="Objectives">What it has reached.</param>
/// <param name="Rows">The part of its inputs that decides which rows it was judged on.</param>
internal sealed record Baseline(
    string Study, string? Workflow, int Trial, IReadOnlyList<ObjectiveFigures> Objectives, InputFingerprint Rows)
{
    /// <summary>Why results of a study cannot be compared with this; null when they can.</summary>
    /// <param name="study">The name of the study.</param>
    /// <param name="workflow">Its workflow; null for the unnamed one.</param>
    /// <param name="goals">What it looks for.</param>
    public string? DifferenceFrom(string study, string? workflow, Goals goals)
    {
        if (Study != study)
        {
            return $"is of the study '{Study}', and this call is for '{study}'";
        }

        if (Workflow != workflow)
        {
            return $"is of {NameOf(Workflow)}, and this call is for {NameOf(workflow)}";
        }

        var (then, now) = (
            Words(Objectives.Select(objective => new Objective(objective.Name, objective.Direction))), Words(goals.Objectives));
        return then == now ? null : $"is of a search that {then}, and this one {now}";
    }

    private static string NameOf(string? workflow) => workflow is null ? "the unnamed workflow" : $"the workflow '{workflow}'";

    private static string Words(IEnumerable<Objective> objectives) => new Goals([.. objectives], []).Words;
}
