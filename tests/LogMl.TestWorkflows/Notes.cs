using System.Diagnostics;
using System.Globalization;

namespace LogMl.TestWorkflows;

/// <summary>
/// A folder in which every trial that runs to its end leaves a file with its number: who ran, whatever became of the result.
/// </summary>
internal static class Notes
{
    /// <summary>The folder.</summary>
    public const string Variable = "LOGML_TEST_NOTES";

    public static bool Run(string name, ITrial trial)
    {
        if (name == "span")
        {
            // The span that user code is in, as user attributes and in the output.
            Console.WriteLine($"in {Activity.Current?.ParentId}");
            trial.SetAttribute("trace", Activity.Current?.TraceId.ToHexString());
            trial.SetAttribute("parent", Activity.Current?.ParentSpanId.ToHexString());
            return true;
        }

        if (name != "note")
        {
            return false;
        }

        // Not lines of one file: those of several processes would overwrite each other.
        var file = string.Create(CultureInfo.InvariantCulture, $"{trial.Number}.{Guid.NewGuid():N}");
        File.Create(Path.Combine(Environment.GetEnvironmentVariable(Variable)!, file)).Dispose();
        return true;
    }
}
