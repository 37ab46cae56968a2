using System.Globalization;

namespace LogMl.Shared;

/// <summary>The bound of a constraint on a metric, such as <c>&lt;= 20</c>. A metric that is exactly at its bound keeps it.</summary>
/// <param name="IsUpper">Whether the metric must be at most the limit; else it must be at least that.</param>
/// <param name="Limit">The limit, a finite number.</param>
internal sealed record MetricBound(bool IsUpper, double Limit)
{
    private const string AtMost = "<=";
    private const string AtLeast = ">=";

    /// <summary>What is valid, for messages.</summary>
    public const string Expected = "a comparison with a number, such as '<= 20' or '>= 0.9'";

    /// <summary>Reads a bound. Blanks do not matter. Returns null when the text is invalid.</summary>
    public static MetricBound? Read(string text)
    {
        var trimmed = text.Trim();
        var isUpper = trimmed.StartsWith(AtMost, StringComparison.Ordinal);
        if (!isUpper && !trimmed.StartsWith(AtLeast, StringComparison.Ordinal))
        {
            return null;
        }

        var number = trimmed.Substring(AtMost.Length);
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var limit)
            && !double.IsNaN(limit) && !double.IsInfinity(limit)
            ? new MetricBound(isUpper, limit)
            : null;
    }

    /// <summary>
    /// The bound that a text with another operator probably means: <c>&lt;= 20</c> for <c>&lt; 20</c>. Null when there is none.
    /// </summary>
    public static MetricBound? MeantBy(string text)
    {
        var trimmed = text.Trim();
        var limit = trimmed.TrimStart('<', '>', '=', '≤', '≥');
        var operation = trimmed.Substring(0, trimmed.Length - limit.Length);
        var meant = operation switch
        {
            "<" or "=<" or "≤" => AtMost,
            ">" or "=>" or "≥" => AtLeast,
            _ => null,
        };
        return meant is null ? null : Read(meant + limit);
    }

    /// <summary>
    /// The value of the constraint for a metric, as Optuna has it: at most 0 when the metric keeps the bound. It is a fraction of the limit
    /// (unless that is 0), so that the violations of constraints in different units can be added.
    /// </summary>
    public double Measure(double metric)
    {
        var excess = IsUpper ? metric - Limit : Limit - metric;
        return Limit == 0 ? excess : excess / Math.Abs(Limit);
    }

    /// <summary>The bound in its one written form, which <see cref="Read"/> reads.</summary>
    public override string ToString() => (IsUpper ? AtMost : AtLeast) + " " + Limit.ToString("R", CultureInfo.InvariantCulture);
}
