using LogMl.Configuration;
using LogMl.Configuration.Model;

namespace LogMl.Generator.Inputs;

/// <summary>The constants of the section <c>dataset</c> or <c>model</c>.</summary>
/// <param name="Section">The section.</param>
/// <param name="ClassName">The name of the generated class.</param>
/// <param name="Workflow">The workflow, in whose namespace the class is.</param>
/// <param name="IsPublic">Whether other projects can see it.</param>
/// <param name="Settings">The keys and values.</param>
internal sealed record SettingsClass(
    string Section, string ClassName, WorkflowIdentity Workflow, bool IsPublic, EquatableArray<SettingConfiguration> Settings)
{
    public static IEnumerable<SettingsClass> Of(WorkflowConfiguration configuration, WorkflowIdentity workflow, bool isPublic) =>
        new[]
        {
            new SettingsClass("dataset", "DatasetSettings", workflow, isPublic, configuration.DatasetSettings),
            new SettingsClass("model", "ModelSettings", workflow, isPublic, configuration.ModelSettings),
        }.Where(settings => !settings.Settings.IsEmpty);
}
