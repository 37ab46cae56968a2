namespace LogMl.Storage;

/// <summary>A first or enqueued point that is not run, because a search constraint refuses it.</summary>
/// <param name="Values">Its values, as in <see cref="Optimization.TrialView.Values"/>; those that the sampler would add are not given.</param>
/// <param name="Reason">What refuses it.</param>
public sealed record RefusedPoint(IReadOnlyDictionary<string, double> Values, string Reason);
