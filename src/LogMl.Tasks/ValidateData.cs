using Microsoft.Build.Framework;

namespace LogMl.Tasks;

/// <summary>Checks that the declared data files exist, before anything is built.</summary>
[MSBuildMultiThreadableTask]
public sealed class ValidateData : Microsoft.Build.Utilities.Task
{
    /// <summary>The user's project.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The items HyperOptData.</summary>
    public ITaskItem[] Data { get; set; } = [];

    /// <inheritdoc />
    public override bool Execute()
    {
        foreach (var item in Data)
        {
            var path = item.GetMetadata("FullPath");
            if (Directory.Exists(path))
            {
                Refuse(item, $"is a folder. Name its files: '{item.ItemSpec.TrimEnd('/', '\\')}/**'.");
            }
            else if (!File.Exists(path))
            {
                Refuse(item, $"does not exist: there is no file '{path}'. Correct the path, or remove the item.");
            }
        }

        return !Log.HasLoggedErrors;
    }

    private void Refuse(ITaskItem item, string problem)
    {
        // The item may be in a file that the project imports.
        var file = item.GetMetadata("DefiningProjectFullPath");
        Diagnostics.Error(
            Log,
            Diagnostics.DataMissing,
            File.Exists(file) ? file : ProjectFile,
            0,
            0,
            $"The data file '{item.ItemSpec}' (item HyperOptData) {problem}");
    }
}
