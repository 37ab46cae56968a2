using LogMl.Configuration;
using LogMl.Configuration.Model;

namespace LogMl.Generator.Model;

/// <summary>The constants of the section <c>dataset</c> or <c>model</c>.</summary>
/// <param name="Section">The section.</param>
/// <param name="ClassName">The name of the generated class.</param>
/// <param name="Namespace">The namespace of the class.</param>
/// <param name="IsPublic">Whether other projects can see it.</param>
/// <param name="Settings">The keys and values.</param>
internal sealed record SettingsClass(
    string Section, string ClassName, string Namespace, bool IsPublic, EquatableArray<SettingConfiguration> Settings)
{
    public static IEnumerable<SettingsClass> Of(WorkflowConfiguration configuration, string @namespace, bool isPublic) =>
        new[]
        {
            new SettingsClass("dataset", "DatasetSettings", @namespace, isPublic, configuration.DatasetSettings),
            new SettingsClass("model", "ModelSettings", @namespace, isPublic, configuration.ModelSettings),
        }.Where(settings => !settings.Settings.IsEmpty);
}
