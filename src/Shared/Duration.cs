using System.Globalization;
using System.Text.RegularExpressions;

namespace LogMl.Shared;

/// <summary>Reads a duration as people write it: <c>90s</c>, <c>10m</c>, <c>1h30m</c>, <c>00:10:00</c>, or a number of seconds.</summary>
internal static class Duration
{
    /// <summary>The valid forms, for a message.</summary>
    public const string Expected =
        "a time above 0: a number of seconds, numbers with units such as 90s, 10m, 1h30m or 2d, or hours:minutes:seconds such as 00:10:00";

    /// <summary>The longest duration in seconds, a hundred years. A longer one could overflow a clock.</summary>
    private const double Longest = 3.2e9;

    private const string Number = @"([0-9]+(?:\.[0-9]+)?|\.[0-9]+)";

    /// <summary>Units in descending order, each at most once.</summary>
    private static readonly Regex WithUnits = new(
        $@"^(?:{Number}d)?\s*(?:{Number}h)?\s*(?:{Number}m)?\s*(?:{Number}s)?\z", RegexOptions.CultureInvariant);

    private static readonly Regex Clock = new(@"^([0-9]{1,6}):([0-5][0-9]):([0-5][0-9](?:\.[0-9]+)?)\z", RegexOptions.CultureInvariant);

    private static readonly double[] UnitSeconds = [86400, 3600, 60, 1];
    private static readonly double[] ClockSeconds = [3600, 60, 1];

    /// <summary>The seconds that a text means; null when it is no duration, or one that is not in the range.</summary>
    public static double? ReadSeconds(string text)
    {
        var trimmed = text.Trim();
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var seconds = double.TryParse(trimmed, Style, CultureInfo.InvariantCulture, out var number) ? number
            : Clock.Match(trimmed) is { Success: true } clock ? Sum(clock, ClockSeconds)
            : WithUnits.Match(trimmed) is { Success: true } units ? Sum(units, UnitSeconds)
            : 0;
        return seconds > 0 && seconds < Longest ? seconds : null;
    }

    private static double Sum(Match match, double[] seconds)
    {
        var sum = 0.0;
        for (var i = 0; i < seconds.Length; i++)
        {
            var part = match.Groups[i + 1];
            sum += part.Success ? double.Parse(part.Value, CultureInfo.InvariantCulture) * seconds[i] : 0;
        }

        return sum;
    }
}
