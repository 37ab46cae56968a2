namespace LogMl.Shared;

/// <summary>The address of a diagnostic's page. The two .targets files of the package have the same folder; a test compares them.</summary>
internal static class HelpLink
{
    public const string Folder = "https://github.com/logml/LogMl.Sdk/blob/main/docs/diagnostics/";

    public static string Of(string id) => Folder + id + ".md";
}
