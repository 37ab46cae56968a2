using System.Globalization;
using LogMl.Configuration.Model;

namespace LogMl.Configuration.Reading;

/// <summary>Reads plain scalars by the core schema of YAML 1.2 (YAML 1.2.2, section 10.3.2).</summary>
internal static class Yaml12Scalars
{
    /// <summary>
    /// The value of a plain scalar. A number that is infinite, not a number, or an integer beyond 64 bits is a
    /// <see cref="ConfigurationValue.Number"/> that <see cref="ScalarReader"/> refuses.
    /// </summary>
    public static ConfigurationValue Read(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => new ConfigurationValue.Null(),
        "true" or "True" or "TRUE" => new ConfigurationValue.Bool(true),
        "false" or "False" or "FALSE" => new ConfigurationValue.Bool(false),
        ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" => new ConfigurationValue.Number(double.PositiveInfinity),
        "-.inf" or "-.Inf" or "-.INF" => new ConfigurationValue.Number(double.NegativeInfinity),
        ".nan" or ".NaN" or ".NAN" => new ConfigurationValue.Number(double.NaN),
        _ => ReadNumber(text) ?? new ConfigurationValue.Text(text),
    };

    private static ConfigurationValue? ReadNumber(string text)
    {
        if (text.StartsWith("0o", StringComparison.Ordinal))
        {
            return NumberText.ReadDigits(text.Substring(2), 8, isNegative: false);
        }

        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            return NumberText.ReadDigits(text.Substring(2), 16, isNegative: false);
        }

        var sign = text[0] is '+' or '-' ? 1 : 0;
        return NumberText.ReadDigits(text.Substring(sign), 10, text[0] == '-') ?? (IsFloat(text, sign) ? NumberText.ReadFloat(text) : null);
    }

    /// <summary>( . digits | digits ( . digits* )? ) ( e sign? digits )?</summary>
    private static bool IsFloat(string text, int start)
    {
        var dot = NumberText.SkipDigits(text, start);
        var end = dot;
        if (end < text.Length && text[end] == '.')
        {
            end = NumberText.SkipDigits(text, end + 1);
        }

        var hasDigits = dot > start || end > dot + 1;
        if (hasDigits && end < text.Length && text[end] is 'e' or 'E')
        {
            end++;
            end += end < text.Length && text[end] is '+' or '-' ? 1 : 0;
            var exponent = end;
            end = NumberText.SkipDigits(text, end);
            hasDigits = end > exponent;
        }

        return hasDigits && end == text.Length;
    }
}

/// <summary>What the number forms of both versions of YAML have in common.</summary>
internal static class NumberText
{
    /// <summary>The offset of the first character that is not a decimal digit.</summary>
    public static int SkipDigits(string text, int start)
    {
        while (start < text.Length && text[start] is >= '0' and <= '9')
        {
            start++;
        }

        return start;
    }

    /// <summary>
    /// An integer of the given base; beyond 64 bits a <see cref="ConfigurationValue.Number"/>; null for other characters.
    /// </summary>
    public static ConfigurationValue? ReadDigits(string digits, int numberBase, bool isNegative)
    {
        if (digits.Length == 0)
        {
            return null;
        }

        // Beyond 64 bits only the order of magnitude counts; a decimal holds a little more than that exactly.
        const double end = 1e20;
        var exact = 0m;
        var approximate = 0.0;
        foreach (var c in digits)
        {
            var digit = ValueOf(c);
            if (digit >= numberBase)
            {
                return null;
            }

            approximate = (approximate * numberBase) + digit;
            exact = approximate < end ? (exact * numberBase) + digit : exact;
        }

        var value = isNegative ? -exact : exact;
        return approximate < end && value is >= long.MinValue and <= long.MaxValue
            ? new ConfigurationValue.Integer((long)value)
            : new ConfigurationValue.Number(isNegative ? -approximate : approximate);
    }

    /// <summary>A text that has the form of a decimal floating-point number; infinite when it is too large.</summary>
    public static ConfigurationValue ReadFloat(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? new ConfigurationValue.Number(value)
            : new ConfigurationValue.Number(double.PositiveInfinity);

    private static int ValueOf(char digit) => digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'a' and <= 'f' => digit - 'a' + 10,
        >= 'A' and <= 'F' => digit - 'A' + 10,
        _ => int.MaxValue,
    };
}
