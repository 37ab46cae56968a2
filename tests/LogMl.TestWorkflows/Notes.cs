using System.Globalization;
using System.Text;

namespace LogMl.TestWorkflows;

/// <summary>A file to which every trial that runs to its end adds its number: who ran, whatever became of the result.</summary>
internal static class Notes
{
    /// <summary>The file.</summary>
    public const string Variable = "LOGML_TEST_NOTES";

    public static bool Run(string name, ITrial trial)
    {
        if (name != "note")
        {
            return false;
        }

        // Several workers append at the same time; one write is whole.
        using var file = new FileStream(Environment.GetEnvironmentVariable(Variable)!, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        file.Write(Encoding.ASCII.GetBytes(trial.Number.ToString(CultureInfo.InvariantCulture) + "\n"));
        return true;
    }
}
