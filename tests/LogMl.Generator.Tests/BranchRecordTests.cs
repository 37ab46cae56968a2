using System.Globalization;
using System.Text.RegularExpressions;
using LogMl.Generator.Tests.Kit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LogMl.Generator.Tests;

/// <summary>A choice with branches is a closed hierarchy of records, which a run makes from the flat values of a trial.</summary>
public partial class BranchRecordTests
{
    private const string Classifier = """
        functions:
          model_create:
            # Which model is trained.
            classifier: { svm: { c: 1.0, kernel: linear } }
        hyper_parameter_optimization:
          space:
            model_create:
              classifier:
                - choice
                - - naive_bayes
                  - svm:
                      c: ['lognormal', 0, 1]       # Inverse of the strength of the regularization.
                      kernel: ['choice', [linear, { rbf: { gamma: ['loguniform', -5, 2] } }]]
                  - dtree: { max_depth: ['choice', [null, ['qlognormal', 3, 1, 1]]], criterion: ['choice', [gini, entropy]] }
        """;

    private const string ShowsClassifier = """
        [WorkflowStep("model_create")] public static Net Create(ModelCreateParameters p) => Log.Add($"{p.Classifier}", new Net());
        [WorkflowStep("model_evaluate")] public static double Loss(Net net) => 1;
        """;

    public static TheoryData<string, Dictionary<string, double>, string> Trials { get; } = new()
    {
        { "the default of functions", [], "Svm { C = 1, Kernel = Linear { } }" },
        { "a branch without parameters", new() { ["model_create.classifier"] = 0 }, "NaiveBayes { }" },
        {
            "two levels",
            new()
            {
                ["model_create.classifier"] = 1, ["model_create.classifier.svm.c"] = 2.5, ["model_create.classifier.svm.kernel"] = 1,
                ["model_create.classifier.svm.kernel.rbf.gamma"] = 0.25,
            },
            "Svm { C = 2.5, Kernel = Rbf { Gamma = 0.25 } }"
        },
        {
            "null beside a number, and an enum",
            new()
            {
                ["model_create.classifier"] = 2, ["model_create.classifier.dtree.max_depth"] = 0,
                ["model_create.classifier.dtree.criterion"] = 1,
            },
            "Dtree { MaxDepth = , Criterion = Entropy }"
        },
        {
            "the number beside null",
            new()
            {
                ["model_create.classifier"] = 2, ["model_create.classifier.dtree.max_depth"] = 1,
                ["model_create.classifier.dtree.max_depth.qlognormal"] = 7, ["model_create.classifier.dtree.criterion"] = 0,
            },
            "Dtree { MaxDepth = 7, Criterion = Gini }"
        },
    };

    [Theory]
    [MemberData(nameof(Trials))]
    public async Task A_trial_has_the_branch_that_it_chose_with_its_parameters(string what, Dictionary<string, double> values, string shown)
    {
        var workflow = GeneratorRun.Of(CodeOf.Steps(ShowsClassifier), Classifier).AssertClean().Load();

        await Trial.RunAsync(workflow, values);

        Assert.True(CodeOf.LinesOf(workflow) is [var line] && line == shown, what);
    }

    [Fact]
    public void A_hierarchy_has_the_comments_and_the_ranges_of_the_file()
    {
        var record = GeneratorRun.Of(CodeOf.Steps(ShowsClassifier), Classifier).AssertClean().Files["LogMl.Parameters.model_create.g.cs"];

        Snapshot.AssertEqual("Branches.txt", record);
    }

    [Fact]
    public void Only_a_branch_can_be_made_and_one_without_parameters_has_one_instance()
    {
        var run = GeneratorRun.Of(CodeOf.Steps(ShowsClassifier), Classifier).AssertClean();
        var legal = """
            ModelCreateClassifier a = new ModelCreateClassifier.Svm { C = 2, Kernel = new ModelCreateClassifierSvmKernel.Rbf { Gamma = 1 } };
            ModelCreateClassifier b = ModelCreateClassifier.NaiveBayes.Instance;
            ModelCreateClassifier c = new ModelCreateClassifier.Dtree { MaxDepth = null } with { MaxDepth = 3 };
            """;

        Assert.Empty(ErrorsOf(run, legal));
        Assert.Equal(["CS0122"], ErrorsOf(run, "var naive = new ModelCreateClassifier.NaiveBayes();"));
        Assert.Equal(["CS0144"], ErrorsOf(run, "var any = new ModelCreateClassifier();"));
        Assert.Equal(["CS0117"], ErrorsOf(run, "var none = new ModelCreateClassifier.Svm { MaxDepth = 3 };"));
        Assert.Equal(["CS0122"], ErrorsOf(run, "} public record Other : ModelCreateClassifier { public Other() {}"));
    }

