using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Stopping;

/// <summary>
/// Ends a search when no point can be much better than the evaluated ones (A. Makarova et al., "Automatic termination for hyperparameter
/// optimization", AutoML 2022): the simple regret is at most min ucb(evaluated points) - min lcb(all points), and the search ends when that
/// is below the error of the loss.
/// </summary>
/// <remarks>
/// The confidence bounds lcb and ucb are mean -+ sqrt(beta) standard deviations, with beta = 2 ln(d t^2 pi^2 / (6 delta)) / 5 for t
/// complete trials of d parameters; the division by 5 is from N. Srinivas et al., ICML 2010, section 6.
/// </remarks>
internal sealed class RegretCriterion : StoppingCriterion
{
    private const long Salt = 0x5265677265740001;

    private readonly RegretOptions _options;
    private readonly Func<History, int[], ILossModel> _fit;
    private readonly bool _areReportsFolds;

    /// <summary>Creates the criterion.</summary>
    /// <param name="options">The options.</param>
    /// <param name="fit">Fits the model to the complete and feasible trials with these numbers.</param>
    /// <param name="areReportsFolds">Whether the loss is the mean of a trial's reports, so that they show its error.</param>
    public RegretCriterion(RegretOptions options, Func<History, int[], ILossModel> fit, bool areReportsFolds = false)
    {
        options.Validate();
        _options = options;
        _fit = fit;
        _areReportsFolds = areReportsFolds;
    }

    internal override StudyEnd? Check(Study study, History history)
    {
        int[] complete = [.. Enumerable.Range(0, history.Count)
            .Where(i => history.State(i) == TrialState.Complete && history.Violation(i) == 0)];
        if (complete.Length < _options.MinTrials)
        {
            return null;
        }

        var model = _fit(history, complete);
        var bound = RegretBound(study, history, complete, model);
        var level = _options.ErrorLevel ?? (_areReportsFolds ? FoldError.Of(study, history, complete) : null) ?? model.Noise;
        return bound < level
            ? new StudyEnd(
                StopReason.Regret,
                Require.Text($"No point is expected to be better than the best one by more than {bound}, less than the error of {level}."))
            : null;
    }

    private double RegretBound(Study study, History history, int[] complete, ILossModel model)
    {
        double t = complete.Length;
        double d = Math.Max(1, history.Parameters.Count);
        var beta = 2 * PortableMath.Log(d * t * t * Math.PI * Math.PI / (6 * _options.Delta)) / 5;
        var width = Math.Sqrt(Math.Max(beta, 0));
        var bestUpper = double.PositiveInfinity;
        var bestLower = double.PositiveInfinity;
        foreach (var number in complete)
        {
            (var mean, var deviation) = model.At(study.Trials[number].Point);
            bestUpper = Math.Min(bestUpper, mean + width * deviation);
            bestLower = Math.Min(bestLower, mean - width * deviation);
        }

        var point = new ParameterValues(history.Parameters.Count);
        var random = new RandomStream(Salt, complete.Length);
        for (var i = 0; i < _options.Candidates; i++)
        {
            point.CopyFrom(history.Fixed);
            RandomSampler.DrawMissing(history.Parameters, random, point);
            point.ClearInactive(history.Parameters);
            (var mean, var deviation) = model.At(point);
            bestLower = Math.Min(bestLower, mean - width * deviation);
        }

        return bestUpper - bestLower;
    }
}
