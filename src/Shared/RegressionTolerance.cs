using System.Globalization;

namespace LogMl.Shared;

/// <summary>How much worse than a baseline a result may be. Compiled into tasks and host.</summary>
/// <param name="Amount">The difference, or the percentage; 0 or more.</param>
/// <param name="IsPercent">Whether it is a percentage of the magnitude of the baseline.</param>
internal sealed record RegressionTolerance(double Amount, bool IsPercent)
{
    /// <summary>The valid texts, for a message.</summary>
    public const string Expected = "a number of at least 0 (0.01), or a percentage of the baseline (5%)";

    /// <summary>What holds when nothing is set: no result may be worse.</summary>
    public static readonly RegressionTolerance None = new(0, IsPercent: false);

    /// <summary>Reads <c>0.01</c> or <c>5%</c>; null when the text is something else.</summary>
    public static RegressionTolerance? Read(string text)
    {
        var number = text.Trim();
        var isPercent = number.Length > 0 && number[number.Length - 1] == '%';
        number = isPercent ? number.Substring(0, number.Length - 1) : number;
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
            && amount >= 0 && !double.IsInfinity(amount)
            ? new RegressionTolerance(amount, isPercent)
            : null;
    }

    /// <summary>The difference that is allowed. It is finite.</summary>
    /// <param name="baseline">The value of the baseline, a finite number.</param>
    public double For(double baseline)
    {
        if (!IsPercent)
        {
            return Amount;
        }

        // What has fewer digits comes first, unless that leaves the range of numbers.
        var difference = Math.Abs(baseline) * Amount / 100;
        return double.IsInfinity(difference) ? Math.Min(Math.Abs(baseline) / 100 * Amount, double.MaxValue) : difference;
    }
}
