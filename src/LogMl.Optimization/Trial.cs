using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogMl.Optimization.Distributions;

namespace LogMl.Optimization;

/// <summary>One point of the search space, and what became of it.</summary>
/// <remarks>Any thread may read a trial while others report and tell.</remarks>
public sealed class Trial
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

    /// <summary>The place in the study: 0, 1, 2 and so on, in the order of asking.</summary>
    public int Number { get; }

    /// <summary>Where the trial is in its life.</summary>
    public TrialState State => _status.State;

    /// <summary>
    /// The value of the objective, finite, in the sign in which lower is better (so minus the value that was told when it is maximized);
    /// null unless the trial is complete and the study has one objective.
    /// </summary>
    public double? Loss => Objectives is [var value] ? (Study.Options.Directions[0] == Direction.Maximize ? -value : value) : null;

    /// <summary>The values of the objectives as they were told; empty unless the trial is complete.</summary>
    public IReadOnlyList<double> Objectives => _status.Objectives;

    /// <summary>The values of the constraints as they were told: at most 0 when kept. Empty when none were told.</summary>
    public IReadOnlyList<double> Constraints => _status.Constraints;

    /// <summary>
    /// The number of the earlier trial at the same point of which this trial got the result without being evaluated
    /// (<see cref="DuplicateHandling.Reuse"/>); null for any other trial.
    /// </summary>
    public int? ReusedTrial => _status.ReusedTrial;

    /// <summary>True unless a constraint was told to be violated.</summary>
    public bool IsFeasible => Violation == 0;

    /// <summary>
    /// The intermediate values that were reported, by step, in the order of the steps, in the sign of the objective. A snapshot: it stays the
    /// same when the trial reports again.
    /// </summary>
    public IReadOnlyDictionary<int, double> Reports => _reports;

    /// <summary>
    /// The values of the parameters that exist in this trial, in the order of the space: the number itself for a numeric distribution, the
    /// index of the option for choice and pchoice. This is what to store, and what
    /// <see cref="Study.Ask(IEnumerable{KeyValuePair{string, double}})"/> takes.
    /// </summary>
    public IReadOnlyDictionary<string, double> Values { get; }

    /// <summary>
    /// What was noted with <see cref="SetUserAttribute"/>, in the order in which it was noted first. A snapshot. The search does not
    /// learn from it.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement> UserAttributes => _userAttributes;

    internal Study Study { get; }

    internal ReportSeries ReportSeries => _reports;

    internal ParameterValues Point { get; }

    internal void ForgetReports() => _reports = ReportSeries.Empty;

    /// <summary>The sum of the positive constraints, where NaN counts as infinite.</summary>
    internal double Violation
    {
        get
        {
            double sum = 0;
            foreach (double constraint in Constraints)
            {
                sum += double.IsNaN(constraint) ? double.PositiveInfinity : Math.Max(constraint, 0);
            }

            return sum;
        }
    }

    /// <summary>
    /// Reports an intermediate value of the objective, for example the validation loss after an epoch; pruners decide by it.
    /// </summary>
    /// <param name="value">The value, in the sign of the objective. NaN counts as worse than everything.</param>
    /// <param name="step">How far the training is (an epoch, a batch), 0 or more; a step that is reported again replaces its value.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    /// <exception cref="InvalidOperationException">The trial has ended, or the study has several objectives.</exception>
    public void Report(double value, int step)
    {
        Require.AtLeast(step, 0, nameof(step));
        Study.Report(this, value, step);
    }

    /// <summary>
    /// Notes something about the trial, such as a second metric or the name of a file: <c>trial.SetUserAttribute("accuracy", 0.97)</c>.
    /// It stays when the trial begins anew (<see cref="Study.Restart"/>).
    /// </summary>
    /// <param name="name">A name; what was noted under it before is replaced.</param>
    /// <param name="value">
    /// A number, text, truth value, array or object of JSON, or null. A number that is not finite is kept as the text NaN, Infinity or
    /// -Infinity.
    /// </param>
    /// <exception cref="ArgumentException">JSON cannot hold the value: a number inside of it is not finite, or it is nested more than 64
    /// levels deep.</exception>
    /// <exception cref="InvalidOperationException">The trial has ended.</exception>
    public void SetUserAttribute(string name, JsonNode? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        Study.SetUserAttribute(this, name, value);
    }

    /// <summary>
    /// Whether the pruner of the study gives this trial up, by what it and the other trials have reported. Ask after each report. The
    /// trial itself goes on until somebody ends it: <see cref="ThrowIfPruned"/> inside of an objective, or
    /// <see cref="Study.TellPruned"/>.
    /// </summary>
    /// <returns>True if the trial should end; never before it has reported.</returns>
    /// <exception cref="InvalidOperationException">The trial has ended, or the study has several objectives.</exception>
    public bool ShouldPrune() => Study.ShouldPrune(this);

    /// <summary>
    /// Ends the objective when the pruner gives the trial up: <see cref="Study.Optimize(Func{Trial, double}, int, CancellationToken)"/>
    /// takes the exception for the end of a pruned trial.
    /// </summary>
    /// <exception cref="TrialPrunedException"><see cref="ShouldPrune"/> is true.</exception>
    /// <exception cref="InvalidOperationException">The trial has ended, or the study has several objectives.</exception>
    public void ThrowIfPruned()
    {
        if (ShouldPrune())
        {
            throw new TrialPrunedException($"Trial {Number} was given up by the pruner '{Study.Options.Pruner}'.");
        }
    }

    /// <summary>Whether a parameter exists in this trial; false for one of a branch that was not chosen.</summary>
    /// <param name="name">The name of a parameter.</param>
    /// <returns>True if it has a value.</returns>
    /// <exception cref="KeyNotFoundException">The space has no such parameter.</exception>
    public bool IsActive(string name) => Point.IsActive(Study.FindParameter(name).Index);

    /// <summary>The value of a parameter as a real number. For choice and pchoice the index of the option.</summary>
    /// <param name="name">The name of a parameter that exists in this trial.</param>
    /// <returns>The value.</returns>
    /// <exception cref="KeyNotFoundException">The space has no such parameter.</exception>
    /// <exception cref="InvalidOperationException">The parameter belongs to a branch that was not chosen.</exception>
    public double GetDouble(string name) => Point[RequireActive(name).Index];

    /// <summary>The value of a parameter as an integer.</summary>
    /// <param name="name">The name of a parameter that exists in this trial.</param>
    /// <returns>The value.</returns>
    /// <exception cref="KeyNotFoundException">The space has no such parameter.</exception>
    /// <exception cref="InvalidOperationException">The parameter belongs to a branch that was not chosen, or its value is not an integer
    /// up to ±2^53.</exception>
    public long GetInt64(string name)
    {
        double value = GetDouble(name);
        if (Math.Floor(value) != value || Math.Abs(value) > DistributionLimits.LargestExactInteger)
        {
            throw new InvalidOperationException(Require.Text($"Parameter '{name}' is {value}, which is not an integer within ±2^53."));
        }

        return (long)value;
    }

    /// <summary>The value of a parameter as a 32-bit integer.</summary>
    /// <param name="name">The name of a parameter that exists in this trial.</param>
    /// <returns>The value.</returns>
    /// <exception cref="KeyNotFoundException">The space has no such parameter.</exception>
    /// <exception cref="InvalidOperationException">The parameter belongs to a branch that was not chosen, or its value is not a 32-bit
    /// integer.</exception>
    public int GetInt32(string name)
    {
        long value = GetInt64(name);
        return value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw new InvalidOperationException(Require.Text($"Parameter '{name}' is {value}, which is not a 32-bit integer."));
    }

    /// <summary>The index of the option that choice or pchoice took.</summary>
    /// <param name="name">The name of a choice that exists in this trial.</param>
    /// <returns>The index, from 0.</returns>
    /// <exception cref="KeyNotFoundException">The space has no such parameter.</exception>
    /// <exception cref="InvalidOperationException">The parameter belongs to a branch that was not chosen, or is not a choice.</exception>
    public int GetIndex(string name)
    {
        RequireChoice(name);
        return (int)GetDouble(name);
    }

    /// <summary>The option that choice or pchoice took; for a <see cref="Branch"/> its <see cref="Branch.Value"/>.</summary>
    /// <param name="name">The name of a choice that exists in this trial.</param>
    /// <returns>The option.</returns>
    /// <exception cref="KeyNotFoundException">The space has no such parameter.</exception>
    /// <exception cref="InvalidOperationException">The parameter belongs to a branch that was not chosen, or is not a choice.</exception>
    public object? GetOption(string name) => RequireChoice(name).Options[(int)GetDouble(name)];

    /// <summary>The option of a choice, or the value of a number, as <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">For a choice the type of its options; for a number any numeric type that holds the value exactly, or
    /// float.</typeparam>
    /// <param name="name">The name of a parameter that exists in this trial.</param>
    /// <returns>The value.</returns>
    /// <exception cref="KeyNotFoundException">The space has no such parameter.</exception>
    /// <exception cref="InvalidOperationException">The parameter belongs to a branch that was not chosen, or its value is no
    /// <typeparamref name="T"/>.</exception>
    public T Get<T>(string name)
    {
        Parameter parameter = RequireActive(name);
        object? value = parameter.Distribution is ChoiceDistribution ? GetOption(name) : ConvertNumber(name, typeof(T));
        return value switch
        {
            T typed => typed,
            null when default(T) is null => default!,
            null => throw new InvalidOperationException($"Parameter '{name}' is null, which is not a {typeof(T).Name}."),
            _ => throw new InvalidOperationException(
                Require.Text($"Parameter '{name}' is {value} ({value.GetType().Name}), which is not a {typeof(T).Name}.")),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Loss is { } loss
        ? Require.Text($"trial {Number}: {State}, loss {loss}")
        : Require.Text($"trial {Number}: {State}");

    internal void AddReport(double value, int step) => _reports = _reports.With(step, value);

    internal void AddUserAttribute(string name, JsonNode? value) => _userAttributes = _userAttributes.With(name, value);

    internal void End(TrialState state, TrialResult? result = null, int? reusedTrial = null) =>
        _status = new TrialStatus(state, result?.Objectives ?? [], result?.Constraints ?? [], reusedTrial);

    private object ConvertNumber(string name, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        double value = GetDouble(name);
        if (type == typeof(double) || type == typeof(object))
        {
            return value;
        }

        if (type == typeof(float))
        {
            return (float)value;
        }

        try
        {
            if (type == typeof(decimal))
            {
                return (decimal)value;
            }

            // The codes of the integer types follow each other. An enum has the code of its numbers, but is none.
            bool isInteger = !type.IsEnum && Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.UInt64;
            return isInteger ? Convert.ChangeType(GetInt64(name), type, CultureInfo.InvariantCulture) : value;
        }
        catch (OverflowException e)
        {
            throw new InvalidOperationException(Require.Text($"Parameter '{name}' is {value}, which is not a {type.Name}."), e);
        }
    }

    private Parameter RequireActive(string name)
    {
        Parameter parameter = Study.FindParameter(name);
        return Point.IsActive(parameter.Index)
            ? parameter
            : throw new InvalidOperationException(
                $"Parameter '{name}' does not exist in trial {Number}: " +
                $"it belongs to option {parameter.ParentOption} of '{parameter.Parent!.Name}', which was not chosen.");
    }

    private ChoiceDistribution RequireChoice(string name) =>
        RequireActive(name).Distribution is ChoiceDistribution choice
            ? choice
            : throw new InvalidOperationException($"Parameter '{name}' is not a choice but {Study.FindParameter(name).Distribution.Name}.");
}
