using LogMl.Optimization;

namespace LogMl.Report.Model;

/// <summary>The best value so far of an objective: each trial that was better than all before it, and the last one.</summary>
/// <param name="Number">The numbers of the trials, in the order in which they were better.</param>
/// <param name="Best">The best value by the number of trials.</param>
/// <param name="Seconds">The ends of the trials that were better, in the order of time, in seconds since the first trial began.</param>
/// <param name="BestByTime">The best value by the time.</param>
internal sealed record BestSoFar(int[] Number, double[] Best, double[] Seconds, double[] BestByTime)
{
    public static BestSoFar Of(
        IReadOnlyList<(int Number, double Seconds, IReadOnlyList<double> Values)> results, int objective, Direction direction)
    {
        var byNumber = Steps(results.OrderBy(result => result.Number)).ToArray();
        var byTime = Steps(results.OrderBy(result => result.Seconds)).ToArray();
        return new BestSoFar(
            [.. byNumber.Select(step => step.Number)], [.. byNumber.Select(step => step.Best)],
            [.. byTime.Select(step => step.Seconds)], [.. byTime.Select(step => step.Best)]);

        IEnumerable<(int Number, double Seconds, double Best)> Steps(
            IEnumerable<(int Number, double Seconds, IReadOnlyList<double> Values)> ordered)
        {
            (int Number, double Seconds, double Best)? best = null;
            (int Number, double Seconds) last = default;
            foreach (var (number, seconds, values) in ordered)
            {
                last = (number, seconds);
                var value = values[objective];
                if (best is not { } before || (direction == Direction.Maximize ? value > before.Best : value < before.Best))
                {
                    yield return (best = (number, seconds, value)).Value;
                }
            }

            if (best is { } found && last.Number != found.Number)
            {
                yield return (last.Number, last.Seconds, found.Best);
            }
        }
    }
}
