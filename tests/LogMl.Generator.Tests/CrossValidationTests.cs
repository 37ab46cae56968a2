using System.Text.Json;
using LogMl.Generator.Tests.Kit;

namespace LogMl.Generator.Tests;

/// <summary>Workflows whose loss is the mean over folds.</summary>
public sealed class CrossValidationTests
{
    private const string Folds = "cross_validation: { KFold: { n_splits: 4 } }\n";

    /// <summary>What generated code needs of ML.NET, over the numbers of rows.</summary>
    private const string Ml = """
        namespace Microsoft.ML
        {
            public delegate void ValueGetter<T>(ref T value);
            public sealed class ColumnType { public Type RawType => typeof(bool); }
            public readonly struct Column { public string Name => "Even"; public ColumnType Type => new(); }
            public sealed class Schema : List<Column> { public Column? GetColumnOrNull(string name) => name == "Even" ? new Column() : null; }
            public sealed class Cursor(int[] rows) : IDisposable
            {
                private int _next = -1;
                public bool MoveNext() => ++_next < rows.Length;
                public ValueGetter<T> GetGetter<T>(Column column) => (ref T value) => value = (T)(object)(rows[_next] % 2 == 0);
                public void Dispose() { }
            }
            public interface IDataView { int[] Rows { get; } Schema Schema { get; } long? GetRowCount(); Cursor GetRowCursor(IEnumerable<Column> columns); }
            public sealed class View(int[] rows) : IDataView
            {
                public int[] Rows => rows;
                public Schema Schema => [];
                public long? GetRowCount() => null;
                public Cursor GetRowCursor(IEnumerable<Column> columns) => new(rows);
            }
            public sealed class Parts { public required IDataView TrainSet { get; init; } public required IDataView TestSet { get; init; } }
            public sealed class Catalog
            {
                public IDataView SkipRows(IDataView input, long count) => new View([]);
                public Parts TrainTestSplit(IDataView data, double share, int? seed = null) => throw new NotSupportedException();
            }
            public sealed class MLContext(int? seed = null) { public int? Seed => seed; public Catalog Data => new(); }
            public static class CustomMappingCatalog
            {
                public static IDataView FilterByStatefulCustomPredicate<TRow, TState>(
                    Catalog catalog, IDataView input, Func<TRow, TState, bool> drop, Action<TState> start)
                    where TRow : class, new() where TState : class, new()
                {
                    var state = new TState();
                    start(state);
                    return new View([.. input.Rows.Where(_ => !drop(new TRow(), state))]);
                }
            }
        }
        """;

    /// <summary>The loss is the number of the first row that is validated on.</summary>
    private const string ModelSteps = """
        [WorkflowStep("model_create")] public static Net Build() => Log.Add("create", new Net());
        [WorkflowStep("model_train")] public static void Train(Net net, TYPE train) => Log.Add("train " + Text(train), 0);
        [WorkflowStep("model_evaluate")] public static (double Loss, double Rows) Loss(Net net, TYPE data, string name)
        {
            Log.Add(name + " " + Text(data), 0);
            return (data.First().Id, data.Count());
        }
        static string Text(IEnumerable<Row> rows) => string.Join(',', rows.Select(row => row.Id));
        """;

    [Theory]
    [InlineData("Row[]")]
    [InlineData("List<Row>")]
    [InlineData("IReadOnlyList<Row>")]
    public async Task Each_fold_is_trained_and_scored_and_the_scores_are_their_means(string type)
    {
        var workflow = GeneratorRun.Of(Program(type), Folds).AssertClean().Load();
        var trial = new Trial();

        var scores = await Trial.RunAsync(workflow, trial: trial);

        Assert.Equal(
            ["create", "train 2,3,4,5,6,7", "validate 0,1", "create", "train 0,1,4,5,6,7", "validate 2,3"],
            CodeOf.LinesOf(workflow).Take(6));
        Assert.Equal(12, CodeOf.LinesOf(workflow).Count);
        Assert.Equal(["validate"], scores.Keys);
        Assert.Equal((3.0, 2.0), (scores["validate"].Loss, scores["validate"].Figures["rows"]));

        // The losses are 0, 2, 4 and 6: their sample variance is 20 / 3.
        Assert.Equal(Math.Sqrt(20.0 / 3), scores["validate"].Figures["loss_std"], 12);
        Assert.Equal([(0, 0), (2, 1), (4, 2), (6, 3)], trial.Reports);
        Assert.Equal(["cross_validation: the loss is the mean over 4 folds (KFold)"], NotesOf(workflow));
    }

