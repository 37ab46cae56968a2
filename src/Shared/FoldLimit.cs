namespace LogMl.Shared;

/// <summary>The limit of the folds of a cross-validation. The compiler checks it as far as it knows them, and each trial does.</summary>
internal static class FoldLimit
{
    /// <summary>The greatest number of folds.</summary>
    public const int Most = 10_000;

    /// <summary>What is wrong with a method that makes more of them, and what to do.</summary>
    /// <param name="method">The method.</param>
    /// <param name="count">The folds that it makes.</param>
    public static string Problem(string method, double count) => string.Format(
        System.Globalization.CultureInfo.InvariantCulture,
        "{0} makes {1:N0} folds, each of which is a training; at most {2:N0} are possible", method, count, Most);
}
