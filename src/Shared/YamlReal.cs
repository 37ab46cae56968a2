using System.Globalization;

namespace LogMl.Shared;

/// <summary>Real numbers as both versions of YAML read them. Compiled into the configuration, which says what to write, and the host, which writes.</summary>
internal static class YamlReal
{
    /// <summary>YAML 1.1 takes an exponent only after a point, and with its sign: 1.0e-05.</summary>
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
