using System.Text.Json;
using LogMl.Generator.Tests.Kit;

namespace LogMl.Generator.Tests;

/// <summary>What the split does that a workflow without a method for it gets.</summary>
public class DefaultSplitTests
{
    /// <summary>As much of ML.NET as the split needs. A view is a list of rows.</summary>
    private const string Ml = """
        namespace Microsoft.ML
        {
            public sealed class DataViewSchema { public readonly struct Column { } }
            public sealed class Cursor(int rows) : IDisposable { private int _left = rows; public bool MoveNext() => _left-- > 0; public void Dispose() { } }
            public interface IDataView { Cursor GetRowCursor(IEnumerable<DataViewSchema.Column> columns, Random? random = null); int Rows { get; } }
            public sealed class View(int rows) : IDataView { public int Rows => rows; public Cursor GetRowCursor(IEnumerable<DataViewSchema.Column> columns, Random? random = null) => new(rows); }
            public static class DataOperationsCatalog { public sealed record TrainTestData(IDataView TrainSet, IDataView TestSet); }
            public sealed class Catalog
            {
                public IDataView SkipRows(IDataView input, long count) => new View(0);
                public DataOperationsCatalog.TrainTestData TrainTestSplit(IDataView data, double testFraction = 0.1, string? samplingKeyColumnName = null, int? seed = null) =>
                    new(new View(data.Rows - (int)Math.Round(data.Rows * testFraction)), new View((int)Math.Round(data.Rows * testFraction)));
            }
            public sealed class MLContext(int? seed = null) { public int? Seed => seed; public Catalog Data { get; } = new(); }
        }
        """;

    [Theory]
    [InlineData("Row[]", "Row[]")]
    [InlineData("List<Row>", "List<Row>")]
    [InlineData("HashSet<Row>", "HashSet<Row>")]
    [InlineData("System.Collections.Immutable.ImmutableArray<Row>", "System.Collections.Immutable.ImmutableArray<Row>")]
    [InlineData("System.Collections.Immutable.ImmutableList<Row>", "System.Collections.Immutable.ImmutableList<Row>")]
    [InlineData("System.Collections.ObjectModel.Collection<Row>", "System.Collections.ObjectModel.Collection<Row>")]
    [InlineData("IReadOnlyList<Row>", "Row[]")]
    [InlineData("IReadOnlyCollection<Row>", "Row[]")]
    [InlineData("ICollection<Row>", "IReadOnlyList<Row>")]
    [InlineData("IList<Row>", "IList<Row>")]
    [InlineData("Queue<Row>", "Row[]", "new(Rows)")]
    [InlineData("Memory<Row>", "Memory<Row>", "Rows")]
    [InlineData("ReadOnlyMemory<Row>", "ReadOnlyMemory<Row>", "Rows")]
    public async Task Whatever_knows_its_number_of_rows_is_split(string given, string taken, string value = "[.. Rows]")
    {
        var count = taken.Contains("Memory", StringComparison.Ordinal) ? "data.ToArray().Length" : "((IEnumerable<Row>)data).Count()";
        var workflow = GeneratorRun.Of(CodeOf.Steps($$"""
            private static Row[] Rows => [.. Enumerable.Range(0, 10).Select(i => new Row(i))];
            [WorkflowStep("dataset_create")] public static {{given}} Create() => {{value}};
            [WorkflowStep("model_train")] public static Net Train({{taken}} train) => new();
            [WorkflowStep("model_evaluate")] public static double Loss({{taken}} data) => {{count}};
            """), "functions:\n  dataset_split: { split_validate: 0.3, split_test: 0.1 }").AssertClean().Load();

        var scores = await Trial.RunAsync(workflow, isFull: true);

        Assert.Equal((6.0, 3.0, 1.0), (scores["train"].Loss, scores["validate"].Loss, scores["test"].Loss));
        Assert.DoesNotContain("notes", workflow.Manifest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("split_validate: 0.3, split_test: 0.1", 60, 30, 10.0)]
    [InlineData("split_validate: 0.25", 75, 25, null)]
    [InlineData("split_validate: 0.25, split_test: 0.004", 75, 25, null)]
    public async Task A_data_set_of_MLNET_is_split_by_its_own_context(string shares, double train, double validate, double? test)
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps("""
            [WorkflowStep("dataset_load")] public static Microsoft.ML.IDataView Load() => new Microsoft.ML.View(100);
            [WorkflowStep("model_train")] public static Net Train(Microsoft.ML.IDataView train) => new();
            [WorkflowStep("model_evaluate")] public static double Loss(Net net, Microsoft.ML.IDataView data) => data.Rows;
            """) + Ml, $"functions:\n  dataset_split: {{ {shares} }}").AssertClean().Load();

