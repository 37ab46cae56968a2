using System.Globalization;
using LogMl.Host.Results;
using LogMl.Optimization;
using LogMl.Shared;

namespace LogMl.Host.Gating;

/// <summary>What people read of the gate: lines of the summary, sentences of summary.md, and the errors that fail the build.</summary>
internal static class GateText
{
    /// <summary>The lines of the summary, one for each comparison, short enough for 80 columns.</summary>
    /// <param name="outcome">The outcome; null when no gate was asked for.</param>
    public static IEnumerable<string> Lines(GateOutcome? outcome)
    {
        if (outcome is null)
        {
            yield break;
        }

        if (outcome.Reason is { } reason)
        {
            yield return outcome.State == GateState.Unchecked ? $"gate not looked at: {reason}" : $"gate failed: {reason}";
        }

        foreach (var check in outcome.Checks)
        {
            yield return $"gate {(check.IsPassed ? "passed" : "failed")}: {Formula(check)}";
        }

        if (outcome is { OutdatedBest: { } best, Checks.Count: > 0 })
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"gate: trial {best} is of other inputs, so that it was not judged");
        }

        if (outcome is { OtherRows: { } changes, Checks.Count: > 0 })
        {
            yield return $"gate: the baseline is of other rows: {changes}";
        }
    }

    /// <summary>The sentences of summary.md.</summary>
    public static IEnumerable<string> Sentences(GateOutcome outcome)
    {
        if (outcome.Reason is { } reason)
        {
            yield return $"{char.ToUpperInvariant(reason[0])}{reason[1..]}.";
        }

        foreach (var check in outcome.Checks)
        {
            yield return Sentence(check);
        }

        if (outcome is { OutdatedBest: { } best, Checks.Count: > 0 })
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"Trial {best}, the best one, is of other inputs than today's, so that it was not judged.");
        }

        if (outcome is { OtherRows: { } changes, Checks.Count: > 0 })
        {
            yield return $"The baseline was computed from other rows, so that the numbers may not be comparable: {changes}.";
        }
    }

    /// <summary>The error that fails the build for what is not kept; null when the gate is passed, or was not looked at.</summary>
    /// <param name="outcome">The outcome; null when no gate was asked for.</param>
    public static HostException? Error(GateOutcome? outcome)
    {
        if (outcome is not { State: GateState.Failed })
        {
            return null;
        }

        if (outcome.Reason is { } reason)
        {
            return new HostException(HostErrors.GateUndecided, $"The gate cannot be passed: {reason}.");
        }

        var broken = outcome.Checks.Where(check => !check.IsPassed).ToArray();
        var isRegression = broken.Any(check => check.Baseline is not null);
        return new HostException(
            isRegression ? HostErrors.Regression : HostErrors.LossAboveLimit,
            $"{string.Join(" ", broken.Select(Sentence))} "
            + (isRegression
                ? "Find what has made it worse, or search longer. When the new value is right, write it with -t:HyperOptBaseline, and "
                    + "commit it."
                : $"Find what has made it worse, search longer, or raise {GateLimits.MaxLoss}."));
    }

    private static string Formula(GateCheck check)
    {
        var isMaximized = check.Direction == Direction.Maximize;
        var sign = isMaximized ? " - " : " + ";
        var compared = (check.IsPassed, isMaximized) switch
        {
            (true, false) => "<=",
            (false, false) => ">",
            (true, true) => ">=",
            (false, true) => "<",
        };
        var text = Figures.Of(check);
        if (check.Baseline is not { } baseline)
        {
            return $"{check.Score} {text.Value} {compared} {text.Limit}";
        }

        var limit = $"baseline {text.Baseline}";
        limit += baseline.Tolerance > 0 ? sign + ShortNumber.Of(baseline.Tolerance) : "";
        limit += baseline.Folds > 0 ? $"{sign}{ShortNumber.Of(baseline.Noise)} noise" : ", no standard error";
        return $"{check.Score} {text.Value} {compared} {limit}";
    }

    private static string Sentence(GateCheck check)
    {
        var text = Figures.Of(check);
        var subject = string.Create(CultureInfo.InvariantCulture, $"The {check.Score} is {text.Value} (trial {check.Trial})");
        var (least, worse) = check.Direction == Direction.Maximize ? ("at least", "less") : ("at most", "more");
        if (check.Baseline is not { } baseline)
        {
            return $"{subject}, and {check.Property} allows {least} {text.Limit}"
                + (check.StandardError is { } error ? $"; its standard error is {ShortNumber.Of(error)}." : ".");
        }

        var noise = (check.StandardError, baseline.IsPaired) switch
        {
            (null, _) => "; no standard error is known, so that nothing is added for chance",
            ({ } error, var isPaired) => string.Create(
                CultureInfo.InvariantCulture,
                $" and {ShortNumber.Of(baseline.Noise)} {worse} for chance (the standard error of the difference is "
                + $"{ShortNumber.Of(error)}, {(isPaired ? "fold by fold" : "both errors together")} over {baseline.Folds} folds)"),
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{subject}, and that of the baseline {text.Baseline} (trial {baseline.Trial}): {least} {text.Limit} is allowed, "
            + $"{ShortNumber.Of(baseline.Tolerance)} {worse} by {GateLimits.MaxRegression}{noise}.");
    }

    /// <summary>The numbers of a comparison: of one that is not passed with as many digits as show that.</summary>
    private sealed record Figures(string Value, string Limit, string Baseline)
    {
        public static Figures Of(GateCheck check)
        {
            var before = check.Baseline?.Value ?? check.Limit;
            var value = ShortNumber.Of(check.Value);
            return check.IsPassed || (value != ShortNumber.Of(check.Limit) && value != ShortNumber.Of(before))
                ? new Figures(value, ShortNumber.Of(check.Limit), ShortNumber.Of(before))
                : new Figures(Exact(check.Value), Exact(check.Limit), Exact(before));
        }

        private static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);
    }
}
