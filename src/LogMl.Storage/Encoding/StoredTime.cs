using System.Globalization;

namespace LogMl.Storage.Encoding;

/// <summary>Times in Optuna's form in SQLite: UTC, <c>2026-11-24 10:15:00.123456</c>, with six digits after the second or none.</summary>
internal static class StoredTime
{
    private const string Format = "yyyy-MM-dd HH:mm:ss.FFFFFF";
    private const int WholeLength = 26;

    /// <returns>Null when the text is no such time.</returns>
    public static DateTime? Read(string text)
    {
        // A long study has hundreds of thousands of times, and the general way takes ten times as long.
        if (text.Length == WholeLength && text[4] == '-' && text[7] == '-' && text[10] == ' ' && text[13] == ':' && text[16] == ':'
            && text[19] == '.'
            && (Number(text, 0, 4), Number(text, 5, 2), Number(text, 8, 2)) is (>= 1, >= 1 and <= 12, >= 1 and <= 28) and var (year, month,
                day)
            && (Number(text, 11, 2), Number(text, 14, 2), Number(text, 17, 2), Number(text, 20, 6)) is (>= 0 and <= 23, >= 0 and <= 59,
                >= 0 and <= 59, >= 0) and var (hour, minute, second, micro))
        {
            return new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).AddTicks(micro * TimeSpan.TicksPerMicrosecond);
        }

        return DateTime.TryParseExact(
            text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
    }

    /// <summary>The number in these digits; -1 when one is no digit.</summary>
    private static int Number(string text, int start, int length)
    {
        var number = 0;
        for (var i = start; i < start + length; i++)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                return -1;
            }

            number = (number * 10) + (text[i] - '0');
        }

        return number;
    }
}
