using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Inputs;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;
using LogMl.Shared.Parameters;
using Microsoft.CodeAnalysis.Text;

namespace LogMl.Generator.Emit;

/// <summary>Writes <c>WorkflowParameters.Load</c>, which reads a file at run time, and <c>WorkflowParameters.Best</c>.</summary>
internal static class ParameterFileEmitter
{
    private const string Value = "global::LogMl.Runtime.ParameterFileValue";

    public static SourceText EmitLoad(ParameterLoader loader)
    {
        var writer = GeneratedFile.Start();
        var all = GeneratedNames.Qualify(loader.All.Namespace, GeneratedNames.AllRecords);
        WriteMember(writer, loader.All, () =>
        {
            writer.Line("/// <summary>Reads parameters from a file such as <c>best.yaml</c>. What the file does not have keeps its default.</summary>");
            writer.Line("/// <param name=\"path\">The file.</param>");
            writer.Line("/// <exception cref=\"global::System.FormatException\">The file cannot be used; the message has line and column.</exception>");
            writer.Line($"public static {all} {GeneratedNames.Load}(string path) => "
                + (loader.IsValid
                    ? $"global::LogMl.Runtime.ParameterFile.Load(path, global::{ProjectInfo.WorkflowNamespace}.{loader.ClassName}.Read);"
                    : "throw new global::System.InvalidOperationException();"));
        });
        if (loader.IsValid)
        {
            writer.Line();
            writer.Namespace(ProjectInfo.WorkflowNamespace, () =>
            {
                writer.Line(GeneratedFile.Attribute);
                writer.Block($"internal static class {loader.ClassName}", () => WriteReaders(writer, loader, all));
            });
        }

        return GeneratedFile.End(writer);
    }

    public static SourceText EmitBest(BestParameters best)
    {
        var writer = GeneratedFile.Start();
        WriteMember(writer, best.All, () =>
        {
            writer.Line("/// <summary>The parameters of the file that the project compiles in. What the file does not have keeps its default.</summary>");
            var all = GeneratedNames.Qualify(best.All.Namespace, GeneratedNames.AllRecords);
            writer.Line($"public static {all} {GeneratedNames.Best} {{ get; }} = new {all}()");
            writer.Line("{");
            foreach (var step in best.Steps)
            {
                var record = GeneratedNames.Qualify(best.All.Namespace, GeneratedTypeNames.RecordOf(step.Step));
                writer.Line($"    {CSharpNames.ToPascalCase(step.Step)} = new {record}() {{ {string.Join(", ", step.Assignments)} }},");
            }

            writer.Line("};");
        });
        return GeneratedFile.End(writer);
    }

    private static void WriteMember(IndentedWriter writer, AllParameters all, Action write) => writer.Namespace(all.Namespace, () =>
        writer.Block($"{GeneratedFile.Access(all.IsPublic)}sealed partial record {GeneratedNames.AllRecords}", write));

    private static void WriteReaders(IndentedWriter writer, ParameterLoader loader, string all)
    {
        writer.Block($"internal static {all} Read({Value} steps)", () =>
        {
            WriteKeys(writer, "steps", ParameterFileKeys.Step, ParameterFileKeys.OfSteps(loader.Records, loader.Disabled));
            foreach (var step in ParameterFileKeys.WithoutRecord(loader.Records, loader.Disabled))
            {
                writer.Line($"_ = steps.Get<object?>({Literals.Text(step)}, static values => "
                    + $"{Checked("values", ParameterFileKeys.ParameterOf(step), [StepKeys.Enable])}.WithEnable(false), null);");
            }

            WriteRecord(writer, all, loader.Records.Select(record =>
                $"{CSharpNames.ToPascalCase(record.Step)} = steps.Get<{record.FullName}>({Literals.Text(record.Step)}, "
                    + $"Read{record.RecordName}, new {record.FullName}()),"));
        });
        foreach (var record in loader.Records)
        {
            writer.Line();
            writer.Block($"private static {record.FullName} Read{record.RecordName}({Value} values)", () =>
            {
                WriteKeys(writer, "values", ParameterFileKeys.ParameterOf(record.Step), ParameterFileKeys.OfParameters(record));
                writer.Line($"values.WithEnable({(loader.Disabled.Contains(record.Step) ? "false" : "true")});");
                WriteRecord(writer, record.FullName, MembersOf(record.Properties));
            });
            foreach (var choice in record.Typed.Where(property => property.Branches is not null))
            {
                WriteChoice(writer, choice, choice.Branches!);
            }
        }
    }

