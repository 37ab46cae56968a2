namespace LogMl.Storage;

/// <summary>A first or enqueued point that is not run, because a search constraint refuses it.</summary>
/// <param name="Values">
/// The values that are given, as in <see cref="Optimization.TrialView.Values"/>, without those that the sampler would add.
/// </param>
/// <param name="Reason">What refuses it.</param>
public sealed record RefusedPoint(IReadOnlyDictionary<string, double> Values, string Reason)
{
    /// <summary>The names of the search constraints that refuse it.</summary>
    internal IReadOnlyCollection<string> Constraints { get; init; } = [];
}
