using LogMl.Configuration.Model;
using LogMl.Generator.Inputs;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;
using Microsoft.CodeAnalysis.Text;

namespace LogMl.Generator.Emit;

/// <summary>Writes <c>DatasetSettings</c> and <c>ModelSettings</c>.</summary>
internal static class SettingsEmitter
{
    private const string List = "global::System.Collections.Generic.IReadOnlyList";

    public static SourceText Emit(SettingsClass settings)
    {
        var writer = GeneratedFile.Start();
        if (settings.Workflow.HasAliases)
        {
            writer.Line($"global using {settings.ClassName} = {GeneratedNames.Qualify(settings.Workflow.Namespace, settings.ClassName)};");
            writer.Line();
        }

        writer.Namespace(settings.Workflow.Namespace, () =>
        {
            writer.Line($"/// <summary>The settings of the section <c>{settings.Section}</c>.</summary>");
            writer.Line(GeneratedFile.Attribute);
            writer.Block(
                $"{GeneratedFile.Access(settings.IsPublic)}static class {settings.ClassName}", () => WriteMembers(writer, settings));
        });
        return GeneratedFile.End(writer);
    }

    private static void WriteMembers(IndentedWriter writer, SettingsClass settings)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal) { settings.ClassName };
        foreach (var setting in settings.Settings)
        {
            // A key that has no C# name, or the C# name of another key, gets no constant.
            if (CSharpNames.ToPascalCase(setting.Name) is not { } name || !taken.Add(name))
            {
                continue;
            }

            writer.Line($"/// <summary><c>{XmlDoc.Escape(setting.Name)}</c></summary>");
            writer.Line(setting.Value is ConfigurationValue.List list
                ? $"public static {List}<{ElementOf(list)}> {name} {{ get; }} = {Literals.Of(list)};"
                : $"public const {TypeOf(setting.Value)} {name} = {Literals.Of(setting.Value)};");
        }
    }

    private static string ElementOf(ConfigurationValue.List list)
    {
        var types = list.Items.Select(TypeOf).Distinct(StringComparer.Ordinal).ToList();
        return types.Count == 1 ? types[0]
            : types.Count > 1 && types.TrueForAll(type => type is "int" or "long") ? "long"
            : types.Count > 1 && types.TrueForAll(type => type is "int" or "long" or "double") ? "double"
            : types.Count > 1 && types.TrueForAll(type => type is "string" or "string?") ? "string?"
            : "object?";
    }

    private static string TypeOf(ConfigurationValue value) => value switch
    {
        ConfigurationValue.Bool => "bool",
        ConfigurationValue.Integer { Value: >= int.MinValue and <= int.MaxValue } => "int",
        ConfigurationValue.Integer => "long",
        ConfigurationValue.Number => "double",
        ConfigurationValue.Text => "string",
        _ => "string?",
    };
}
