using LogMl.Generator.Model;
using LogMl.Generator.Planning;

namespace LogMl.Generator.Emit;

/// <summary>Writes the default split: what it calls, and the helper that gives the parts the type of the data set.</summary>
internal static class SplitEmitter
{
    private const string DataView = "global::Microsoft.ML.IDataView";

    /// <summary>The split as an expression.</summary>
    /// <param name="split">What is split.</param>
    /// <param name="data">The data set.</param>
    /// <param name="shares">The shares for validation and test.</param>
    public static string Call(SplitParts split, string data, string shares)
    {
        if (split.Form == SplitForm.View)
        {
            return $"SplitView({data}, {shares}, random)";
        }

        var rows = split.Form == SplitForm.Memory ? data + ".ToArray()" : data;
        var call = $"global::LogMl.Runtime.DatasetSplit.Split<{split.Element}>({rows}, {shares}, random)";
        return split.Form is SplitForm.Collection or SplitForm.Memory ? $"ToParts({call})" : call;
    }

    /// <summary>Whether the call needs a helper.</summary>
    public static bool HasHelper(SplitParts? split) => split?.Form is SplitForm.Collection or SplitForm.Memory or SplitForm.View;

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

    /// <summary>Writes what asks whether a data set of ML.NET has rows.</summary>
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
                writer.Block("if (share == 0)", () => writer.Line("return (all, context.Data.TakeRows(all, 0));"));
                writer.Line();
                writer.Line("var parts = context.Data.TrainTestSplit(all, share, seed: random.Next());");
                writer.Line("return (parts.TrainSet, parts.TestSet);");
            });
        });
    }
}
