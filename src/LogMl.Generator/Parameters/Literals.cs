using System.Globalization;
using LogMl.Configuration.Model;
using Microsoft.CodeAnalysis.CSharp;

namespace LogMl.Generator.Parameters;

/// <summary>Values as C# expressions, the same under every culture.</summary>
internal static class Literals
{
    public static string Of(ConfigurationValue value) => value switch
    {
        ConfigurationValue.Bool boolean => boolean.Value ? "true" : "false",
        ConfigurationValue.Integer integer => integer.Value is >= int.MinValue and <= int.MaxValue
            ? integer.Value.ToString(CultureInfo.InvariantCulture)
            : Long(integer.Value),
        ConfigurationValue.Number number => Double(number.Value),
        ConfigurationValue.Text text => Text(text.Value),
        ConfigurationValue.List list => "[" + string.Join(", ", list.Items.Select(Of)) + "]",
        _ => "null",
    };

    public static string Long(long value) => value.ToString(CultureInfo.InvariantCulture) + "L";

    /// <summary>A double that reads as one: <c>1.0</c>, not <c>1</c>.</summary>
    public static string Double(double value)
    {
        if (double.IsInfinity(value) || double.IsNaN(value))
        {
            return double.IsNaN(value) ? "double.NaN" : value > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity";
        }

        var text = RoundTrip(value);
        return text.IndexOfAny(['.', 'E']) < 0 ? text + ".0" : text;
    }

    public static string Text(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    /// <summary>The shortest decimal form that reads back as the same number.</summary>
    public static string RoundTrip(double value)
    {
        // On the .NET Framework, on which the generator runs in Visual Studio, "R" is not always the shortest form.
        var text = value.ToString("G15", CultureInfo.InvariantCulture);
        return double.Parse(text, CultureInfo.InvariantCulture).Equals(value) ? text : value.ToString("R", CultureInfo.InvariantCulture);
    }
}
