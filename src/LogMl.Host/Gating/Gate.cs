using System.Globalization;
using LogMl.Host.Inputs;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Optimization;
using LogMl.Shared;
using LogMl.Shared.Requests;
using LogMl.Storage;

namespace LogMl.Host.Gating;

/// <summary>
/// Judges what a search has found by what the build asks: <c>HyperOptMaxLoss</c>, and <c>HyperOptBaseline</c> with
/// <c>HyperOptMaxRegression</c>. What is judged is the best trial of today's inputs: a result of other code says nothing about today's.
/// </summary>
internal sealed class Gate
{
    private readonly Goals _goals;
    private readonly double? _maxLoss;
    private readonly Baseline? _baseline;
    private readonly RegressionTolerance _tolerance;

    private Gate(Goals goals, double? maxLoss, Baseline? baseline, RegressionTolerance tolerance)
    {
        (_goals, _maxLoss, _baseline, _tolerance) = (goals, maxLoss, baseline, tolerance);
    }

    /// <summary>The gate of a call; null when the build asks for none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="goals">What the search looks for.</param>
    /// <exception cref="HostException">The baseline cannot be used, or is of something else.</exception>
    public static Gate? Of(HostRequest request, Goals goals)
    {
        if (request.MaxLoss is null && request.Baseline is null)
        {
            return null;
        }

        var baseline = request.Baseline is { } path ? BaselineFile.Read(path) : null;
        if (baseline?.DifferenceFrom(request.Study, request.Workflow, goals) is { } difference)
        {
            throw BaselineFile.Unusable(request.Baseline!, difference);
        }

        return new Gate(
            goals,
            request.MaxLoss is { } loss ? (double)GateLimits.Loss.Read(loss)! : null,
            baseline,
            request.MaxRegression is { } tolerance ? RegressionTolerance.Read(tolerance)! : RegressionTolerance.None);
    }

    /// <summary>Warns when the trials of this call are judged on other rows than the baseline was.</summary>
    public void WarnOfRows(HostEvents events, InputFingerprint today)
    {
        if (OtherRows(today) is { } changes)
        {
            events.Warning(
                HostErrors.BaselineOfOtherRows, SourcePlace.Unknown,
                $"The baseline was computed from other rows than today's results are: {changes}. A loss of other rows is another loss, so "
                + "that the gate compares what may not be comparable. When the change is meant, search, and write the baseline anew with "
                + "-t:HyperOptBaseline.");
        }
    }

    /// <summary>The outcome of a search whose result is not looked at.</summary>
    /// <param name="why">Why, in a clause.</param>
    public static GateOutcome NotLookedAt(string why) => new(GateState.Unchecked, why, []);

    /// <summary>Judges a study, unless its search was cancelled.</summary>
    /// <param name="study">The study.</param>
    /// <param name="trials">Its finished trials.</param>
    /// <param name="inputs">What they were computed from.</param>
    /// <param name="isCancelled">Whether the search was cancelled.</param>
    public GateOutcome VerdictOn(StudyView study, IReadOnlyList<FinishedTrial> trials, TrialInputs inputs, bool isCancelled) =>
        isCancelled ? NotLookedAt("the search was cancelled") : Judge(study, trials, inputs);

    private GateOutcome Judge(StudyView study, IReadOnlyList<FinishedTrial> trials, TrialInputs inputs)
    {
        var outcome = new GateOutcome(GateState.Failed, null, [])
        {
            OutdatedBest = study.Best is { } first && inputs.IsOutdated(first.Number) ? first.Number : null,
            OtherRows = OtherRows(inputs.Current),
        };
        var results = study.Results;
        var front = ParetoFront.Of(results.Where(result => !inputs.IsOutdated(result.Number)));
        if (ParetoFront.Choose(front) is not { } best)
        {
            return outcome with
            {
                Reason = results.Count == 0
                    ? _goals.Constraints.Count == 0 ? "no trial is complete" : $"no trial keeps the constraints ({_goals.ConstraintWords})"
                    : "no trial was computed from today's inputs, so that nothing is known of them; set HyperOptReevaluate=true to run the "
                        + "best ones again, or raise max_evals",
            };
        }

        var candidates = new Candidates(_goals, study, trials, inputs.Current.CrossValidation);
        List<GateCheck> checks = [];
        if (_maxLoss is { } limit)
        {
            if (candidates.LossOf(best) is not { } loss)
            {
                return outcome with
                {
                    Reason = $"{GateLimits.MaxLoss} is {Text(limit)}, but model_evaluate gives no loss: the search {_goals.Words}. Gate it "
                        + $"with {GateLimits.Baseline} instead, or let model_evaluate give a loss too",
                };
            }

            checks.Add(new GateCheck(
                GateLimits.MaxLoss, best.Number, ObjectiveWords.Loss, Direction.Minimize, loss.Value, limit, loss.StandardError));
        }

        if (_baseline is not null)
        {
            // With several objectives one trial of the front has to keep up with the baseline in all of them.
            var isPaired = RowChanges(inputs.Current, withSeed: true).Count == 0;
            checks.AddRange(front.Select(result => Compare(result.Number, candidates.FiguresOf(result), isPaired))
                .OrderBy(compared => compared.Count(check => !check.IsPassed)).ThenBy(compared => compared.Max(Excess)).First());
        }

        return outcome with
        {
            State = checks.TrueForAll(check => check.IsPassed) ? GateState.Passed : GateState.Failed,
            Checks = checks,
        };
    }

    /// <summary>How far a value is beyond its limit, in the unit of what it may be beyond the baseline.</summary>
    private static double Excess(GateCheck check)
    {
        var beyond = check.Direction == Direction.Maximize ? check.Limit - check.Value : check.Value - check.Limit;
        return beyond / Math.Max(Math.Abs(check.Baseline!.Value), double.Epsilon);
    }

    private IReadOnlyList<GateCheck> Compare(int trial, IReadOnlyList<ObjectiveFigures> figures, bool isPaired) =>
        [.. figures.Zip(_baseline!.Objectives, (now, then) => Compare(trial, now, then, isPaired))];

    private GateCheck Compare(int trial, ObjectiveFigures now, ObjectiveFigures then, bool isPaired)
    {
        var noise = Noise.Between(now, then, isPaired, _baseline!.Rows.CrossValidation);
        var tolerance = _tolerance.For(then.Value);
        var allowed = tolerance + (noise?.Margin ?? 0);
        return new GateCheck(
            GateLimits.Baseline, trial, now.Name, now.Direction, now.Value,
            Math.Clamp(
                now.Direction == Direction.Maximize ? then.Value - allowed : then.Value + allowed, double.MinValue, double.MaxValue),
            noise?.StandardError)
        {
            Baseline = new BaselineComparison(
                then.Value, _baseline.Trial, tolerance, noise?.Margin ?? 0, noise?.Folds ?? 0, noise?.IsPaired == true),
        };
    }

    /// <summary>With cross-validation the rows of another seed are another sample, and the standard errors say what that makes.</summary>
    private string? OtherRows(InputFingerprint today) =>
        RowChanges(today, withSeed: today.CrossValidation is null) is { Count: > 0 } changes ? InputFingerprint.Describe(changes) : null;

    private IReadOnlyList<string> RowChanges(InputFingerprint today, bool withSeed) =>
        _baseline is null ? [] : today.OfRows(withSeed).ChangesSince(_baseline.Rows);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
