using System.Text;

namespace LogMl.Shared;

/// <summary>
/// One event that the host tells the MSBuild task: a line on the host's standard output, <c>##logml kind\tfield\tfield</c>.
/// Compiled into both, because a task must not bring a JSON library along.
/// </summary>
internal sealed class HostEvent
{
    public const string Prefix = "##logml ";

    private HostEvent(string kind, string[] fields)
    {
        Kind = kind;
        Fields = fields;
    }

    /// <summary>The kind of the event, one of <see cref="HostEventKinds"/>.</summary>
    public string Kind { get; }

    public string[] Fields { get; }

    /// <summary>The line, without its end.</summary>
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

    /// <summary>Reads a line; false when it is not an event (user output, a runtime message).</summary>
    public static bool TryParse(string line, out HostEvent? hostEvent)
    {
        hostEvent = null;
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

        hostEvent = new HostEvent(parts[0], fields);
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

/// <summary>The kinds of <see cref="HostEvent"/>; their fields are listed in docs/architecture.md, seam 4.</summary>
internal static class HostEventKinds
{
    public const string Started = "started";
    public const string Progress = "progress";
    public const string Message = "message";
    public const string Warning = "warning";
    public const string Error = "error";
    public const string Summary = "summary";
    public const string Output = "output";
}
