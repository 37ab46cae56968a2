using System.Diagnostics;

namespace LogMl.TestKit.Optuna;

/// <summary>Runs Python code that uses Optuna.</summary>
public static class OptunaScript
{
    /// <summary>The Python of the system, which has the system's packages. The one on the PATH may be another.</summary>
    public const string Python = "/usr/bin/python3";

    private static readonly Lazy<string?> WhyMissing = new(FindMissing);

    /// <summary>Why Optuna is not available on this machine; null when it is.</summary>
    public static string? Missing => WhyMissing.Value;

    /// <summary>Runs the code.</summary>
    /// <param name="code">The code; <c>sys.argv[1:]</c> are the arguments.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>Its stdout.</returns>
    /// <exception cref="ExpectationException">It failed; the message has the exception that ended it.</exception>
    public static string Run(string code, params string[] arguments) => BoundedProcess.Run(Start(["-", .. arguments]), code);

    /// <summary>Runs a file.</summary>
    public static string RunFile(string file, params string[] arguments) => BoundedProcess.Run(Start([file, .. arguments]));

    private static ProcessStartInfo Start(string[] arguments)
    {
        var start = new ProcessStartInfo(Python, arguments);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PYTHON", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["PYTHONUTF8"] = "1";
        // Optuna 3 and 4 write local time, and this library UTC.
        start.Environment["TZ"] = "UTC";
        return start;
    }

    private static string? FindMissing()
    {
        if (!File.Exists(Python))
        {
            return Python + " is not there";
        }

        var (exitCode, _, errors) = BoundedProcess.TryRun(Start(["-c", "import optuna, sklearn, pandas, psycopg2"]));
        var why = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
        return exitCode == 0 ? null : $"{Python}: {why} (Debian: apt-get install python3-optuna python3-sklearn python3-pandas python3-psycopg2)";
    }
}
