namespace LogMl.Optimization;

/// <summary>
/// A relation between parameters that a point must keep to be tried, such as
/// <c>new SearchConstraint("fits in memory", point => point["leaves"] * point["depth"] &lt; 1000)</c>.
/// </summary>
/// <param name="Name">The name, for errors; not empty.</param>
/// <param name="IsAllowed">
/// Whether a point may be tried. It gets the values of all parameters that exist at the point, as in <see cref="TrialView.Values"/>: for a
/// choice the index of the option. It is called often, also for points that are not tried, and under the lock of the study: it must answer
/// quickly, the same for the same point, and not use the study. An exception of it reaches the caller that asks for a trial, and no trial
/// starts.
/// </param>
public sealed record SearchConstraint(string Name, Func<IReadOnlyDictionary<string, double>, bool> IsAllowed);
