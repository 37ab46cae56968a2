using System.ComponentModel;
using System.Globalization;
using LogMl.Shared;

namespace LogMl.Runtime;

/// <summary>One run of a workflow, for generated code: it has the parameters and receives the scores. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WorkflowRun
{
    private const string Validate = "validate";

    private readonly ITrial _trial;
    private readonly FoldTrial _foldTrial;
    private readonly StageCache _stages;
    private readonly long _studySeed;
    private readonly Dictionary<string, EvaluationScores> _scores = new(StringComparer.Ordinal);

    /// <summary>The number of the fold that runs; null outside of a cross-validation.</summary>
    private int? _fold;

    internal WorkflowRun(ITrial trial, ParameterValues parameters, long studySeed, bool isFull, bool saves, StageCache stages)
    {
        _trial = trial;
        _foldTrial = new FoldTrial(trial);
        Parameters = parameters;
        IsFull = isFull;
        Saves = saves;
        _studySeed = studySeed;
        _stages = stages;
    }

    /// <summary>The trial, for steps that take an <see cref="ITrial"/>.</summary>
    public ITrial Trial => _fold is null ? _trial : _foldTrial;

    /// <summary>The seed of the folds when the file has none: that of the study, so that all trials have the same folds.</summary>
    public long FoldSeed => _studySeed;

    /// <summary>The parameter values of the trial.</summary>
    public ParameterValues Parameters { get; }

    /// <summary>The token of the trial.</summary>
    public CancellationToken CancellationToken => Trial.CancellationToken;

    /// <summary>Whether this run also scores the training and test sets (a single run, and the runs at the end of a search).</summary>
    public bool IsFull { get; }

    /// <summary>Whether this run also runs the steps of full runs, which predict and save (a single run, and the final run).</summary>
    public bool Saves { get; }

    /// <summary>
    /// Whether a cross-validated run also trains a model on all rows besides the test part: a full run, and one that gives its model to the
    /// program.
    /// </summary>
    public bool TrainsOnAllRows => IsFull || _trial is DirectTrial;

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

    private string FoldKey => _fold is { } fold ? string.Create(CultureInfo.InvariantCulture, $"\u001efold={fold}") : "";

    /// <summary>Generated code calls this before each step that is not a stage.</summary>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    /// <exception cref="TrialPrunedException">The previous step was told to end the trial, and has returned.</exception>
    public void EnterStep(string step)
    {
        CancellationToken.ThrowIfCancellationRequested();
        var running = _trial as RunningTrial;
        if (running is { IsPruned: true })
        {
            throw new TrialPrunedException();
        }

        CurrentStep = step;
        running?.EnterStep(step);
    }

    /// <summary>
    /// A generator for a step that is not a stage: a function of the trial's seed, the step's name, and the fold when there is one.
    /// </summary>
    public Random Random(string step) => new(StepSeed.Of(Trial.Seed, step + FoldKey));

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
        var key = Parameters.KeyOf(parameters) + FoldKey;

        // The seed does not depend on the parameters: all trials are compared on the same rows.
        Func<ValueTask<T>> run = () => compute(new Random(StepSeed.Of(_studySeed, step)));
        return cache ? _stages.GetAsync(step, key, run) : run();
    }

    /// <summary>
    /// Goes through the folds of a cross-validation. The value of the objective for each fold is reported as the step of its number, from
    /// 0, and the pruner may end the trial before the next one. At the end the scores of the validation part are the means over the folds.
    /// <para>A worker that is asked for one fold goes through that one alone, whose scores are then those of the run: the host reports
    /// them and computes the means.</para>
    /// </summary>
    /// <param name="folds">The folds.</param>
    /// <param name="objectives">The names of the objectives. The folds of several are not reported, because no pruner takes them.</param>
    /// <exception cref="TrialPrunedException">The pruner has ended the trial.</exception>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public IEnumerable<Fold> CrossValidate(FoldSet folds, params string[] objectives)
    {
        ArgumentNullException.ThrowIfNull(folds);
        ArgumentNullException.ThrowIfNull(objectives);
        if (folds.Warning is { } warning && _trial is RunningTrial running)
        {
            running.Warn(warning);
        }

        if (_trial is RunningTrial { Fold: { } only } asked)
        {
            asked.TellFolds(folds.Count);
            _fold = only;
            yield return folds.At(only);
            yield break;
        }

        var scores = new FoldScores(objectives);
        var number = 0;
        foreach (var fold in folds.Folds)
        {
            _fold = number;
            yield return fold;
            var last = _scores[Validate];
            scores.Add(last.Figures);
            if (objectives is [var objective])
            {
                _trial.Report(last.Figures[objective], number);
            }

            number++;

            // After the last fold there is nothing to save.
            if (number < folds.Count)
            {
                _trial.ThrowIfPruned();
            }
        }

        _fold = null;
        _scores[Validate] = EvaluationScores.Of(scores.Mean());
    }

    /// <summary>Receives the scores of model_evaluate for one part of the data.</summary>
    /// <param name="part">train, validate or test; the search looks at the scores of "validate".</param>
    /// <param name="loss">The loss; lower is better. Null when the result has none, because the search has other objectives.</param>
    /// <param name="metrics">Further scores by name.</param>
    /// <exception cref="ArgumentException">Two scores have the same name.</exception>
    public void Evaluated(string part, double? loss, params ReadOnlySpan<(string Name, double Value)> metrics)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { ObjectiveWords.Loss };
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
internal sealed record EvaluationScores(double? Loss, (string Name, double Value)[] Metrics)
{
    /// <summary>All figures by name, the loss first.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; } = FiguresOf(Loss, Metrics);

    public static EvaluationScores Of(IReadOnlyDictionary<string, double> figures) => new(
        figures.TryGetValue(ObjectiveWords.Loss, out var loss) ? loss : null,
        [.. figures.Where(figure => figure.Key != ObjectiveWords.Loss).Select(figure => (figure.Key, figure.Value))]);

    private static OrderedDictionary<string, double> FiguresOf(double? loss, (string Name, double Value)[] metrics)
    {
        var figures = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        if (loss is { } value)
        {
            figures.Add(ObjectiveWords.Loss, value);
        }

        foreach (var (name, metric) in metrics)
        {
            figures.Add(name, metric);
        }

        return figures;
    }
}
