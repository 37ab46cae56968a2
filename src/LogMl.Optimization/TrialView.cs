using System.Globalization;
using System.Text.Json;
using LogMl.Optimization.Distributions;

namespace LogMl.Optimization;

/// <summary>A read-only view of a trial: one point of the search space, with its state and its result.</summary>
/// <remarks>It always shows the present state of the trial. All members are thread-safe and take no lock.</remarks>
public abstract class TrialView
{
    internal TrialView()
    {
    }

    /// <summary>The number of the trial in the study: 0, 1, 2 and so on, in the order in which trials were asked for.</summary>
    public abstract int Number { get; }

    /// <summary>Whether the trial runs, or how it ended.</summary>
    public TrialState State => Status.State;

    /// <summary>
    /// The value of the objective in the sign in which lower is better: the told value, or its negative if the objective is maximized. It
    /// is finite. Null unless the trial is complete and the study has one objective.
    /// </summary>
    public double? Loss => Objectives is [var value] ? (Study.Options.Directions[0] == Direction.Maximize ? -value : value) : null;

    /// <summary>The values of the objectives as they were told; empty unless the trial is complete.</summary>
    public IReadOnlyList<double> Objectives => Status.Objectives;

    /// <summary>
    /// The values of the constraints as they were told; a constraint is satisfied if its value is at most 0. Empty if none were told.
    /// </summary>
    public IReadOnlyList<double> Constraints => Status.Constraints;

    /// <summary>
    /// The number of the earlier trial at the same point whose result this trial has taken (<see cref="DuplicateHandling.Reuse"/>); null
    /// for a trial that was evaluated itself.
    /// </summary>
    public abstract int? ReusedTrial { get; }

    /// <summary>Whether all constraints are satisfied. True while none were told.</summary>
    public bool IsFeasible => Violation == 0;

    /// <summary>The sum of the positive constraints: 0 for a feasible trial. NaN counts as infinite.</summary>
    public double Violation => ViolationOf(Constraints);

    /// <summary>
    /// The reported intermediate values by step, in ascending order of the steps and in the sign of the objective. It is a snapshot, which
    /// does not change when the trial reports again.
    /// </summary>
    public IReadOnlyDictionary<int, double> Reports => ReportSeries;

    /// <summary>
    /// The values of the parameters that exist in this trial, in the order of the space. A value is the number itself for a numeric
    /// distribution, and the index of the option for choice and pchoice. Store these values to rebuild the study with
    /// <see cref="Study.Ask(IEnumerable{KeyValuePair{string, double}})"/>.
    /// </summary>
    public abstract IReadOnlyDictionary<string, double> Values { get; }

    /// <summary>
    /// The attributes that <see cref="Trial.SetUserAttribute"/> has set, in the order in which they were first set. It is a snapshot. The
    /// search ignores them.
    /// </summary>
    public abstract IReadOnlyDictionary<string, JsonElement> UserAttributes { get; }

    /// <summary>The study of the engine that the trial belongs to.</summary>
    internal abstract Study Study { get; }

    internal abstract ParameterValues Point { get; }

    internal abstract TrialStatus Status { get; }

    internal abstract ReportSeries ReportSeries { get; }

    /// <summary>The sum of the positive ones of some constraints; NaN counts as infinite.</summary>
    internal static double ViolationOf(IReadOnlyList<double> constraints)
    {
        double sum = 0;
        foreach (var constraint in constraints)
        {
            sum += double.IsNaN(constraint) ? double.PositiveInfinity : Math.Max(constraint, 0);
        }

        return sum;
    }

    /// <summary>Whether a parameter exists in this trial. A parameter of a branch exists only if the branch was chosen.</summary>
    /// <param name="name">The name of a parameter.</param>
    /// <returns>True if it has a value.</returns>
    /// <exception cref="KeyNotFoundException">The space has no such parameter.</exception>
    public bool IsActive(string name) => Point.IsActive(Study.FindParameter(name).Index);

    /// <summary>The value of a parameter as a real number: for choice and pchoice, the index of the option.</summary>
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
        var value = GetDouble(name);
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
        var value = GetInt64(name);
        return value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw new InvalidOperationException(Require.Text($"Parameter '{name}' is {value}, which is not a 32-bit integer."));
    }

    /// <summary>The index of the chosen option of a choice or pchoice.</summary>
    /// <param name="name">The name of a choice that exists in this trial.</param>
    /// <returns>The index, from 0.</returns>
    /// <exception cref="KeyNotFoundException">The space has no such parameter.</exception>
    /// <exception cref="InvalidOperationException">The parameter belongs to a branch that was not chosen, or is not a choice.</exception>
    public int GetIndex(string name)
    {
        RequireChoice(name);
        return (int)GetDouble(name);
    }

    /// <summary>The chosen option of a choice or pchoice. For a <see cref="Branch"/> it is the <see cref="Branch.Value"/>.</summary>
    /// <param name="name">The name of a choice that exists in this trial.</param>
    /// <returns>The option.</returns>
    /// <exception cref="KeyNotFoundException">The space has no such parameter.</exception>
    /// <exception cref="InvalidOperationException">The parameter belongs to a branch that was not chosen, or is not a choice.</exception>
    public object? GetOption(string name) => RequireChoice(name).Options[(int)GetDouble(name)];

    /// <summary>The option of a choice, or the value of a number, as <typeparamref name="T"/>.</summary>
    /// <typeparam name="T">
    /// For a choice, the type of its options. For a number, a numeric type that represents the value exactly, or float.
    /// </typeparam>
    /// <param name="name">The name of a parameter that exists in this trial.</param>
    /// <returns>The value.</returns>
    /// <exception cref="KeyNotFoundException">The space has no such parameter.</exception>
    /// <exception cref="InvalidOperationException">
    /// The parameter belongs to a branch that was not chosen, or its value is not a <typeparamref name="T"/>.
    /// </exception>
    public T Get<T>(string name)
    {
        var parameter = RequireActive(name);
        var value = parameter.Distribution is ChoiceDistribution
            ? ConvertOption(GetOption(name), typeof(T))
            : ConvertNumber(name, typeof(T));
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

    /// <summary>
    /// An option in the type that is asked for, when that is exact. A space that was read from JSON has its whole numbers as
    /// <see cref="long"/>, other numbers as <see cref="double"/> and the names of an enum as texts.
    /// </summary>
    private static object? ConvertOption(object? option, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
        {
            return option is string text && Enum.IsDefined(type, text) ? Enum.Parse(type, text) : option;
        }

        if (option is not (long or double) || Type.GetTypeCode(type) is not (>= TypeCode.SByte and <= TypeCode.Double))
        {
            return option;
        }

        try
        {
            var converted = Convert.ChangeType(option, type, CultureInfo.InvariantCulture);
            return Equals(Convert.ChangeType(converted, option.GetType(), CultureInfo.InvariantCulture), option) || type == typeof(float)
                ? converted
                : option;
        }
        catch (OverflowException)
        {
            return option;
        }
    }

    private object ConvertNumber(string name, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var value = GetDouble(name);
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

            // The type codes of the integer types are consecutive. An enum has the type code of its integers, so it is excluded first.
            var isInteger = !type.IsEnum && Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.UInt64;
            return isInteger ? Convert.ChangeType(GetInt64(name), type, CultureInfo.InvariantCulture) : value;
        }
        catch (OverflowException e)
        {
            throw new InvalidOperationException(Require.Text($"Parameter '{name}' is {value}, which is not a {type.Name}."), e);
        }
    }

    private Parameter RequireActive(string name)
    {
        var parameter = Study.FindParameter(name);
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
