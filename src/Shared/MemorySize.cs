using System.Globalization;

namespace LogMl.Shared;

/// <summary>Reads a size of memory as people write it: <c>500MB</c>, <c>1.5GiB</c>, or a number of bytes.</summary>
internal static class MemorySize
{
    /// <summary>The valid forms, for a message.</summary>
    public const string Expected = "a size of at least 32MB: a number with a unit, such as 500MB, 2GB or 1.5GiB, or a number of bytes";

    /// <summary>The least size in bytes: what a .NET process needs before it does anything.</summary>
    private const double Least = 32e6;

    /// <summary>The units. A unit comes before another one that it ends with.</summary>
    private static readonly (string Name, double Bytes)[] Units =
    [
        ("KiB", 1024), ("MiB", 1024 * 1024), ("GiB", 1024 * 1024 * 1024), ("TiB", 1024.0 * 1024 * 1024 * 1024), ("KB", 1e3), ("MB", 1e6),
        ("GB", 1e9), ("TB", 1e12), ("", 1),
    ];

    /// <summary>The bytes that a text means; null when it is no size, or one that no process can run in.</summary>
    public static long? Read(string text)
    {
        var trimmed = text.Trim();
        var unit = Array.Find(Units, known => trimmed.EndsWith(known.Name, StringComparison.OrdinalIgnoreCase));
        var digits = trimmed.Substring(0, trimmed.Length - unit.Name.Length).TrimEnd();
        var isNumber = double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        var bytes = Math.Round(number * unit.Bytes);
        return isNumber && bytes >= Least && bytes < long.MaxValue ? (long)bytes : null;
    }

    /// <summary>The size for people, in the largest unit that fits.</summary>
    public static string Show(long bytes)
    {
        var (name, size) = bytes >= 1e9 ? ("GB", 1e9) : ("MB", 1e6);
        return (bytes / size).ToString("0.###", CultureInfo.InvariantCulture) + " " + name;
    }
}
