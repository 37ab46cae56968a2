using Microsoft.Build.Framework;

namespace LogMl.Tasks;

/// <summary>Checks, after the build, that the files exist with which the workflow is run.</summary>
[MSBuildMultiThreadableTask]
public sealed class ValidateOutput : Microsoft.Build.Utilities.Task
{
    /// <summary>The user's project.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The assembly with the workflow.</summary>
    [Required]
    public string TargetAssembly { get; set; } = "";

    /// <summary>Its deps.json.</summary>
    public string DepsFile { get; set; } = "";

    /// <summary>Its runtimeconfig.json.</summary>
    public string RuntimeConfigFile { get; set; } = "";

    /// <inheritdoc />
    public override bool Execute()
    {
        Require(TargetAssembly, $"The built assembly '{TargetAssembly}' does not exist.");
        Require(
            DepsFile,
            $"'{DepsFile}' does not exist. Remove GenerateDependencyFile=false from the project: "
            + "the workflow is run with the dependencies listed there.");
        Require(
            RuntimeConfigFile,
            $"'{RuntimeConfigFile}' does not exist. Remove GenerateRuntimeConfigurationFiles=false from the project: "
            + "the workflow is run with the runtime named there.");
        return !Log.HasLoggedErrors;
    }

    private void Require(string file, string message)
    {
        if (!File.Exists(file))
        {
            Diagnostics.Error(Log, Diagnostics.FileMissing, ProjectFile, 0, 0, message);
        }
    }
}
