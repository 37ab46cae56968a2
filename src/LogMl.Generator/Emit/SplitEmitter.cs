using LogMl.Generator.Model;
using LogMl.Generator.Planning;

namespace LogMl.Generator.Emit;

/// <summary>Writes the default split: its call, and the helper that gives the parts the type of the data set.</summary>
internal static class SplitEmitter
{
    private const string DataView = "global::Microsoft.ML.IDataView";

    /// <summary>Writes the helper.</summary>
    public static void Write(IndentedWriter writer, SplitParts split)
    {
        if (split.Form == SplitForm.View)
        {
            WriteSplitView(writer);
            return;
        }

        var parts = split.Form == SplitForm.Memory
            ? "(parts.Train, parts.Validate, parts.Test)"
            : "([.. parts.Train], [.. parts.Validate], [.. parts.Test])";
        writer.Line($"private static ({split.Type} Train, {split.Type} Validate, {split.Type} Test) ToParts("
            + $"({split.Element}[] Train, {split.Element}[] Validate, {split.Element}[] Test) parts) =>");
        writer.Line($"    {parts};");
    }

    /// <summary>Writes the helper that checks whether a data set of ML.NET has rows.</summary>
    public static void WriteHasRows(IndentedWriter writer) =>
        writer.Block($"private static bool HasRows({DataView}? view)", () =>
        {
            writer.Block("if (view is null)", () => writer.Line("return false;"));
            writer.Line();
            writer.Line("using var cursor = view.GetRowCursor([]);");
            writer.Line("return cursor.MoveNext();");
        });

    private static void WriteSplitView(IndentedWriter writer)
    {
        writer.Block($"private static ({DataView} Train, {DataView} Validate, {DataView} Test) SplitView("
            + $"{DataView} data, double splitValidate, double splitTest, global::System.Random random)", () =>
        {
            writer.Line("global::LogMl.Runtime.DatasetSplit.RequireShares(splitValidate, splitTest);");
            writer.Line("var context = new global::Microsoft.ML.MLContext(random.Next());");
            writer.Line("var (rest, test) = Cut(data, splitTest);");
            writer.Line("var (train, validate) = Cut(rest, splitValidate / (1 - splitTest));");
            writer.Line("return (train, splitValidate == 0 ? train : validate, test);");
            writer.Line();
            writer.Block($"({DataView} Most, {DataView} Share) Cut({DataView} all, double share)", () =>
            {
                writer.Block("if (share == 0)", () => writer.Line("return (all, context.Data.SkipRows(all, long.MaxValue));"));
                writer.Line();
                writer.Line("var parts = context.Data.TrainTestSplit(all, share, seed: random.Next());");
                writer.Line("return (parts.TrainSet, parts.TestSet);");
            });
        });
    }
}
