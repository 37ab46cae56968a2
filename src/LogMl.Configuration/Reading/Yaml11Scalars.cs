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
        Yaml12Scalars.Read(text) is ConfigurationValue.Number { IsFinite: false } number ? number : new ConfigurationValue.Text(text);

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
            return ReadSexagesimal(body, digits, isNegative);
        }

        if (body.Contains('.'))
        {
            return IsFloat(body, text.Length > body.Length) ? NumberText.ReadFloat(isNegative ? "-" + digits : digits) : null;
        }

        return NumberText.ReadDigits(digits, body[0] == '0' && body.Length > 1 ? 8 : 10, isNegative);
    }

    /// <summary>Base 60, such as 1:30 for 90: a first number, then groups of up to two digits below 60.</summary>
    private static ConfigurationValue.Integer? ReadSexagesimal(string body, string digits, bool isNegative)
    {
        var groups = digits.Split(':');
        var value = 0L;
        for (var i = 0; i < groups.Length; i++)
        {
            var isGroup = groups[i].Length > 0
                && groups[i].Length <= (i == 0 ? 9 : 2)
                && NumberText.SkipDigits(groups[i], 0) == groups[i].Length;
            if (!isGroup || i > 5 || (i > 0 && groups[i].Length == 2 && groups[i][0] > '5'))
            {
                return null;
            }

            value = (value * 60) + groups[i].Aggregate(0L, (sum, digit) => (sum * 10) + (digit - '0'));
        }

        return body[0] is >= '1' and <= '9' ? new ConfigurationValue.Integer(isNegative ? -value : value) : null;
    }

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

    /// <summary>year-month-day, with or without a time after it.</summary>
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
        return day > month + 1 && day <= month + 3 && (day == text.Length || text[day] is 'T' or 't' or ' ');
    }
}
