using System.Text.Json;
using System.Text.Json.Nodes;

namespace LogMl.Optimization;

/// <summary>A trial of a study. It reports intermediate values while it runs; the study is told its result.</summary>
/// <remarks>All members are thread-safe. Reading a trial takes no lock.</remarks>
public sealed class Trial : TrialView
{
    private volatile ReportSeries _reports = ReportSeries.Empty;
    private volatile TrialStatus _status = TrialStatus.Running;
    private volatile IReadOnlyDictionary<string, JsonElement> _userAttributes = Optimization.UserAttributes.None;

    internal Trial(Study study, int number, ParameterValues point)
    {
        Study = study;
        Number = number;
        Point = point;
        Values = new TrialValues(study, point);
    }

    /// <inheritdoc/>
    public override int Number { get; }

    /// <inheritdoc/>
    public override int? ReusedTrial => _status.ReusedTrial;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Values { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, JsonElement> UserAttributes => _userAttributes;

    internal override Study Study { get; }

    internal override ParameterValues Point { get; }

    internal override TrialStatus Status => _status;

    internal override ReportSeries ReportSeries => _reports;

    /// <summary>
    /// Reports an intermediate value of the objective, for example the validation loss after an epoch. Pruners decide by these values.
    /// </summary>
    /// <param name="value">The value, in the sign of the objective. NaN counts as worse than everything.</param>
    /// <param name="step">The number of the step (an epoch, a batch), at least 0. Reporting a step again replaces its value.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    /// <exception cref="InvalidOperationException">The trial has ended, the study has several objectives, or the trial is that of a stored
    /// study, which is to be looked at only.</exception>
    public void Report(double value, int step)
    {
        Study.RequireOwnTrials();
        AcceptReport(value, step);
    }

    /// <summary>
    /// Sets an attribute of the trial, such as a second metric or the name of a file: <c>trial.SetUserAttribute("accuracy", 0.97)</c>.
    /// <see cref="Study.Restart"/> keeps it.
    /// </summary>
    /// <param name="name">The name. An attribute with this name is replaced.</param>
    /// <param name="value">
    /// A number, string, boolean, array or object of JSON, or null. A number that is not finite is stored as the string NaN, Infinity or
    /// -Infinity.
    /// </param>
    /// <exception cref="ArgumentException">JSON cannot hold the value: a number inside of it is not finite, or it is nested more than 60
    /// levels deep.</exception>
    /// <exception cref="InvalidOperationException">The trial has ended, or is that of a stored study, which is to be looked at
    /// only.</exception>
    public void SetUserAttribute(string name, JsonNode? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        Study.RequireOwnTrials();
        Study.SetUserAttribute(this, name, AttributeJson.Of(name, value));
    }

    /// <summary>
    /// Asks the pruner of the study whether to prune this trial, by the reports of all trials. Call it after each report. It does not end
    /// the trial: call <see cref="ThrowIfPruned"/> inside of an objective, or <see cref="Study.TellPruned"/>, for that.
    /// </summary>
    /// <returns>True if the trial should end; false before its first report.</returns>
    /// <exception cref="InvalidOperationException">The trial has ended, or the study has several objectives.</exception>
    public bool ShouldPrune() => Study.ShouldPrune(this);

    /// <summary>
    /// Throws if the pruner prunes the trial. <see cref="Study.Optimize(Func{Trial, double}, int, CancellationToken)"/> ends the trial as
    /// pruned when its objective throws this exception.
    /// </summary>
    /// <exception cref="TrialPrunedException"><see cref="ShouldPrune"/> is true.</exception>
    /// <exception cref="InvalidOperationException">The trial has ended, or the study has several objectives.</exception>
    public void ThrowIfPruned()
    {
        if (ShouldPrune())
        {
            throw TrialPrunedException.Of(this);
        }
    }

    /// <summary><see cref="Report"/>, also for what leads to a store.</summary>
    internal void AcceptReport(double value, int step)
    {
        Require.AtLeast(step, 0, nameof(step));
        Study.Report(this, value, step);
    }

    internal void ForgetReports() => _reports = ReportSeries.Empty;

    internal void AddReport(double value, int step) => _reports = _reports.With(step, value);

    internal void AddUserAttribute(string name, JsonElement value) => _userAttributes = _userAttributes.With(name, value);

    internal void ReplaceUserAttributes(IReadOnlyDictionary<string, JsonElement> attributes) => _userAttributes = attributes;

    internal void End(TrialState state, TrialResult? result = null, int? reusedTrial = null) =>
        _status = new TrialStatus(state, result?.Objectives ?? [], result?.Constraints ?? [], reusedTrial);
}
