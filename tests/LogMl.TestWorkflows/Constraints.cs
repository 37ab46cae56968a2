using LogMl.Runtime;

namespace LogMl.TestWorkflows;

/// <summary>The search constraints that an environment variable lists, separated by commas.</summary>
internal static class Constraints
{
    /// <summary>
    /// <c>below</c>: x must be below 0; <c>never</c>; <c>Below</c> and <c>Nothing</c>: as below and never, methods of these names;
    /// <c>throw</c>: throws where x is below 0; <c>exit</c>: ends the process;
    /// <c>exit=path</c>: ends it once, if there is no such file yet; <c>hang=path</c>: writes the file and hangs;
    /// <c>slow=path</c>: takes six seconds once, if there is no such file yet; <c>log=path</c>: writes a line for each point.
    /// </summary>
    public const string Variable = "LOGML_TEST_CONSTRAINTS";

    private static readonly string[] Written =
        (Environment.GetEnvironmentVariable(Variable) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);

    public static (string Name, Func<ParameterValues, bool> IsAllowed)[] All =>
        [.. Written.Select(text => (NameOf(text), (Func<ParameterValues, bool>)(values => IsAllowed(text.Split('=', 2), values))))];

    /// <summary>Adds the names to a manifest.</summary>
    public static string AddTo(string manifest) => Written.Length == 0
        ? manifest
        : manifest.TrimEnd()[..^1] + $", \"search_constraints\": [{string.Join(", ", Written.Select(text => $"\"{NameOf(text)}\""))}] }}";

    private static string NameOf(string text) => "Rules." + text.Split('=', 2)[0];

    private static bool IsAllowed(string[] constraint, ParameterValues values)
    {
        var x = values.Double("model_train.x", 0.5);
        switch (constraint)
        {
            case ["below"]:
                return x < 0;
            case ["Below"]:
                return Rules.Below(x);
            case ["never"]:
                return false;
            case ["Nothing"]:
                return Rules.Nothing();
            case ["throw"] when x < 0:
                throw new InvalidOperationException("It divides by\nwhat is not there");
            case ["exit"]:
                Environment.Exit(5);
                return false;
            case ["exit", var path] when !File.Exists(path):
                File.WriteAllText(path, "");
                Environment.Exit(5);
                return false;
            case ["hang", var path]:
                File.WriteAllText(path, "");
                Thread.Sleep(Timeout.Infinite);
                return false;
            case ["slow", var path] when !File.Exists(path):
                File.WriteAllText(path, "");
                Thread.Sleep(6000);
                return true;
            case ["log", var path]:
                File.AppendAllText(path, FormattableString.Invariant($"{x:R}\n"));
                return true;
            default:
                return true;
        }
    }
}