    [Fact]
    public async Task Match_takes_a_function_for_each_branch_by_its_name()
    {
        const string yaml = """
            hyper_parameter_optimization:
              space:
                model_evaluate:
                  kind: ['choice', [{ class: { new: ['uniform', 0, 1] } }, default, naïve_größe, { 学習: { 率: ['uniformint', 1, 9] } }]]
            """;
        var workflow = GeneratorRun.Of(
            CodeOf.Steps("""
                [WorkflowStep("model_evaluate")]
                public static double Loss(ModelEvaluateKind kind) => kind.Match(
                    @class: c => c.New,
                    @default: _ => 2,
                    naïveGröße: _ => 3,
                    学習: deep => deep.率);
                """),
            yaml).AssertCompiles().Load();

        async Task<double> LossAsync(Dictionary<string, double> values) => (await Trial.RunAsync(workflow, values))["validate"].Loss!.Value;
        Assert.Equal(0.75, await LossAsync(new() { ["model_evaluate.kind"] = 0, ["model_evaluate.kind.class.new"] = 0.75 }));
        Assert.Equal(2, await LossAsync(new() { ["model_evaluate.kind"] = 1 }));
        Assert.Equal(3, await LossAsync(new() { ["model_evaluate.kind"] = 2 }));
        Assert.Equal(7, await LossAsync(new() { ["model_evaluate.kind"] = 3, ["model_evaluate.kind.学習.率"] = 7 }));
    }

    [Fact]
    public async Task Branches_have_branches_to_any_depth()
    {
        const string yaml = """
            functions:
              model_evaluate:
                first: { a: { second: { b: { third: { c: { fourth: { d: { leaf: 5 } } } } } } } }
            hyper_parameter_optimization:
              space:
                model_evaluate:
                  first: ['choice', [x, { a: { second: ['choice', [x, { b: { third: ['choice', [x, { c: { fourth: ['choice', [x, { d: { leaf: ['uniformint', 1, 9], other: ['choice', [on, off]] } }]] } }]] } }]] } }]]
            """;
        var workflow = GeneratorRun.Of(
            CodeOf.Steps("""
                [WorkflowStep("model_evaluate")]
                public static double Loss(ModelEvaluateFirst first) => first is ModelEvaluateFirst.A
                {
                    Second: ModelEvaluateFirstASecond.B
                    {
                        Third: ModelEvaluateFirstASecondBThird.C
                        {
                            Fourth: ModelEvaluateFirstASecondBThirdCFourth.D
                            {
                                Leaf: var leaf, Other: ModelEvaluateFirstASecondBThirdCFourthDOther.Off
                            }
                        }
                    }
                } ? leaf : Log.Add($"{first}", 0.0);
                """),
            yaml).AssertCompiles().Load();
        const string d = "model_evaluate.first.a.second.b.third.c.fourth";

        var deepest = await Trial.RunAsync(workflow, new()
        {
            ["model_evaluate.first"] = 1, ["model_evaluate.first.a.second"] = 1, ["model_evaluate.first.a.second.b.third"] = 1,
            [d] = 1, [d + ".d.leaf"] = 8, [d + ".d.other"] = 1,
        });
        await Trial.RunAsync(workflow);

        Assert.Equal(8, deepest["validate"].Loss);
        Assert.Equal(
            ["A { Second = B { Third = C { Fourth = D { Leaf = 5, Other = On } } } }"], CodeOf.LinesOf(workflow));
    }

