using System.Globalization;

namespace LogMl.Shared;

/// <summary>
/// Writes real numbers so that YAML 1.1 and 1.2 read them as real. Compiled into the configuration, which suggests values, and the host,
/// which writes them.
/// </summary>
internal static class YamlReal
{
    /// <summary>The number as text. YAML 1.1 accepts an exponent only after a point, and with its sign: 1.0e-05.</summary>
    public static string Of(double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            return double.IsNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
        }

        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = text.IndexOf('E');
        return (text.IndexOf('.') < 0 ? text.Insert(exponent < 0 ? text.Length : exponent, ".0") : text).Replace('E', 'e');
    }
}
