namespace LogMl.Generator.Emit;

/// <summary>Writes the helpers that cut a data set of ML.NET into folds.</summary>
internal static class ViewFoldsEmitter
{
    private const string DataView = "global::Microsoft.ML.IDataView";
    private const string Error = "throw new global::System.InvalidOperationException(";
    private static readonly string[] ClassTypes = ["float", "double", "byte", "ushort", "uint", "ulong", "int", "long"];

    public static void Write(IndentedWriter writer)
    {
        WriteChosenRows(writer);
        writer.Line();
        writer.Block($"private static int CountRows({DataView} data)", () =>
        {
            writer.Block("if (data.GetRowCount() is { } known)", () => writer.Line("return checked((int)known);"));
            writer.Line();
            writer.Line("using var cursor = data.GetRowCursor([]);");
            writer.Line("var count = 0;");
            writer.Block("while (cursor.MoveNext())", () => writer.Line("count++;"));
            writer.Line("return count;");
        });
        writer.Line();
        WriteLabels(writer);
    }

    /// <summary>The filter reads the rows in their order, and so counts them; each cursor has a count of its own.</summary>
    private static void WriteChosenRows(IndentedWriter writer)
    {
        writer.Line($"private static {DataView} ChosenRows({DataView} data, bool[] chosen) =>");
        writer.Line("    global::Microsoft.ML.CustomMappingCatalog.FilterByStatefulCustomPredicate<NoColumns, Position>(");
        writer.Line("        new global::Microsoft.ML.MLContext(0).Data, data, (_, position) => !chosen[position.Next++],");
        writer.Line("        position => position.Next = 0);");
        writer.Line();
        writer.Line("private sealed class NoColumns;");
        writer.Line();
        writer.Block("private sealed class Position", () => writer.Line("public int Next { get; set; }"));
    }

    private static void WriteLabels(IndentedWriter writer)
    {
        writer.Block($"private static object?[] LabelsOf({DataView} data, string name)", () =>
        {
            writer.Block("if (data.Schema.GetColumnOrNull(name) is not { } column)", () =>
            {
                writer.Line("var names = string.Join(\", \", global::System.Linq.Enumerable.Select(data.Schema, known => known.Name));");
                writer.Line(Error + "$\"cross_validation: the data set has no column '{name}'; it has: {names}.\");");
            });
            writer.Line();
            writer.Line("var type = column.Type.RawType;");
            writer.Line("return type == typeof(bool) ? Read<bool>()");
            foreach (var type in ClassTypes)
            {
                writer.Line($"    : type == typeof({type}) ? Read<{type}>()");
            }

            writer.Line("    : type == typeof(global::System.ReadOnlyMemory<char>) ? Read<global::System.ReadOnlyMemory<char>>()");
            writer.Line("    : " + Error + "$\"cross_validation: column '{name}' is of type {type.Name}, which is no class.\");");
            writer.Line();
            writer.Block("object?[] Read<T>()", () =>
            {
                writer.Line("var labels = new global::System.Collections.Generic.List<object?>();");
                writer.Line("using var cursor = data.GetRowCursor([column]);");
                writer.Line("var getter = cursor.GetGetter<T>(column);");
                writer.Line("T value = default!;");
                writer.Block("while (cursor.MoveNext())", () =>
                {
                    writer.Line("getter(ref value);");
                    writer.Line("labels.Add(value is global::System.ReadOnlyMemory<char> text ? text.ToString() : value);");
                });
                writer.Line("return [.. labels];");
            });
        });
    }
}
