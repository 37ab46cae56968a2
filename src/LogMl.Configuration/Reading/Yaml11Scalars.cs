using LogMl.Configuration.Model;

namespace LogMl.Configuration.Reading;

/// <summary>
/// Reads plain scalars as PyYAML, and so Log(ML), does: by YAML 1.1, except that <c>y</c> and <c>n</c> are text and that the exponent of
/// a float needs a dot before it and a sign.
/// </summary>
internal static class Yaml11Scalars
{
    /// <summary>The value of a plain scalar, or null when it is a date, for which there is no value here.</summary>
    public static ConfigurationValue? Read(string text)
    {
        switch (text)
        {
            case "yes" or "Yes" or "YES" or "on" or "On" or "ON":
                return new ConfigurationValue.Bool(true);
            case "no" or "No" or "NO" or "off" or "Off" or "OFF":
                return new ConfigurationValue.Bool(false);
        }

        if (text.Length == 0 || !(text[0] is (>= '0' and <= '9') or '+' or '-' or '.'))
        {
            // Null, true and false are the same in both versions.
            return Yaml12Scalars.Read(text);
        }

        return IsDate(text) ? null : ReadNumber(text) ?? ReadNotFinite(text);
    }

    /// <summary>.inf and .nan are the same in both versions; whatever else does not have the form of a number is text.</summary>
    private static ConfigurationValue ReadNotFinite(string text) =>
        text.IndexOf('.') is >= 0 and var dot
        && dot + 1 < text.Length
        && char.IsLetter(text[dot + 1])
        && Yaml12Scalars.Read(text) is ConfigurationValue.Number { IsFinite: false } number
            ? number
            : new ConfigurationValue.Text(text);

    private static ConfigurationValue? ReadNumber(string text)
    {
        var isNegative = text[0] == '-';
        var body = text[0] is '+' or '-' ? text.Substring(1) : text;
        if (body.Length == 0 || body[0] == '_')
        {
            return null;
        }

        var digits = body.Replace("_", "");
        if (body.StartsWith("0b", StringComparison.Ordinal))
        {
            return NumberText.ReadDigits(digits.Substring(2), 2, isNegative);
        }

        if (body.StartsWith("0x", StringComparison.Ordinal))
        {
            return NumberText.ReadDigits(digits.Substring(2), 16, isNegative);
        }

        if (body.Contains(':'))
        {
            return ReadSexagesimal(body, isNegative);
        }

        if (body.Contains('.'))
        {
            return IsFloat(body, text.Length > body.Length) ? NumberText.ReadFloat(isNegative ? "-" + digits : digits) : null;
        }

        return NumberText.ReadDigits(digits, body[0] == '0' && body.Length > 1 ? 8 : 10, isNegative);
    }

    /// <summary>Base 60, such as 1:30 for 90: a first number, then groups of up to two digits below 60, then perhaps a fraction.</summary>
    private static ConfigurationValue? ReadSexagesimal(string body, bool isNegative)
    {
        var dot = body.IndexOf('.');
        var groups = (dot < 0 ? body : body.Substring(0, dot)).Split(':');
        var isFloat = dot >= 0 && SkipDigitsAndUnderscores(body, dot + 1) == body.Length;
        if (body[0] is < '0' or > '9' || (body[0] == '0' && !isFloat) || (dot >= 0 && !isFloat) || !groups.Skip(1).All(IsSexagesimalDigit))
        {
            return null;
        }

        var first = groups[0].Replace("_", "");
        if (NumberText.SkipDigits(first, 0) < first.Length || first.Length > 9 || groups.Length > 5)
        {
            return null;
        }

        var whole = groups.Skip(1).Aggregate(ParseDigits(first), (value, group) => (value * 60) + ParseDigits(group));
        var fraction = isFloat
            ? ((ConfigurationValue.Number)NumberText.ReadFloat("0." + body.Substring(dot + 1).Replace("_", "") + "0")).Value
            : 0;
        var sign = isNegative ? -1 : 1;
        return isFloat ? new ConfigurationValue.Number(sign * (whole + fraction)) : new ConfigurationValue.Integer(sign * whole);
    }

    private static bool IsSexagesimalDigit(string group) =>
        group.Length is 1 or 2 && NumberText.SkipDigits(group, 0) == group.Length && (group.Length == 1 || group[0] <= '5');

    private static long ParseDigits(string digits) => digits.Aggregate(0L, (sum, digit) => (sum * 10) + (digit - '0'));

    /// <summary>digits . digits* ( e sign digits )?, or . digits ( e sign digits )? without a sign in front.</summary>
    private static bool IsFloat(string body, bool hasSign)
    {
        var dot = SkipDigitsAndUnderscores(body, 0);
        if (dot == body.Length || body[dot] != '.' || (dot == 0 && hasSign))
        {
            return false;
        }

        var end = SkipDigitsAndUnderscores(body, dot + 1);
        if (dot == 0 && (end == 1 || body[1] == '_'))
        {
            return false;
        }

        if (end + 2 < body.Length && body[end] is 'e' or 'E' && body[end + 1] is '+' or '-')
        {
            end = NumberText.SkipDigits(body, end + 2);
        }

        return end == body.Length;
    }

    private static int SkipDigitsAndUnderscores(string text, int start)
    {
        while (start < text.Length && text[start] is (>= '0' and <= '9') or '_')
        {
            start++;
        }

        return start;
    }

    /// <summary>yyyy-mm-dd; with a time after it, month and day may have one digit.</summary>
    private static bool IsDate(string text)
    {
        var year = NumberText.SkipDigits(text, 0);
        if (year != 4 || year == text.Length || text[year] != '-')
        {
            return false;
        }

        var month = NumberText.SkipDigits(text, year + 1);
        if (month == year + 1 || month > year + 3 || month == text.Length || text[month] != '-')
        {
            return false;
        }

        var day = NumberText.SkipDigits(text, month + 1);
        return day == text.Length
            ? text.Length == "yyyy-mm-dd".Length
            : day > month + 1 && day <= month + 3 && text[day] is 'T' or 't' or ' ' or '\t';
    }
}