    [Theory]
    [InlineData("f1_score: maximize", "f1_score_std", "f1_score is")]
    [InlineData("f1_score: maximize, rows: minimize", "f1_score_std rows_std", "each objective is")]
    public async Task The_folds_report_the_one_objective_and_each_objective_has_a_deviation(
        string objectives, string deviations, string note)
    {
        var program = Program("Row[]")
            .Replace("(double Loss, double Rows) Loss", "(double F1Score, double Rows) Loss", StringComparison.Ordinal);
        var yaml = Folds + $"\nhyper_parameter_optimization:\n  objectives: {{ {objectives} }}\n";
        var workflow = GeneratorRun.Of(program, yaml).AssertClean().Load();
        var trial = new Trial();

        var scores = (await Trial.RunAsync(workflow, trial: trial))["validate"];

        Assert.Null(scores.Loss);
        Assert.Equal((3.0, 2.0), (scores.Figures["f1_score"], scores.Figures["rows"]));
        Assert.Equal(["f1_score", "rows", .. deviations.Split(' ')], scores.Figures.Keys);
        Assert.Equal(Math.Sqrt(20.0 / 3), scores.Figures["f1_score_std"], 12);

        // Pruners take one objective.
        Assert.Equal(objectives.Contains(',', StringComparison.Ordinal) ? [] : [(0, 0), (2, 1), (4, 2), (6, 3)], trial.Reports);
        Assert.Equal([$"cross_validation: {note} the mean over 4 folds (KFold)"], NotesOf(workflow));
    }

    [Fact]
    public async Task A_full_run_trains_once_more_on_all_rows_but_those_of_the_test_part()
    {
        const string Save = """[WorkflowStep("model_save")] public static void Save(Net net) => Log.Add("save", 0);""";
        var workflow = GeneratorRun.Of(Program("Row[]", Save, test: "rows[6..]"), Folds).AssertClean().Load();

        var scores = await Trial.RunAsync(workflow, isFull: true);

        Assert.Equal(["create", "train 0,1,2,3,4,5", "train 0,1,2,3,4,5", "test 6,7", "save"], CodeOf.LinesOf(workflow).TakeLast(5));
        Assert.Equal(["validate", "train", "test"], scores.Keys);
        Assert.Equal(6, scores["test"].Loss);
        Assert.DoesNotContain("loss_std", scores["test"].Figures.Keys);
    }

    [Fact]
    public async Task The_default_split_cuts_off_the_test_part_and_the_folds_are_the_same_in_each_trial()
    {
        const string Yaml = "functions:\n  dataset_split: { split_test: 0.2 }\ncross_validation: { KFold: { n_splits: 4, shuffle: true } }\n";
        var workflow = GeneratorRun.Of(CodeOf.Steps("""
            [WorkflowStep("dataset_create")] public static List<Row> Create() => [.. Enumerable.Range(0, 20).Select(i => new Row(i))];
            """ + ModelSteps.Replace("TYPE", "List<Row>", StringComparison.Ordinal)), Yaml).AssertClean().Load();

        var scores = await Trial.RunAsync(workflow, isFull: true);
        var first = CodeOf.LinesOf(workflow).ToList();
        await Trial.RunAsync(workflow, isFull: true, trial: new Trial { Seed = 99 });

        Assert.Equal(
            (4.0, 16.0, 4.0),
            (scores["validate"].Figures["rows"], scores["train"].Figures["rows"], scores["test"].Figures["rows"]));
        Assert.Equal(first, CodeOf.LinesOf(workflow).Skip(first.Count));
        var validated = first.Where(line => line.StartsWith("validate ", StringComparison.Ordinal))
            .SelectMany(line => line[9..].Split(','))
            .ToList();
        var test = first.Single(line => line.StartsWith("test ", StringComparison.Ordinal))[5..].Split(',');
        Assert.Equal(Enumerable.Range(0, 20).Order(), validated.Concat(test).Select(int.Parse).Order());
    }

