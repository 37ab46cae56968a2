using System.Globalization;

namespace LogMl.Shared;

/// <summary>A number as people read it: four significant digits, but no power of ten for what is as short without it.</summary>
internal static class ShortNumber
{
    private const double LeastWhole = 1e4;
    private const double GreatestWhole = 1e9;

    public static string Of(double value) =>
        value.ToString(Math.Abs(value) is >= LeastWhole and < GreatestWhole ? "F0" : "G4", CultureInfo.InvariantCulture);
}
