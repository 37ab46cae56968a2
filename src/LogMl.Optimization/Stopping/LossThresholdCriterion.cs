namespace LogMl.Optimization.Stopping;

/// <summary>Ends a search once its best feasible trial reaches the threshold.</summary>
internal sealed class LossThresholdCriterion : StoppingCriterion
{
    private readonly double _threshold;

    public LossThresholdCriterion(double threshold)
    {
        Require.InRange(threshold, double.NegativeInfinity, double.PositiveInfinity, nameof(threshold));
        _threshold = threshold;
    }

    internal override StudyEnd? Check(Study study, History history)
    {
        var sign = study.Options.Directions[0] == Direction.Maximize ? -1 : 1;

        // The best trial of the study may be one that the history of a deterministic study does not have yet.
        return history.View.BestTrial is { } best && best.Loss <= _threshold * sign
            ? new StudyEnd(
                StopReason.LossThreshold,
                Require.Text($"Trial {best.Number} has {best.Objectives[0]}, which is as good as the threshold {_threshold}."))
            : null;
    }
}
