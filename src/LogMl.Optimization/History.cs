namespace LogMl.Optimization;

/// <summary>
/// The trials of a study as samplers and pruners read them: a column for each parameter and each objective, with a row for each trial.
/// </summary>
/// <remarks>
/// Rows are only added, and each trial ends once. Proposals must not depend on the order in which the trials ended. That order only serves
/// caches: they read the trials that have ended since the last call instead of all of them.
/// </remarks>
internal sealed class History
{
    private const int FirstCapacity = 64;

    private readonly double[][] _values;
    private readonly double[][] _losses;
    private readonly List<int> _finished = [];
    private readonly Dictionary<int, (int Step, double Value)> _lastReports = [];
    private readonly StudyHistory? _view;
    private double[] _violations = new double[FirstCapacity];
    private TrialState[] _states = new TrialState[FirstCapacity];

    /// <summary>Creates a history without trials.</summary>
    /// <param name="parameters">The flat space.</param>
    /// <param name="objectiveCount">The number of objectives.</param>
    /// <param name="fixedValues">The fixed values of the study; null for none.</param>
    /// <param name="view">The public view of the same study, for custom samplers; null outside of a study.</param>
    public History(
        IReadOnlyList<Parameter> parameters, int objectiveCount, ParameterValues? fixedValues = null, StudyHistory? view = null)
    {
        _view = view;
        Parameters = parameters;
        Fixed = fixedValues ?? new ParameterValues(parameters.Count);
        _values = NewColumns(parameters.Count);
        _losses = NewColumns(objectiveCount);
    }

    /// <summary>All parameters, each choice before the parameters of its branches.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>
    /// The fixed values of the study, NaN for parameters that are free. A point that is given to a proposer has them already.
    /// </summary>
    public ParameterValues Fixed { get; }

    /// <summary>Tells which points may be proposed; null if all may.</summary>
    public AllowedPoints? Allowed { get; init; }

    /// <summary>The public view of the same study, for custom samplers.</summary>
    public StudyHistory View => _view ?? throw new InvalidOperationException("This history belongs to no study.");

    /// <summary>The number of trials; the next one has this number.</summary>
    public int Count { get; private set; }

    public int ObjectiveCount => _losses.Length;

    /// <summary>The numbers of the trials that have ended, in the order in which they ended.</summary>
    public IReadOnlyList<int> Finished => _finished;

    /// <summary>The values of a parameter by trial number; NaN where it does not exist.</summary>
    public ReadOnlySpan<double> Column(int parameterIndex) => _values[parameterIndex].AsSpan(0, Count);

    public TrialState State(int number) => _states[number];

    /// <summary>The value of an objective, in the sign in which lower is better; NaN unless the trial is complete.</summary>
    public double Loss(int number, int objective = 0) => _losses[objective][number];

    /// <summary>The sum of the violated constraints of a complete or pruned trial; 0 if it is feasible.</summary>
    public double Violation(int number) => _violations[number];

    /// <summary>The last intermediate value of a pruned trial, in the sign in which lower is better; null when it reported none.</summary>
    public (int Step, double Value)? LastReport(int number) =>
        _lastReports.TryGetValue(number, out var report) ? report : null;

    /// <summary>Adds a running trial.</summary>
    public void Add(ParameterValues point)
    {
        if (Count == _states.Length)
        {
            Grow();
        }

        for (var i = 0; i < _values.Length; i++)
        {
            _values[i][Count] = point[i];
        }

        Count++;
    }

    public void Complete(int number, ReadOnlySpan<double> losses, double violation)
    {
        for (var i = 0; i < losses.Length; i++)
        {
            _losses[i][number] = losses[i];
        }

        _violations[number] = violation;
        End(number, TrialState.Complete);
    }

    public void Prune(int number, (int Step, double Value)? lastReport, double violation)
    {
        if (lastReport is { } report)
        {
            _lastReports.Add(number, report);
        }

        _violations[number] = violation;
        End(number, TrialState.Pruned);
    }

    public void Fail(int number) => End(number, TrialState.Failed);

    private void End(int number, TrialState state)
    {
        _states[number] = state;
        _finished.Add(number);
    }

    private void Grow()
    {
        var capacity = _states.Length * 2;
        Array.Resize(ref _states, capacity);
        Array.Resize(ref _violations, capacity);
        foreach (var columns in (double[][][])[_values, _losses])
        {
            for (var i = 0; i < columns.Length; i++)
            {
                Array.Resize(ref columns[i], capacity);
                columns[i].AsSpan(Count).Fill(double.NaN);
            }
        }
    }

    private static double[][] NewColumns(int count)
    {
        var columns = new double[count][];
        for (var i = 0; i < count; i++)
        {
            columns[i] = new double[FirstCapacity];
            Array.Fill(columns[i], double.NaN);
        }

        return columns;
    }
}