        var scores = await Trial.RunAsync(workflow, isFull: true);

        Assert.Equal((train, validate), (scores["train"].Loss, scores["validate"].Loss));
        Assert.Equal(test, scores.TryGetValue("test", out var score) ? score.Loss : null);
    }

    [Theory]
    [InlineData("IEnumerable<Row>", "[]")]
    [InlineData("Net", "new()")]
    [InlineData("Dictionary<string, double[]>", "[]")]
    [InlineData("Microsoft.ML.IDataView", "null!")]
    public async Task What_is_not_split_is_told_to_the_host(string type, string value)
    {
        var code = CodeOf.Steps($$"""
            [WorkflowStep("dataset_create")] public static {{type}} Create() => {{value}};
            [WorkflowStep("model_evaluate")] public static double Loss({{type}} data) => 7;
            """) + "namespace Microsoft.ML { public interface IDataView; }";
        var run = GeneratorRun.Of(code);
        var workflow = run.AssertCompiles().Load();

        Assert.Equal("LOGML0117", Assert.Single(run.Diagnostics).Id);
        Assert.Equal(
            [$"Steps.Create gives {type.Replace("Microsoft.ML.", "", StringComparison.Ordinal)}, which is not split: the loss is that of the data that a trial is trained on"],
            NotesOf(workflow));
        Assert.Equal(7, (await Trial.RunAsync(workflow))["validate"].Loss);
    }

    [Fact]
    public void A_split_that_is_switched_off_is_told_to_the_host() => Assert.Equal(
        ["dataset_split is disabled: the loss is that of the data that a trial is trained on"],
        NotesOf(GeneratorRun.Of(Rows(3), "functions:\n  dataset_split: { enable: false }").AssertClean().Load()));

    [Fact]
    public async Task Without_a_share_for_validation_the_rows_of_the_training_are_validated_on_and_the_host_is_told()
    {
        var run = GeneratorRun.Of(Rows(10), "functions:\n  dataset_split: { split_validate: 0.0, split_test: 0.2 }");
        var workflow = run.AssertCompiles().Load();

        var scores = await Trial.RunAsync(workflow, isFull: true);

        Assert.Equal("LOGML0119", Assert.Single(run.Diagnostics).Id);
        Assert.Equal((8.0, 8.0, 2.0), (scores["train"].Loss, scores["validate"].Loss, scores["test"].Loss));
        Assert.Equal(["split_validate is 0: the loss is that of the rows that a trial is trained on"], NotesOf(workflow));
    }

    [Fact]
    public async Task A_part_that_the_default_split_leaves_empty_is_an_error_that_names_the_split()
    {
        var workflow = GeneratorRun.Of(Rows(3), "functions:\n  dataset_split: { split_validate: 0.1 }").AssertClean().Load();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Trial.RunAsync(workflow));

        Assert.Equal("dataset_split: the default split of Steps.Create gives no rows to validate on: there are too few rows for split_validate and split_test.", exception.Message);
    }

    [Theory]
    [InlineData("(rows, [])", "validate")]
    [InlineData("([], rows)", "train")]
    public async Task A_part_that_a_method_leaves_empty_is_an_error_that_names_the_method(string result, string purpose)
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps($$"""
            [WorkflowStep("dataset_create")] public static Row[] Create() => [new(1), new(2)];
            [WorkflowStep("dataset_split")] public static (Row[], Row[]) Split(Row[] rows) => {{result}};
            [WorkflowStep("model_train")] public static Net Train(Row[] train) => new();
            [WorkflowStep("model_evaluate")] public static double Loss(Row[] data) => data.Length;
            """)).AssertClean().Load();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Trial.RunAsync(workflow));

        Assert.Equal($"dataset_split: Steps.Split gives no rows to {purpose} on.", exception.Message);
    }

    private static string Rows(int count) => CodeOf.Steps($$"""
        [WorkflowStep("dataset_create")] public static Row[] Create() => [.. Enumerable.Range(0, {{count}}).Select(i => new Row(i))];
        [WorkflowStep("model_train")] public static Net Train(Row[] train) => new();
        [WorkflowStep("model_evaluate")] public static double Loss(Row[] data) => data.Length;
        """);

    private static string[] NotesOf(Workflow workflow)
    {
        using var manifest = JsonDocument.Parse(workflow.Manifest);
        return [.. manifest.RootElement.GetProperty("notes").EnumerateArray().Select(note => note.GetString()!)];
    }
}