    [Theory]
    [InlineData("['choice', [null, ['uniformint', 1, 9]]]", "int?", 0, "")]
    [InlineData("['choice', [null, ['uniformint', 1, 9]]]", "int?", 1, "4")]
    [InlineData("['choice', [0.5, ['uniform', 2, 9]]]", "double", 0, "0.5")]
    [InlineData("['choice', [0.5, ['uniform', 2, 9]]]", "double", 1, "4")]
    [InlineData("['pchoice', [[0.1, ['uniform', 1, 2]], [0.9, ['uniform', 3, 9]]]]", "double", 1, "4", "_2")]
    [InlineData("['choice', [auto, ['uniform', 0, 9]]]", "ModelEvaluateValue", 0, "Auto { }")]
    [InlineData("['choice', [auto, ['uniform', 0, 9]]]", "ModelEvaluateValue", 1, "Uniform { Value = 4 }")]
    [InlineData("['choice', [null, { some: { depth: ['uniformint', 1, 9] } }]]", "ModelEvaluateValue?", 0, "")]
    public async Task A_number_is_an_option_like_any_other(string distribution, string type, int option, string shown, string suffix = "")
    {
        var workflow = GeneratorRun.Of(
            CodeOf.Steps($$"""
                [WorkflowStep("model_evaluate")]
                public static double Loss({{type}} value) => Log.Add(FormattableString.Invariant($"{value}"), 1.0);
                """),
            "hyper_parameter_optimization:\n  space:\n    model_evaluate:\n      value: " + distribution).AssertCompiles().Load();
        var name = Distribution().Match(distribution).Value;

        await Trial.RunAsync(workflow, new() { ["model_evaluate.value"] = option, ["model_evaluate.value." + name + suffix] = 4 });

        Assert.Equal([shown], CodeOf.LinesOf(workflow));
    }

    [Fact]
    public async Task A_step_takes_one_choice_by_its_name_beside_the_record_and_other_parameters()
    {
        var workflow = GeneratorRun.Of(
            CodeOf.Steps("""
                [WorkflowStep("model_create")]
                public static Net Create(ModelCreateClassifier classifier, ModelCreateParameters p, WorkflowParameters all) =>
                    Log.Add($"{ReferenceEquals(classifier, p.Classifier)} {ReferenceEquals(classifier, all.ModelCreate.Classifier)}", new Net());
                [WorkflowStep("model_evaluate")] public static double Loss(Net net) => 1;
                """),
            Classifier).AssertClean().Load();

        await Trial.RunAsync(workflow, new() { ["model_create.classifier"] = 2 });

        Assert.Equal(["True True"], CodeOf.LinesOf(workflow));
    }

    [Fact]
    public async Task A_choice_that_is_not_searched_any_more_keeps_its_types()
    {
        const string yaml = """
            functions:
              model_create: { classifier: { svm: { c: 3.0, kernel: { rbf: { gamma: 0.5 } } } } }
              types:
                model_create:
                  classifier: [naive_bayes, { svm: { c: double, kernel: [linear, { rbf: { gamma: double } }] } }, { dtree: { max_depth: int? } }]
            """;
        var workflow = GeneratorRun.Of(CodeOf.Steps(ShowsClassifier), yaml).AssertCompiles().Load();

        await Trial.RunAsync(workflow);

        Assert.Equal(["Svm { C = 3, Kernel = Rbf { Gamma = 0.5 } }"], CodeOf.LinesOf(workflow));
    }