    private static void WriteChoice(IndentedWriter writer, ParameterProperty choice, BranchHierarchy hierarchy)
    {
        var branches = hierarchy.Branches;
        writer.Line();
        writer.Line($"private static {hierarchy.FullName} Read{hierarchy.Name}({Value} value) => value.Branch<{hierarchy.FullName}>(");
        writer.Line($"    [{string.Join(", ", branches.Select(branch => Literals.Text(branch.Label)))}],");
        writer.Line($"    [{string.Join(", ", branches.Select(branch => Literals.Double(branch.Range.Low)))}],");
        writer.Line($"    [{string.Join(", ", branches.Select(branch => Literals.Double(branch.Range.High)))}],");
        writer.Line($"    [{string.Join(", ", branches.Select(branch => ReaderOf(hierarchy, branch)))}]);");
        foreach (var branch in branches)
        {
            writer.Line();
            writer.Block($"private static {hierarchy.FullName} {ReaderOf(hierarchy, branch)}({Value} values)", () =>
            {
                if (branch is { IsNumber: true, Properties: [var number] })
                {
                    WriteRecord(
                        writer, branch.FullName, [$"{number.Name} = {ReadExpression("values", number, number.Parameter.Type)},"]);
                    return;
                }

                WriteKeys(writer, "values", ParameterFileKeys.ParameterOf(choice, branch), ParameterFileKeys.OfParameters(branch));
                if (branch.IsSingle)
                {
                    writer.Line($"return {branch.DefaultCode};");
                }
                else
                {
                    WriteRecord(writer, branch.FullName, MembersOf(branch.Properties));
                }
            });
        }
    }

    /// <summary>The method that reads a branch. No name of a type has an underline before a letter.</summary>
    private static string ReaderOf(BranchHierarchy hierarchy, BranchRecord branch) => $"Read{hierarchy.Name}_{branch.Name}";

    private static IEnumerable<string> MembersOf(EquatableArray<ParameterProperty> properties) => properties.Select(property =>
        $"{property.Name} = values.Get<{property.TypeName}>({Literals.Text(property.Parameter.Name)}, "
            + $"static value => {ReadExpression("value", property, property.Parameter.Type)}, {property.DefaultCode}),");

    private static void WriteKeys(IndentedWriter writer, string values, string what, IEnumerable<string> keys) =>
        writer.Line($"{values} = {Checked(values, what, keys)};");

    private static string Checked(string values, string what, IEnumerable<string> keys) =>
        $"{values}.WithKeys({string.Join(", ", keys.Prepend(what).Select(Literals.Text))})";

    private static void WriteRecord(IndentedWriter writer, string type, IEnumerable<string> members)
    {
        writer.Line($"return new {type}()");
        writer.Line("{");
        foreach (var member in members)
        {
            writer.Line("    " + member);
        }

        writer.Line("};");
    }

    private static string ReadExpression(string value, ParameterProperty property, ParameterType type)
    {
        var expression = type.Kind switch
        {
            ParameterKind.Bool => $"{value}.Bool()",
            ParameterKind.Int => $"{value}.Int32()",
            ParameterKind.Long => $"{value}.Int64()",
            ParameterKind.Double => $"{value}.Double()",
            ParameterKind.Enum => $"{value}.OneOf<{property.EnumType}>([{string.Join(", ", type.Members.Select(Literals.Text))}], "
                + $"[{string.Join(", ", type.Members.Select(member => property.Code(new ConfigurationValue.Text(member))))}])",
            ParameterKind.List => $"{value}.List<{ParameterProperty.NameOf(type.Element!)}>("
                + $"static item => {ReadExpression("item", property, type.Element!)})",
            ParameterKind.Branches => $"Read{property.Branches!.Name}({value})",
            _ => $"{value}.Text()",
        };
        return type.IsNullable ? $"{value}.IsNull ? null : {expression}" : expression;
    }
}