    [Fact]
    public async Task Stages_before_the_split_run_once_and_dataset_inout_once_for_each_fold()
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps("""
            [WorkflowStep("dataset_create")] public static Row[] Create() => Log.Add("create", Enumerable.Range(0, 6).Select(i => new Row(i)).ToArray());
            [WorkflowStep("dataset_inout")] public static (double[] x, int[] y) Pairs(Row[] rows) => Log.Add("inout", (rows.Select(row => 1.0 * row.Id).ToArray(), rows.Select(row => row.Id).ToArray()));
            [WorkflowStep("model_train")] public static Net Train(double[] x, int[] y, Row[] validate, Random random) => Log.Add("random " + random.Next(), new Net());
            [WorkflowStep("model_evaluate")] public static double Loss(Net net, double[] x, int[] y) => x.Length + y.Length;
            """), "cross_validation: { KFold: { n_splits: 3 } }").AssertClean().Load();
        var cache = new StageCache();

        var scores = await Trial.RunAsync(workflow, cache: cache);
        await Trial.RunAsync(workflow, cache: cache);
        await Trial.RunAsync(workflow, cache: cache, isFull: true);

        var lines = CodeOf.LinesOf(workflow);
        Assert.Equal(1, lines.Count(line => line == "create"));

        // Two parts in each of 3 folds; then the two parts of the full run, whose test part is empty.
        Assert.Equal(8, lines.Count(line => line == "inout"));
        Assert.Equal(4, scores["validate"].Loss);

        // Each fold has random numbers of its own, the same ones in each run of the trial.
        Assert.Equal(4, lines.Where(line => line.StartsWith("random", StringComparison.Ordinal)).Distinct().Count());
    }

    [Theory]
    [InlineData("label: Kind")]
    [InlineData("label: kind")]
    public async Task Stratified_folds_have_the_same_share_of_each_class(string label)
    {
        var workflow = GeneratorRun.Of("""
            using LogMl;
            public sealed class Sample { public int Id { get; init; } public string Kind => Id % 4 == 0 ? "rare" : "frequent"; }
            public static class Steps
            {
                [WorkflowStep("dataset_create")] public static IReadOnlyCollection<Sample> Create() => [.. Enumerable.Range(0, 40).Select(i => new Sample { Id = i })];
                [WorkflowStep("model_evaluate")] public static double Loss(Sample[] data) => data.Count(row => row.Kind == "rare");
            }
            """, $"cross_validation: {{ StratifiedKFold: {{ {label} }} }}").AssertClean().Load();

        var scores = await Trial.RunAsync(workflow);

        Assert.Equal((2.0, 0.0), (scores["validate"].Loss, scores["validate"].Figures["loss_std"]));
    }

    [Fact]
    public async Task A_data_set_that_is_not_split_is_cut_into_folds_whole_and_reports_of_steps_are_not_used()
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps("""
            [WorkflowStep("dataset_create")] public static Row[] Create() => [.. Enumerable.Range(0, 3).Select(i => new Row(i))];
            [WorkflowStep("model_train")] public static void Train(ITrial trial) { trial.Report(7, 0); trial.ThrowIfPruned(); }
            [WorkflowStep("model_evaluate")] public static double Loss(Row[] data) => data[0].Id;
            """), "functions: { dataset_split: { enable: false } }\ncross_validation: { LeaveOneOut: }").AssertClean().Load();
        var trial = new Trial();

        Assert.Equal(1, (await Trial.RunAsync(workflow, trial: trial))["validate"].Loss);

        Assert.Equal([(0, 0), (1, 1), (2, 2)], trial.Reports);
        Assert.Equal(
            [
                "cross_validation: the loss is the mean over the folds of LeaveOneOut",
                "cross_validation: the folds are the reports of a trial; what a step reports itself is not used",
            ],
            NotesOf(workflow));
    }

    [Theory]
    [InlineData("trial.ThrowIfPruned(); System.Console.WriteLine(trial.Number);", false)]
    [InlineData("if (trial.Number > 2) trial.Report(1, 0);", true)]
    [InlineData("Other(trial);", true)]
    [InlineData("var same = trial; same.Report(1, 0);", true)]
    public void That_reports_of_steps_are_not_used_is_said_where_a_step_may_report(string body, bool isSaid)
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps($$"""
            [WorkflowStep("dataset_create")] public static Row[] Create() => [.. Enumerable.Range(0, 3).Select(i => new Row(i))];
            [WorkflowStep("model_train")] public static void Train(ITrial trial) { {{body}} }
            [WorkflowStep("model_evaluate")] public static double Loss(Row[] data) => data[0].Id;
            private static void Other(ITrial trial) { }
            """), "functions: { dataset_split: { enable: false } }\ncross_validation: { LeaveOneOut: }").AssertClean().Load();

        Assert.Equal(isSaid ? 2 : 1, NotesOf(workflow).Count());
    }

    [Theory]
    [InlineData("KFold: { n_splits: 5 }", "odd 2,odd 2,odd 1,odd 0,odd 0")]
    [InlineData("StratifiedKFold: { n_splits: 5, label: Even }", "odd 1,odd 1,odd 1,odd 1,odd 1")]
    public async Task A_data_set_of_MLNET_is_cut_into_folds_by_a_filter_of_its_own(string method, string odd)
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps("""
            [WorkflowStep("dataset_load")] public static Microsoft.ML.IDataView Load() => new Microsoft.ML.View([1, 3, 5, 7, 9, 0, 2, 4, 6, 8]);
            [WorkflowStep("model_train")] public static int Train(Microsoft.ML.IDataView train) => train.Rows.Length;
            [WorkflowStep("model_evaluate")] public static (double Loss, double Odd) Loss(int trained, Microsoft.ML.IDataView data) =>
                (trained + 100 * data.Rows.Length, Log.Add("odd " + data.Rows.Count(row => row % 2 == 1), 0));
            """) + Ml, $"cross_validation: {{ {method} }}").AssertClean().Load();
        var trial = new Trial();

        Assert.Equal(208, (await Trial.RunAsync(workflow, trial: trial))["validate"].Loss);
        var full = await Trial.RunAsync(workflow, isFull: true);

        Assert.Equal(5, trial.Reports.Count);
        Assert.Equal(odd, string.Join(',', CodeOf.LinesOf(workflow).Take(5)));
        Assert.Equal(1010, full["train"].Loss);
    }

    [Fact]
    public async Task More_folds_than_rows_are_an_error_of_the_run_that_says_both()
    {
        var workflow = GeneratorRun.Of(Program("Row[]"), "cross_validation: { KFold: { n_splits: 9 } }").AssertClean().Load();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Trial.RunAsync(workflow));
        Assert.Equal("cross_validation: KFold with n_splits = 9 needs at least 9 rows; there are 8 besides the test part.", error.Message);
    }

    [Fact]
    public void The_host_learns_the_method_and_its_options()
    {
        const string Yaml = "cross_validation: { n_jobs: -1, StratifiedShuffleSplit: { label: Id, test_size: 0.25, random_state: 3 } }";
        var workflow = GeneratorRun.Of(Program("Row[]"), Yaml).AssertClean().Load();
        using var manifest = JsonDocument.Parse(workflow.Manifest);
        Assert.Equal(
            """{"method":"StratifiedShuffleSplit","n_splits":10,"test_size":0.25,"random_state":3,"label":"Id"}""",
            manifest.RootElement.GetProperty("cross_validation").GetRawText());
        Assert.Equal(-1, manifest.RootElement.GetProperty("fold_jobs").GetInt32());
        using var usual = JsonDocument.Parse(GeneratorRun.Of(Program("Row[]"), Folds).AssertClean().Load().Manifest);
        Assert.False(usual.RootElement.TryGetProperty("fold_jobs", out _));
    }

    private static string Program(string type, string more = "", string test = "[]") => CodeOf.Steps($$"""
        [WorkflowStep("dataset_create")] public static Row[] Create() => [.. Enumerable.Range(0, 8).Select(i => new Row(i))];
        [WorkflowStep("dataset_split")] public static ({{type}} train, {{type}} validate, Row[] test) Cut(Row[] rows)
        {
            Row[] test = {{test}};
            return ([.. rows[..5]], [.. rows[5..(8 - test.Length)]], test);
        }
        """ + ModelSteps.Replace("TYPE train", type + " train", StringComparison.Ordinal)
            .Replace("TYPE data", "IReadOnlyCollection<Row> data", StringComparison.Ordinal) + more);

    private static IEnumerable<string> NotesOf(Workflow workflow)
    {
        using var manifest = JsonDocument.Parse(workflow.Manifest);
        return [.. manifest.RootElement.GetProperty("notes").EnumerateArray().Select(note => note.GetString()!)];
    }
}
