namespace LogMl.Optimization.Pruning;

/// <summary>The intermediate values of the trials of a study with one objective, in the sign in which lower is better.</summary>
internal sealed class TrialReports(IReadOnlyList<Trial> trials, History history, double sign)
{
    public History History => history;

    /// <summary>The factor of the reported values: 1 if the objective is minimized, -1 if it is maximized.</summary>
    public double Sign => sign;

    /// <summary>The steps at which a trial has reported, in ascending order.</summary>
    public ReadOnlySpan<int> Steps(int number) => trials[number].ReportSeries.Steps;

    /// <summary>The value at a step, by the index of the step in <see cref="Steps"/>; may be NaN.</summary>
    public double Value(int number, int index) => trials[number].ReportSeries.Values[index] * sign;

    /// <summary>The value at a step; NaN if there is none.</summary>
    public double ValueAt(int number, int step) =>
        trials[number].ReportSeries.TryGetValue(step, out var value) ? value * sign : double.NaN;

    public int LastStep(int number) => Steps(number)[^1];

    /// <summary>The last step but one; -1 if the trial has reported at one step only.</summary>
    public int PreviousStep(int number) => Steps(number) is { Length: > 1 } steps ? steps[^2] : -1;
}
