namespace LogMl.Generator.Tests.Kit;

/// <summary>Text in which <c>[|</c> and <c>|]</c> mark the place where a diagnostic is expected.</summary>
internal static class MarkedCode
{
    private const string Start = "[|";
    private const string End = "|]";

    /// <summary>The text without the marks, and what they mark.</summary>
    public static (string Text, int Start, int Length)? Find(string marked)
    {
        var start = marked.IndexOf(Start, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        var end = marked.IndexOf(End, start + Start.Length, StringComparison.Ordinal);
        return (marked.Remove(end, End.Length).Remove(start, Start.Length), start, end - start - Start.Length);
    }
}
