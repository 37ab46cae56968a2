using System.Globalization;

namespace LogMl.Shared;

/// <summary>Times in messages.</summary>
internal static class TimeText
{
    /// <summary>A time to the minute: <c>2026-11-26 09:14 UTC</c>.</summary>
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
