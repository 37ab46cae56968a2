using LogMl.Shared;
using Microsoft.Build.Framework;

namespace LogMl.Tasks;

/// <summary>
/// Checks the properties of a search before anything is built, so that a mistyped <c>-p:</c> does not cost a build. It reports wrong values
/// and wrong names. An empty property is not set.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class ValidateOverrides : Microsoft.Build.Utilities.Task
{
    /// <summary>A name that is no property, but has an error of its own.</summary>
    private const string NoProperty = "HyperOptStorage";

    /// <summary>The user's project. Relative paths are relative to its folder.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The properties of a search, with their values as metadata.</summary>
    public ITaskItem[] Properties { get; set; } = [];

    /// <summary>The configuration files of the project, with the names of their workflows as metadata LogMlWorkflow.</summary>
    public ITaskItem[] Configurations { get; set; } = [];

    /// <summary>Whether HyperOptStorage is set. Its value is not passed on, because it may be a secret.</summary>
    public bool HasStorageProperty { get; set; }

    /// <summary>The results folder, absolute.</summary>
    [Output]
    public string ResultsDirectory { get; private set; } = "";

    /// <summary>The name of the workflow that is searched; empty for the unnamed one.</summary>
    [Output]
    public string WorkflowName { get; private set; } = "";

    /// <summary>What a single run is made with: <c>best</c>, the number of a trial, or an absolute path; empty for the defaults.</summary>
    [Output]
    public string Parameters { get; private set; } = "";

    /// <summary>The file of the baseline, absolute, whether it is there or not; empty when none is named.</summary>
    [Output]
    public string Baseline { get; private set; } = "";

    /// <summary>The configuration file of that workflow, absolute; empty when there is none.</summary>
    [Output]
    public string Configuration { get; private set; } = "";

    /// <summary>The name of the study.</summary>
    [Output]
    public string StudyName { get; private set; } = "";

    /// <summary>The file with the storage location, absolute, or empty.</summary>
    [Output]
    public string StorageFilePath { get; private set; } = "";

    /// <inheritdoc />
    public override bool Execute()
    {
        WarnOfMisspelt();
        var values = new PropertyValues(Properties);
        foreach (var property in SearchProperties.Table)
        {
            if (values[property.Name] is { } value && property.Rule?.Invoke(value) is { } mistake)
            {
                Refuse(property.Name, value, mistake);
            }
        }

        ChooseWorkflow(values[SearchProperties.Workflow]);
        CheckStorage(values[SearchProperties.StorageFile]);
        FindParameters(values[SearchProperties.Parameters]);
        FindBaseline(values[SearchProperties.Baseline]);
        if (Log.HasLoggedErrors)
        {
            return false;
        }

        Configuration = Array.Find(Configurations, file => file.GetMetadata("LogMlWorkflow").Trim() == WorkflowName) is { } own
            ? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ProjectFile) ?? "", own.ItemSpec))
            : "";
        var output = values[SearchProperties.OutputPath];
        StudyName = values[SearchProperties.Study] ?? OverrideRules.DefaultStudy(ProjectFile, WorkflowName);
        ResultsDirectory = OverrideRules.ResultsDirectory(ProjectFile, output, StudyName, out var problem);
        if (problem is not null)
        {
            Refuse(SearchProperties.OutputPath, output ?? "", problem);
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>Finds out which workflow is searched: the one that is asked for, else the unnamed one, else the only one.</summary>
    private void ChooseWorkflow(string? asked)
    {
        var all = Array.ConvertAll(Configurations, file => file.GetMetadata("LogMlWorkflow").Trim());

        // The compiler refuses other names.
        var named = all.Where(WorkflowNameRule.Allows).Distinct(StringComparer.Ordinal).ToList();
        if (asked is not null)
        {
            WorkflowName = asked;
            if (!named.Contains(asked))
            {
                var unnamed = all.Contains("") ? ", and without the property the unnamed one" : "";
                var meant = NearestName.Find(asked, named) is { } nearest ? $" (did you mean '{nearest}'?)" : "";
                Refuse(SearchProperties.Workflow, asked, named.Count == 0
                    ? "the project has no workflow with a name. Leave it out, or add an item LogMlWorkflow to the project"
                    : $"the project has no such workflow{meant}. There are: {Listed(named)}{unnamed}");
            }
        }
        else if (all.Contains("") || named.Count == 0)
        {
            WorkflowName = "";
        }
        else if (named.Count == 1)
        {
            WorkflowName = named[0];
        }
        else
        {
            Diagnostics.Error(
                Log, Diagnostics.SeveralWorkflows, ProjectFile, 0, 0,
                "The project has several workflows, and a call is for one. "
                + $"Add -p:{SearchProperties.Workflow}= with one of {Listed(named)}.");
        }
    }

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

    /// <summary>Finds what a single run is made with. A file is named relative to the project.</summary>
    private void FindParameters(string? asked)
    {
        if (asked is null or OverrideRules.Best || OverrideRules.Trial(asked) is null)
        {
            Parameters = asked ?? "";
            return;
        }

        Parameters = OverrideRules.ExistingFile(ProjectFile, asked, out var problem);
        if (problem is not null)
        {
            Refuse(
                SearchProperties.Parameters, asked, $"it must be '{OverrideRules.Best}', the number of a trial or a file, and {problem}");
        }
    }

    /// <summary>Finds the file of the baseline. Whether it must be there depends on the target (<see cref="ValidateGate"/>).</summary>
    private void FindBaseline(string? asked)
    {
        if (asked is not null)
        {
            Baseline = OverrideRules.AnyFile(ProjectFile, asked, out var problem);
            if (problem is not null)
            {
                Refuse(SearchProperties.Baseline, asked, problem);
            }
        }
    }

    /// <summary>Checks the location of the database. No error repeats a value: it may be a password, and errors stay in logs.</summary>
    private void CheckStorage(string? storageFile)
    {
        if (HasStorageProperty)
        {
            Secret("HyperOptStorage is set, and there is no such property");
        }

        if (storageFile is null)
        {
            return;
        }

        if (OverrideRules.LooksLikeConnectionString(storageFile))
        {
            Secret("HyperOptStorageFile is a connection string, but must be the path of a file with it");
            return;
        }

        StorageFilePath = OverrideRules.ExistingFile(ProjectFile, storageFile, out var problem);
        if (problem is not null)
        {
            Refuse(SearchProperties.StorageFile, storageFile, problem);
        }
    }

    private void Secret(string what) => Diagnostics.Error(
        Log, Diagnostics.SecretInProperty, ProjectFile, 0, 0,
        what + ": properties are on command lines and in logs, where others read them. Put the location of the database into the "
            + "environment variable LOGML_STORAGE, or into a file that HyperOptStorageFile names.");

    private void WarnOfMisspelt()
    {
        var known = SearchProperties.Names;
        var commandLine = BuildEngine is IBuildEngine6 engine ? engine.GetGlobalProperties().Keys : [];
        foreach (var (name, line) in MisspeltProperties.Find(ProjectFile, commandLine, [.. known, NoProperty]))
        {
            var list = string.Join(", ", known);
            var right = MisspeltProperties.Nearest(name, known) is { } nearest
                ? $"did you mean {nearest}? There are: {list}"
                : $"there are: {list}";
            Diagnostics.Warning(
                Log,
                Diagnostics.BadOverride,
                ProjectFile,
                line,
                0,
                $"{name} is set, and there is no such property, so that it changes nothing; {right}");
        }
    }

    private void Refuse(string property, string value, string problem) =>
        Diagnostics.Error(Log, Diagnostics.BadOverride, ProjectFile, 0, 0, $"{property} is '{value}', but {problem}.");
}
