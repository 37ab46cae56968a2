using System.Globalization;

namespace LogMl.TestWorkflows;

/// <summary>
/// What the trials do: actions separated by commas, each for all trials (<c>print</c>) or for the one with a number (<c>3:throw</c>), some
/// with an argument (<c>sleep=50</c>). <see cref="Actions"/> lists them.
/// </summary>
internal static class Script
{
    public const string Variable = "LOGML_TEST_SCRIPT";

    private static readonly (int? Trial, string Name, string Argument)[] All = Read(Environment.GetEnvironmentVariable(Variable) ?? "");

    public static IEnumerable<(string Name, string Argument)> Of(int trial) => Of(All, trial);

    /// <summary>The actions of another script.</summary>
    public static IEnumerable<(string Name, string Argument)> Read(string script, int trial) => Of(Read(script), trial);

    private static IEnumerable<(string Name, string Argument)> Of((int? Trial, string Name, string Argument)[] actions, int trial) =>
        actions.Where(action => action.Trial is null || action.Trial == trial).Select(action => (action.Name, action.Argument));

    private static (int? Trial, string Name, string Argument)[] Read(string script) =>
        [.. script.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ReadAction)];

    private static (int? Trial, string Name, string Argument) ReadAction(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var action = text[(colon + 1)..].Split('=', 2);
        int? trial = colon < 0 ? null : int.Parse(text[..colon], CultureInfo.InvariantCulture);
        return (trial, action[0], action.Length == 2 ? action[1] : "");
    }
}
