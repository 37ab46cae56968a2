using System.Collections.Immutable;
using LogMl.Configuration;
using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Model;
using LogMl.Shared;

namespace LogMl.Generator.Inputs;

/// <summary>Assigns the YAML files of a project to its workflows. If a workflow has several, the first one by path is used.</summary>
internal static class WorkflowFiles
{
    /// <summary>The workflows of a project: the unnamed one, with or without a file, and those with a name.</summary>
    public static EquatableArray<ConfiguredWorkflow> Workflows(ImmutableArray<ConfigurationFile> files, ProjectInfo project)
    {
        var all = Check(files, project);
        var used = all.Where(file => file.Flaw is null).Select(file => file.File).ToList();
        var named = used.Where(file => file.Workflow.Length > 0).ToList();
        return named
            .Select(file => ConfiguredWorkflow.Of(file.Workflow, ConfigurationOf(file)))
            .Prepend(ConfiguredWorkflow.Of(
                "", used.Find(file => file.Workflow.Length == 0) is { } unnamed ? ConfigurationOf(unnamed) : null))
            .ToEquatableArray();

        // The steps may take what only the other file has, of which the one error is that there are two.
        WorkflowConfiguration ConfigurationOf(ConfigurationFile file) => all.Any(other => other.Instead == file)
            ? file.Result.Configuration with { IsIncomplete = true }
            : file.Result.Configuration;
    }

    /// <summary>The files by path, each with the reason why it cannot be used.</summary>
    public static IReadOnlyList<CheckedFile> Check(ImmutableArray<ConfigurationFile> files, ProjectInfo project)
    {
        var taken = new Dictionary<string, ConfigurationFile>(StringComparer.OrdinalIgnoreCase);
        return [.. files.GroupBy(file => file.Path, StringComparer.Ordinal).Select(same => same.First())
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => Check(file, project, taken))];
    }

    /// <param name="file">The file.</param>
    /// <param name="project">The project.</param>
    /// <param name="taken">The files before it, by the namespaces of their workflows; that of the unnamed one is empty here.</param>
    private static CheckedFile Check(ConfigurationFile file, ProjectInfo project, Dictionary<string, ConfigurationFile> taken)
    {
        var isNamed = file.Workflow.Length > 0;
        var name = isNamed && WorkflowNameRule.Allows(file.Workflow) ? WorkflowIdentity.CSharpNameOf(file.Workflow) : "";
        var other = taken.TryGetValue(name, out var found) ? found : null;
        if (isNamed && FlawOf(name, other, project) is { } flaw)
        {
            return new CheckedFile(file, StepDiagnostics.WrongWorkflowName, EquatableArray.Of(file.Workflow, flaw)) { Instead = other };
        }

        if (other is not null)
        {
            return new CheckedFile(file, StepDiagnostics.SeveralConfigurations, EquatableArray.Of(other.FileName)) { Instead = other };
        }

        taken.Add(name, file);
        return new CheckedFile(file, null, default);
    }

    private static string? FlawOf(string name, ConfigurationFile? other, ProjectInfo project) =>
        name.Length == 0 ? WorkflowNameRule.Text
        : other is not null ? $"'{other.FileName}' is the workflow '{other.Workflow}', which would have the same namespace"
        : WorkflowIdentity.ClassOf(name) == project.WorkflowClass ? IsGenerated(project.WorkflowClass)
        : name == GeneratedNames.AllRecords ? IsGenerated(name)
        : null;

    private static string IsGenerated(string type) => $"'{type}' is generated for the unnamed workflow";
}

/// <summary>A workflow with its settings, without positions.</summary>
/// <param name="Name">Its name; empty for the unnamed one.</param>
/// <param name="Configuration">Its settings.</param>
internal sealed record ConfiguredWorkflow(string Name, WorkflowConfiguration Configuration)
{
    public static ConfiguredWorkflow Of(string name, WorkflowConfiguration? configuration) =>
        new(name, configuration ?? WorkflowConfiguration.Empty);
}

/// <summary>A YAML file, and why it cannot be used.</summary>
/// <param name="File">The file.</param>
/// <param name="Flaw">What is wrong; null when nothing is.</param>
/// <param name="Arguments">The arguments of the message.</param>
internal sealed record CheckedFile(ConfigurationFile File, DiagnosticDefinition? Flaw, EquatableArray<string> Arguments)
{
    /// <summary>The file that is used in its place, for the same workflow; null when there is none.</summary>
    public ConfigurationFile? Instead { get; init; }
}
