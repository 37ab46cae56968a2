using LogMl.Configuration.Model;
using LogMl.Generator.Inputs;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;
using Microsoft.CodeAnalysis.Text;

namespace LogMl.Generator.Emit;

/// <summary>Writes the parameter records.</summary>
internal static class ParametersEmitter
{
    /// <summary>The record of one step, with the enums that it needs.</summary>
    public static SourceText Emit(StepParameters record)
    {
        var writer = GeneratedFile.Start();
        WriteAliases(writer, record.Workflow, record.Typed.Select(NameOf).Prepend(record.RecordName));
        writer.Namespace(record.Namespace, () =>
        {
            writer.Line($"/// <summary>The parameters of step <c>{record.Step}</c>.</summary>");
            writer.Line(GeneratedFile.Attribute);
            writer.Block($"{GeneratedFile.Access(record.IsPublic)}sealed partial record {record.RecordName}", () =>
            {
                foreach (var property in record.Properties)
                {
                    PropertyEmitter.Write(writer, property);
                }

                PropertyEmitter.WriteHidden(writer, record.Hidden);
            });
            foreach (var property in record.Typed)
            {
                writer.Line();
                if (property.Branches is { } hierarchy)
                {
                    BranchEmitter.Write(writer, property, hierarchy, record.IsPublic);
                }
                else
                {
                    WriteEnum(writer, property, record.IsPublic);
                }
            }
        });
        return GeneratedFile.End(writer);
    }

    /// <summary>The record that has the records of all steps.</summary>
    public static SourceText Emit(AllParameters all)
    {
        var writer = GeneratedFile.Start();
        WriteAliases(writer, all.Workflow, [GeneratedNames.AllRecords]);
        writer.Namespace(all.Namespace, () =>
        {
            writer.Line("/// <summary>The parameters of all steps.</summary>");
            writer.Line(GeneratedFile.Attribute);
            writer.Block($"{GeneratedFile.Access(all.IsPublic)}sealed partial record {GeneratedNames.AllRecords}", () =>
            {
                foreach (var step in all.Steps)
                {
                    var record = GeneratedNames.Qualify(all.Namespace, GeneratedTypeNames.RecordOf(step));
                    writer.Line($"/// <summary>The parameters of step <c>{step}</c>.</summary>");
                    writer.Line($"public {record} {CSharpNames.ToPascalCase(step)} {{ get; init; }} = new();");
                }
            });
        });
        return GeneratedFile.End(writer);
    }

    private static string NameOf(ParameterProperty property) => property.GeneratedType ?? property.PossibleEnumName!;

    /// <summary>Writes aliases, which make the types visible to code of the project in other namespaces or in none.</summary>
    private static void WriteAliases(IndentedWriter writer, WorkflowIdentity workflow, IEnumerable<string> names)
    {
        if (!workflow.HasAliases)
        {
            return;
        }

        foreach (var name in names)
        {
            writer.Line($"global using {name} = {GeneratedNames.Qualify(workflow.Namespace, name)};");
        }

        writer.Line();
    }

    private static void WriteEnum(IndentedWriter writer, ParameterProperty property, bool isPublic)
    {
        writer.Line($"/// <summary>The values of <c>{XmlDoc.Escape(property.SpaceName)}</c>.</summary>");
        writer.Line(GeneratedFile.Attribute);
        writer.Block($"{GeneratedFile.Access(isPublic)}enum {NameOf(property)}", () =>
        {
            foreach (var member in property.Members)
            {
                writer.Line($"/// <summary><c>{XmlDoc.Escape(member)}</c></summary>");
                writer.Line($"{CSharpNames.ToPascalCase(member)},");
            }
        });
    }
}
