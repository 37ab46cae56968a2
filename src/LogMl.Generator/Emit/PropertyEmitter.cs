using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Emit;

/// <summary>Writes a property of a record of parameters.</summary>
internal static class PropertyEmitter
{
    private const string List = "global::LogMl.Runtime.ParameterList";

    public static void Write(IndentedWriter writer, ParameterProperty property)
    {
        if (property.Parameter.Type.Kind == ParameterKind.List)
        {
            WriteList(writer, property);
            return;
        }

        WriteDocs(writer, property);
        writer.Line($"public {property.TypeName} {property.Name} {{ get; init; }} = {property.DefaultCode};");
    }

    /// <summary>Writes the properties that a mistake in the YAML hides. Whatever the code does with them compiles.</summary>
    public static void WriteHidden(IndentedWriter writer, EquatableArray<string> names)
    {
        foreach (var name in names)
        {
            writer.Line("/// <summary>A mistake in the YAML hides what this is.</summary>");
            writer.Line($"public dynamic {name} {{ get; init; }} = default!;");
        }
    }

    /// <summary>Records compare and print what their fields hold: here a list that is compared and printed by its items.</summary>
    private static void WriteList(IndentedWriter writer, ParameterProperty property)
    {
        var field = "__" + property.Name;
        var item = ParameterProperty.NameOf(property.Parameter.Type.Element!);
        writer.Line($"private readonly {property.TypeName} {field} = {List}.Of<{item}>({property.DefaultCode});");
        WriteDocs(writer, property);
        writer.Line($"public {property.TypeName} {property.Name} {{ get => {field}; init => {field} = {List}.Of(value); }}");
    }

    /// <summary>Writes the comment of the YAML, and how the parameter is searched.</summary>
    private static void WriteDocs(IndentedWriter writer, ParameterProperty property)
    {
        var search = XmlDoc.Escape(ParameterDocs.Summary(property));
        if (property.Parameter.Description is { } description)
        {
            writer.Line($"/// <summary>{XmlDoc.Escape(description)}</summary>");
            writer.Line($"/// <remarks>{search}</remarks>");
        }
        else
        {
            writer.Line($"/// <summary>{search}</summary>");
        }
    }
}
