using Microsoft.Build.Framework;

namespace LogMl.Tasks;

/// <summary>Checks that what a search is compared with at its end is there, before anything is built.</summary>
[MSBuildMultiThreadableTask]
public sealed class ValidateGate : Microsoft.Build.Utilities.Task
{
    /// <summary>The user's project.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The properties of a search, with their values as metadata.</summary>
    public ITaskItem[] Properties { get; set; } = [];

    /// <summary>The file of the baseline, absolute, or empty.</summary>
    public string? Baseline { get; set; }

    /// <inheritdoc />
    public override bool Execute()
    {
        var values = new PropertyValues(Properties);
        if (values[SearchProperties.Baseline] is not { } baseline)
        {
            if (values[SearchProperties.MaxRegression] is { } regression)
            {
                Refuse(
                    $"{SearchProperties.MaxRegression} is '{regression}', but there is nothing to compare with. Set "
                    + $"{SearchProperties.Baseline} to the file that -t:HyperOptBaseline has written.");
            }
        }
        else if (!File.Exists(Baseline))
        {
            Refuse(
                $"{SearchProperties.Baseline} is '{baseline}', but there is no file '{Baseline}'. Write it with -t:HyperOptBaseline, and "
                + $"commit it. That needs a finished search: run one without the property (-p:{SearchProperties.Baseline}=).");
        }

        return !Log.HasLoggedErrors;
    }

    private void Refuse(string message) => Diagnostics.Error(Log, Diagnostics.NoBaseline, ProjectFile, 0, 0, message);
}
