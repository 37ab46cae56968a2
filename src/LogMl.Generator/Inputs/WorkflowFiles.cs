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
        var used = Check(files, project).Where(file => file.Flaw is null).Select(file => file.File).ToList();
        var named = used.Where(file => file.Workflow.Length > 0).ToList();
        return named
            .Select(file => ConfiguredWorkflow.Of(file.Workflow, file.Result.Configuration))
            .Prepend(ConfiguredWorkflow.Of("", used.Find(file => file.Workflow.Length == 0)?.Result.Configuration))
            .ToEquatableArray();
    }

    /// <summary>The files by path, each with the reason why it cannot be used.</summary>
    public static IReadOnlyList<CheckedFile> Check(ImmutableArray<ConfigurationFile> files, ProjectInfo project)
    {
        var taken = new Dictionary<string, ConfigurationFile>(StringComparer.OrdinalIgnoreCase);
        return [.. files.GroupBy(file => file.Path, StringComparer.Ordinal).Select(same => same.First())
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => Check(file, project, taken))];
    }

    private static CheckedFile Check(ConfigurationFile file, ProjectInfo project, Dictionary<string, ConfigurationFile> taken)
    {
        var name = file.Workflow.Length == 0 || !WorkflowNameRule.Allows(file.Workflow) ? "" : WorkflowIdentity.CSharpNameOf(file.Workflow);
        if (file.Workflow.Length == 0 && taken.TryGetValue(name, out var used))
        {
            return new CheckedFile(file, StepDiagnostics.SeveralConfigurations, EquatableArray.Of(used.FileName));
        }

        var flaw = file.Workflow.Length == 0 ? null
            : name.Length == 0 ? WorkflowNameRule.Text
            : taken.TryGetValue(name, out var other)
                ? $"'{other.FileName}' is the workflow '{other.Workflow}', which would have the same namespace"
            : WorkflowIdentity.ClassOf(name) == project.WorkflowClass || name == GeneratedNames.AllRecords
                ? $"'{(name == GeneratedNames.AllRecords ? name : project.WorkflowClass)}' is generated for the unnamed workflow"
            : null;
        if (flaw is not null)
        {
            return new CheckedFile(file, StepDiagnostics.WrongWorkflowName, EquatableArray.Of(file.Workflow, flaw));
        }

        taken.Add(name, file);
        return new CheckedFile(file, null, default);
    }
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
internal sealed record CheckedFile(ConfigurationFile File, DiagnosticDefinition? Flaw, EquatableArray<string> Arguments);