    [Theory]
    [InlineData("{ svm: { c: 2.5, kernel: { rbf: { gamma: 0.5 } } } }", "Svm { C = 2.5, Kernel = Rbf { Gamma = 0.5 } }")]
    [InlineData("{ svm: { c: 2.5 } }", "Svm { C = 2.5, Kernel = Linear { } }")]
    [InlineData("naive_bayes", "NaiveBayes { }")]
    [InlineData("{ naive_bayes: {} }", "NaiveBayes { }")]
    [InlineData("{ dtree: { max_depth: null, criterion: entropy } }", "Dtree { MaxDepth = , Criterion = Entropy }")]
    [InlineData("{ dtree: { max_depth: 7.0 } }", "Dtree { MaxDepth = 7, Criterion = Gini }")]
    [InlineData("tree", "'model_create.classifier' must be one of naive_bayes, svm, dtree")]
    [InlineData("{ svm: { depth: 3 } }", "'depth' is not a parameter of branch 'model_create.classifier.svm'")]
    [InlineData("{ svn: { c: 2.5 } }", "must be one of naive_bayes, svm, dtree, and is 'svn'; did you mean 'svm'?")]
    [InlineData("{ svm: {}, dtree: {} }", "'model_create.classifier' must be one branch, and has 'svm' and 'dtree'")]
    [InlineData(
        "{ svm: {}, c: 3 }", "'c' is beside the branch 'svm' of 'model_create.classifier', and belongs below it: '{svm: {c: ...}}'")]
    [InlineData("{}", "must be the name of a branch, or a mapping with that name as its one key")]
    public async Task A_file_of_parameters_has_one_branch_at_run_time_and_compiled_in(string classifier, string shown)
    {
        const string Caller = """
            public static class Caller
            {
                public static string Load(string path)
                {
                    try { return $"{WorkflowParameters.Load(path).ModelCreate.Classifier}"; }
                    catch (FormatException exception) { return exception.Message; }
                }
                public static string Best() => $"{WorkflowParameters.Best.ModelCreate.Classifier}";
            }
            """;
        var file = $"functions:\n  model_create:\n    classifier: {classifier}\n";
        using var folder = new TempDirectory("branches");
        var path = Path.Combine(folder.Path, "best.yaml");
        await File.WriteAllTextAsync(path, file);
        var run = GeneratorRun.Of(
            CodeOf.Steps(ShowsClassifier) + Caller,
            files: [new TextFile(GeneratorRun.YamlPath, Classifier), new TextFile("/project/best/best.yaml", file)]).AssertCompiles();
        var caller = run.LoadAssembly().GetType("Caller")!;

        var loaded = (string)caller.GetMethod("Load")!.Invoke(null, [path])!;
        Assert.Contains(shown, loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("?.", loaded, StringComparison.Ordinal);
        if (run.Diagnostics is [var diagnostic])
        {
            Assert.Contains(shown, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(shown, caller.GetMethod("Best")!.Invoke(null, []));
        }
    }

    [Fact]
    public async Task A_part_of_a_hierarchy_and_of_a_branch_adds_members()
    {
        var workflow = GeneratorRun.Of(
            """
                using LogMl;
                namespace Sample
                {
                    public abstract partial record ModelEvaluateModel
                    {
                        public abstract double Size { get; }
                        public sealed partial record Net { public override double Size => Units * 2; }
                        public sealed partial record Tree { public override double Size => 7; }
                    }
                    public static class Steps
                    {
                        [WorkflowStep("model_evaluate")] public static double Loss(ModelEvaluateModel model) => model.Size;
                    }
                }
                """,
            """
                hyper_parameter_optimization:
                  space: { model_evaluate: { model: ['choice', [{ net: { units: ['uniformint', 1, 9] } }, tree]] } }
                """).AssertCompiles().Load();

        var net = await Trial.RunAsync(workflow, new() { ["model_evaluate.model"] = 0, ["model_evaluate.model.net.units"] = 4 });
        var tree = await Trial.RunAsync(workflow, new() { ["model_evaluate.model"] = 1 });

        Assert.Equal((8, 7), (net["validate"].Loss, tree["validate"].Loss));
    }

    [Fact]
    public void Records_of_branches_compile_without_warnings_at_the_highest_level()
    {
        var run = GeneratorRun.Of(CodeOf.Steps(ShowsClassifier), Classifier).AssertClean();
        var compilation = run.Output;
        foreach (var tree in compilation.SyntaxTrees.Where(tree => tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal)).ToList())
        {
            var text = tree.ToString();
            Assert.Contains(NoWarnings, text, StringComparison.Ordinal);
            compilation = compilation.ReplaceSyntaxTree(
                tree,
                CSharpSyntaxTree.ParseText(
                    text.Replace(NoWarnings, "", StringComparison.Ordinal), (CSharpParseOptions)tree.Options, tree.FilePath));
        }

        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
    }

    private const string NoWarnings = "#pragma warning disable\n";

    /// <summary>What the compiler says about a method with a body, beside the project.</summary>
    private static IEnumerable<string> ErrorsOf(GeneratorRun run, string body) =>
        run.Output.AddSyntaxTrees(CSharpSyntaxTree.ParseText(
            "public static class Probe { public static void Run() { " + body + " } }",
            (CSharpParseOptions)run.Output.SyntaxTrees.First().Options))
            .GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Id);

    [GeneratedRegex("uniform[a-z]*")]
    private static partial Regex Distribution();
}
