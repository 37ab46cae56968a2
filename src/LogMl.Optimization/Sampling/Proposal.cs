using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Sampling;

/// <summary>The point of the next trial, which a <see cref="CustomSampler"/> fills in.</summary>
public sealed class Proposal
{
    private readonly ParameterValues _point;
    private bool _isClosed;

    internal Proposal(StudyHistory history, int number, RandomStream random, ParameterValues point)
    {
        History = history;
        Number = number;
        Random = new TrialRandom(random);
        _point = point;
    }

    /// <summary>The study with its trials so far.</summary>
    public StudyHistory History { get; }

    /// <summary>The number of the trial.</summary>
    public int Number { get; }

    /// <summary>
    /// The random numbers of this trial, a function of only the seed of the sampler and the number of the trial. A sampler that uses no
    /// other random numbers proposes the same points again when a study is resumed.
    /// </summary>
    public Random Random { get; }

    /// <summary>
    /// The parameters that exist at this point and have no value yet. Each choice comes before the parameters of its branches. The
    /// enumeration is lazy: the parameters of a branch follow once the choice has been set to its option.
    /// </summary>
    /// <returns>The parameters; those that the user has fixed or enqueued are not among them.</returns>
    public IEnumerable<Parameter> OpenParameters()
    {
        foreach (var parameter in History.Parameters)
        {
            if (!_point.IsActive(parameter.Index) && _point.ConditionHolds(parameter))
            {
                yield return parameter;
            }
        }
    }

    /// <summary>The value that a parameter has already, because it was set, fixed or enqueued.</summary>
    /// <param name="parameter">A parameter of the study.</param>
    /// <returns>The value; null if it has none.</returns>
    /// <exception cref="ArgumentException">The parameter belongs to another study.</exception>
    public double? Find(Parameter parameter)
    {
        RequireOwn(parameter);
        return _point.IsActive(parameter.Index) && _point.ConditionHolds(parameter) ? _point[parameter.Index] : null;
    }

    /// <summary>Sets the value of an open parameter.</summary>
    /// <param name="parameter">One of <see cref="OpenParameters"/>.</param>
    /// <param name="value">
    /// The value, as in <see cref="Trial.Values"/>: for choice and pchoice, the index of the option. A number that differs from a value
    /// only by rounding becomes that value.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The parameter belongs to another study, or the value is not in the support of its distribution.
    /// </exception>
    /// <exception cref="InvalidOperationException">The parameter is not open, or the trial has started.</exception>
    public void Set(Parameter parameter, double value)
    {
        RequireOwn(parameter);
        if (_isClosed)
        {
            throw new InvalidOperationException($"The point of trial {Number} can no longer be changed: the sampler has proposed it.");
        }

        if (_point.IsActive(parameter.Index) || !_point.ConditionHolds(parameter))
        {
            throw new InvalidOperationException(
                $"Parameter '{parameter.Name}' is not open: "
                + (_point.IsActive(parameter.Index) ? "it has a value." : "its branch is not chosen."));
        }

        _point[parameter.Index] = parameter.Distribution.ValueOf(value) is { } meant
            ? meant + 0.0
            : throw new ArgumentException(
                Require.Text($"Parameter '{parameter.Name}' cannot be {value}: {parameter.Distribution.Name} does not give this value."),
                nameof(value));
    }

    internal void Close() => _isClosed = true;

    private void RequireOwn(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        if (parameter.Index >= History.Parameters.Count || History.Parameters[parameter.Index] != parameter)
        {
            throw new ArgumentException($"Parameter '{parameter.Name}' belongs to another study.", nameof(parameter));
        }
    }
}
