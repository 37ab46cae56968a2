using System.ComponentModel;

namespace LogMl.Runtime;

/// <summary>One run of a workflow, for generated code: it has the parameters and receives the scores. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WorkflowRun
{
    private readonly StageCache _stages;
    private readonly long _studySeed;
    private readonly Dictionary<string, EvaluationScores> _scores = new(StringComparer.Ordinal);

    internal WorkflowRun(ITrial trial, ParameterValues parameters, long studySeed, bool isFull, StageCache stages)
    {
        Trial = trial;
        Parameters = parameters;
        IsFull = isFull;
        _studySeed = studySeed;
        _stages = stages;
    }

    /// <summary>The trial, for steps that take an <see cref="ITrial"/>.</summary>
    public ITrial Trial { get; }

    /// <summary>The parameter values of the trial.</summary>
    public ParameterValues Parameters { get; }

    /// <summary>The token of the trial.</summary>
    public CancellationToken CancellationToken => Trial.CancellationToken;

    /// <summary>Whether this run also scores the training and test sets and saves (the run with the defaults, and the final run).</summary>
    public bool IsFull { get; }

    /// <summary>The running step, for the message of a failure; null before the first.</summary>
    public string? CurrentStep { get; private set; }

    internal IReadOnlyDictionary<string, EvaluationScores> Scores => _scores;

    /// <summary>All figures by part and name.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Figures
    {
        get
        {
            var parts = new Dictionary<string, IReadOnlyDictionary<string, double>>(StringComparer.Ordinal);
            foreach (var (part, scores) in _scores)
            {
                parts.Add(part, scores.Figures);
            }

            return parts;
        }
    }

    /// <summary>Generated code calls this before each step that is not a stage.</summary>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    /// <exception cref="TrialPrunedException">The previous step was told to end the trial, and has returned.</exception>
    public void EnterStep(string step)
    {
        CancellationToken.ThrowIfCancellationRequested();
        var running = Trial as RunningTrial;
        if (running is { IsPruned: true })
        {
            throw new TrialPrunedException();
        }

        CurrentStep = step;
        running?.EnterStep(step);
    }

    /// <summary>A generator for a step that is not a stage: a function of the trial's seed and the step's name.</summary>
    public Random Random(string step) => new(StepSeed.Of(Trial.Seed, step));

    /// <summary>
    /// Runs a stage (a dataset_* step), or returns the result of an earlier trial with the same values of <paramref name="parameters"/>, on
    /// which the stage and the stages before it depend.
    /// </summary>
    /// <typeparam name="T">The type of the stage's result.</typeparam>
    /// <param name="step">The step's name.</param>
    /// <param name="cache">False when the stage, or one before it, must run in every trial.</param>
    /// <param name="parameters">Names of the search-space parameters of this stage and of all stages before it.</param>
    /// <param name="compute">
    /// Runs the step. Its argument is a generator whose seed depends only on the study's seed and the step, so that a cached result is the
    /// one that the trial would have computed.
    /// </param>
    public ValueTask<T> StageAsync<T>(string step, bool cache, string[] parameters, Func<Random, ValueTask<T>> compute)
    {
        ArgumentNullException.ThrowIfNull(compute);
        EnterStep(step);
        var key = Parameters.KeyOf(parameters);

        // The seed does not depend on the parameters: all trials are compared on the same rows.
        Func<ValueTask<T>> run = () => compute(new Random(StepSeed.Of(_studySeed, step)));
        return cache ? _stages.GetAsync(step, key, run) : run();
    }

    /// <summary>Receives the scores of model_evaluate for one part of the data.</summary>
    /// <param name="part">train, validate or test; the loss of "validate" is the trial's loss.</param>
    /// <param name="loss">The loss; lower is better.</param>
    /// <param name="metrics">Further scores by name.</param>
    /// <exception cref="ArgumentException">Two scores have the same name.</exception>
    public void Evaluated(string part, double loss, params ReadOnlySpan<(string Name, double Value)> metrics)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { "loss" };
        foreach (var (name, _) in metrics)
        {
            if (!names.Add(name))
            {
                throw new ArgumentException($"model_evaluate gives two figures with the name '{name}'.", nameof(metrics));
            }
        }

        _scores[part] = new EvaluationScores(loss, metrics.ToArray());
    }
}

/// <summary>The scores of model_evaluate for one part of the data.</summary>
internal sealed record EvaluationScores(double Loss, (string Name, double Value)[] Metrics)
{
    /// <summary>All figures by name, the loss first.</summary>
    public IReadOnlyDictionary<string, double> Figures
    {
        get
        {
            var figures = new OrderedDictionary<string, double>(StringComparer.Ordinal) { ["loss"] = Loss };
            foreach (var (name, value) in Metrics)
            {
                figures.Add(name, value);
            }

            return figures;
        }
    }
}
