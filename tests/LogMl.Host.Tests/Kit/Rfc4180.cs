using System.Text;

namespace LogMl.Host.Tests.Kit;

/// <summary>A strict reader of CSV (RFC 4180, records end with a line feed).</summary>
internal static class Rfc4180
{
    public static string[][] Read(string text)
    {
        var records = new List<string[]>();
        var fields = new List<string>();
        var at = 0;
        while (at < text.Length)
        {
            fields.Add(text[at] == '"' ? Quoted(text, ref at) : Plain(text, ref at));
            Assert.True(at < text.Length && text[at] is ',' or '\n', $"No end of the field at {at}.");
            if (text[at++] == '\n')
            {
                records.Add([.. fields]);
                fields.Clear();
            }
        }

        Assert.Empty(fields);
        return [.. records];
    }

    private static string Plain(string text, ref int at)
    {
        var end = text.AsSpan(at).IndexOfAny(',', '\n');
        Assert.True(end >= 0);
        var field = text.Substring(at, end);
        Assert.DoesNotContain('"', field);
        Assert.DoesNotContain('\r', field);
        at += end;
        return field;
    }

    private static string Quoted(string text, ref int at)
    {
        var field = new StringBuilder();
        for (at++; ; at++)
        {
            if (text[at] != '"')
            {
                field.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                field.Append('"');
                at++;
            }
            else
            {
                at++;
                return field.ToString();
            }
        }
    }
}
