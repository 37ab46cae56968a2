using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace LogMl.Shared.Wire;

/// <summary>
/// The text of an event of the host: a line on its standard output, <c>##logml kind\tfield\tfield</c>.
/// <see cref="HostEvent"/> says what the fields mean.
/// </summary>
internal sealed class EventLine
{
    /// <summary>Every event begins with it. A line without it is output of user code or of the runtime.</summary>
    public const string Prefix = "##logml ";

    private EventLine(string kind, string[] fields)
    {
        Kind = kind;
        Fields = fields;
    }

    /// <summary>The word for the kind of the event.</summary>
    public string Kind { get; }

    /// <summary>The fields, without escapes.</summary>
    public string[] Fields { get; }

    /// <summary>Writes the line, without its end.</summary>
    public static string Format(string kind, params string[] fields)
    {
        var line = new StringBuilder(Prefix).Append(kind);
        foreach (var field in fields)
        {
            line.Append('\t');
            Escape(field, line);
        }

        return line.ToString();
    }

    /// <summary>Reads a line. False when it is no event.</summary>
    public static bool TryParse(string line, [NotNullWhen(true)] out EventLine? written)
    {
        written = null;
        if (!line.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = line.Substring(Prefix.Length).Split('\t');
        var fields = new string[parts.Length - 1];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = Unescape(parts[i + 1]);
        }

        written = new EventLine(parts[0], fields);
        return true;
    }

    private static void Escape(string text, StringBuilder into)
    {
        foreach (var c in text)
        {
            switch (c)
            {
                case '\\': into.Append("\\\\"); break;
                case '\t': into.Append("\\t"); break;
                case '\n': into.Append("\\n"); break;
                case '\r': into.Append("\\r"); break;
                default: into.Append(c); break;
            }
        }
    }

    private static string Unescape(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                result.Append(text[i]);
                continue;
            }

            i++;
            result.Append(text[i] switch { 't' => '\t', 'n' => '\n', 'r' => '\r', var other => other });
        }

        return result.ToString();
    }
}
