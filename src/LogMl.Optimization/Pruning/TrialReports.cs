namespace LogMl.Optimization.Pruning;

/// <summary>The intermediate values of the trials of a study with one objective, in the sign in which lower is better.</summary>
/// <param name="trials">The trials.</param>
/// <param name="history">Their ends.</param>
/// <param name="sign">The factor of the reported values: 1 if the objective is minimized, -1 if it is maximized.</param>
/// <param name="sees">Whether the reports of a trial may be known; null for those of all trials.</param>
/// <param name="view">What custom pruners see; null for the view of the history.</param>
internal sealed class TrialReports(
    IReadOnlyList<Trial> trials, History history, double sign, Func<int, bool>? sees = null, StudyHistory? view = null)
{
    private bool _areMeans;

    public History History => history;

    /// <summary>What custom pruners see.</summary>
    public StudyHistory View => view ?? history.View;

    /// <summary>The factor of the reported values: 1 if the objective is minimized, -1 if it is maximized.</summary>
    public double Sign => sign;

    /// <summary>The steps at which a trial has reported, in ascending order.</summary>
    public ReadOnlySpan<int> Steps(int number) => SeriesOf(number).Steps;

    /// <summary>The same reports, each as it was reported: what a pruner needs that compares trials step by step.</summary>
    public TrialReports AsReported() => _areMeans ? new TrialReports(trials, history, sign, sees, view) : this;

    /// <summary>The same reports, each as the mean of the reports up to its step.</summary>
    public TrialReports AsRunningMeans() => new(trials, history, sign, sees, view) { _areMeans = true };

    /// <summary>The value at a step, by the index of the step in <see cref="Steps"/>; may be NaN.</summary>
    public double Value(int number, int index)
    {
        var values = SeriesOf(number).Values;
        return sign * (_areMeans ? MeanOf(values[..(index + 1)]) : values[index]);
    }

    /// <summary>The value at a step; NaN if there is none.</summary>
    public double ValueAt(int number, int step)
    {
        if (_areMeans)
        {
            return Steps(number).BinarySearch(step) is >= 0 and var index ? Value(number, index) : double.NaN;
        }

        return SeriesOf(number).TryGetValue(step, out var value) ? value * sign : double.NaN;
    }

    public int LastStep(int number) => Steps(number)[^1];

    /// <summary>The last step but one; -1 if the trial has reported at one step only.</summary>
    public int PreviousStep(int number) => Steps(number) is { Length: > 1 } steps ? steps[^2] : -1;

    private static double MeanOf(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    private ReportSeries SeriesOf(int number) => sees?.Invoke(number) == false ? ReportSeries.Empty : trials[number].ReportSeries;
}
