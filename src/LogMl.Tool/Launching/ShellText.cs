namespace LogMl.Tool.Launching;

/// <summary>Text for the shell of another machine.</summary>
internal static class ShellText
{
    /// <summary>A text as one word.</summary>
    public static string Quote(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    /// <summary>A command that runs a script with sh, whichever shell the user of the other machine has.</summary>
    public static string Run(string script) => "exec sh -c " + Quote(script);
}
