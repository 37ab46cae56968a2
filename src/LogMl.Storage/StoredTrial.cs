using System.Text.Json;
using System.Text.Json.Nodes;
using LogMl.Optimization;
using LogMl.Shared;

namespace LogMl.Storage;

/// <summary>A trial that this process runs. What it reports is stored. Tell its result to its study.</summary>
public sealed class StoredTrial : TrialView
{
    private readonly StoredStudy _study;

    internal StoredTrial(StoredStudy study, TrialRecord record, int evaluation, Trial trial)
    {
        _study = study;
        Record = record;
        Evaluation = evaluation;
        Trial = trial;
    }

    /// <summary>The number in the storage, which other programs show.</summary>
    public override int Number => Record.Number;

    /// <summary>
    /// The number of the evaluation in the search, from 0. It is the number of the trial, less one for each repetition before it: a
    /// repetition is the same evaluation as the trial whose process died. So a search that was cut off has the same evaluations as one that
    /// was not.
    /// </summary>
    public int Evaluation { get; }

    /// <inheritdoc/>
    public override int? ReusedTrial => Reused;

    /// <summary>
    /// The enqueued values that are not in the space, in words. The sampler has proposed other values for them. Mostly empty.
    /// </summary>
    public IReadOnlyList<string> Ignored { get; internal init; } = [];

    /// <summary>
    /// Whether this run was requested although the evaluation has a result. The result of the earlier run counts until this one has ended.
    /// </summary>
    public bool IsReplacing { get; internal init; }

    /// <summary>
    /// The number of the run that this one continues, because its process died or it was released; it may be its own. Null for a trial that
    /// begins, and for a requested repetition, which begins anew.
    /// </summary>
    internal int? Continues { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Values => Trial.Values;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, JsonElement> UserAttributes => Trial.UserAttributes;

    /// <summary>The trial in the engine, which is kept in step with the storage.</summary>
    internal Trial Trial { get; }

    internal TrialRecord Record { get; set; }

    /// <summary>The number of the trial whose result this one reuses.</summary>
    internal int? Reused { get; set; }

    /// <summary>Whether this process has released it, or had it repeated. Then it no longer concerns this process.</summary>
    internal bool IsReleased { get; set; }

    /// <summary>Whether its end is stored.</summary>
    internal bool IsTold { get; set; }

    internal override Study Study => Trial.Study;

    internal override ParameterValues Point => Trial.Point;

    internal override TrialStatus Status => Trial.Status;

    internal override ReportSeries ReportSeries => Trial.ReportSeries;

    /// <summary>
    /// Stores an intermediate value of the objective, for example the validation loss after an epoch, and shows it to the pruner.
    /// </summary>
    /// <param name="value">The value, in the sign of the objective. NaN counts as worse than everything.</param>
    /// <param name="step">
    /// The progress of the training (an epoch, a batch), 0 or more. A second report of the same step replaces its value.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    /// <exception cref="InvalidOperationException">The study has several objectives.</exception>
    /// <exception cref="StorageException">The storage cannot be used.</exception>
    public void Report(double value, int step) => _study.Report(this, value, step);

    /// <summary>
    /// Sets a user attribute of the trial, such as a second metric or the name of a file: <c>trial.SetUserAttribute("accuracy", 0.97)</c>.
    /// Optuna shows it too. It stays when the trial is run again. After the end of the trial nothing is stored.
    /// </summary>
    /// <param name="name">
    /// A name of at most 512 characters that LogMl itself does not use for trials. An earlier value of the same name is replaced.
    /// </param>
    /// <param name="value">
    /// A number, text, truth value, array or object of JSON, or null. A number that is not finite is kept as the text NaN, Infinity or
    /// -Infinity.
    /// </param>
    /// <exception cref="ArgumentException">The name is too long or reserved, or JSON cannot hold the value.</exception>
    /// <exception cref="StorageException">The storage cannot be used.</exception>
    public void SetUserAttribute(string name, JsonNode? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        SetUserAttribute(name, AttributeJson.Of(name, value));
    }

    /// <exception cref="ArgumentException">The name is too long or reserved.</exception>
    internal void SetUserAttribute(string name, JsonElement value)
    {
        TrialNoteNames.RequireOther(name);
        _study.SetUserAttribute(this, name, value);
    }

    /// <summary>Whether the pruner of the study ends this trial. Call it after each report.</summary>
    /// <returns>
    /// True if the trial should end. Also true when it was taken from this process, which did not respond for too long, and another one has
    /// run it since.
    /// </returns>
    /// <exception cref="InvalidOperationException">The study has several objectives.</exception>
    public bool ShouldPrune() => _study.ShouldPrune(this);

    /// <summary>
    /// Throws when the pruner ends the trial: <see cref="StoredStudy.Optimize(Func{StoredTrial, double}, int, CancellationToken)"/> takes
    /// the exception for the end of a pruned trial.
    /// </summary>
    /// <exception cref="TrialPrunedException"><see cref="ShouldPrune"/> is true.</exception>
    /// <exception cref="InvalidOperationException">The study has several objectives.</exception>
    public void ThrowIfPruned()
    {
        if (ShouldPrune())
        {
            throw TrialPrunedException.Of(this);
        }
    }
}
