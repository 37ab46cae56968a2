using System.Globalization;
using LogMl.Generator.Tests.Kit;

namespace LogMl.Generator.Tests;

/// <summary>Mistakes in a project with several workflows.</summary>
public class SeveralWorkflowsDiagnosticTests
{
    private const string Forest = "/project/workflows/forest.yaml";
    private const string Yaml = "functions: { model_train: { rate: 0.5, kind: relu }, types: { model_train: { kind: [relu, tanh] } } }";

    private const string Plain = "dataset: { name: a }";
    private const string Search = "functions: { model_train: { trees: 3 } }\nhyper_parameter_optimization: { space: { model_train: { trees: ['uniformint', 1, 9] } } }";

    private const string Steps = """
        namespace Sample
        {
            public static class Net
            {
                [WorkflowStep("model_train")] public static double Train(ModelTrainParameters p) => p.Rate;
                [WorkflowStep("model_evaluate")] public static double Loss(double model) => model;
            }
        }
        """;

    [Theory]
    [InlineData("/project/workflows/my forest.yaml", "'my forest' cannot be the name of a workflow: a name begins with a letter")]
    [InlineData("/project/workflows/2nd.yaml", "'2nd' cannot be the name of a workflow: a name begins with a letter")]
    [InlineData("/project/workflows/my.forest.yaml", "'my.forest' cannot be the name of a workflow: a name begins with a letter")]
    [InlineData("/project/workflows/ggg/FOREST.yaml", "'FOREST' cannot be the name of a workflow: 'forest.yaml' is the workflow 'forest', which would have the same namespace")]
    [InlineData("/project/workflows/sample.yaml", "'sample' cannot be the name of a workflow: 'SampleWorkflow' is generated for the unnamed workflow; set Name of the item LogMlWorkflow")]
    public void A_name_that_a_workflow_cannot_have_is_an_error_at_the_file(string path, string message)
    {
        var run = GeneratorRun.Of(
            "using LogMl;\n" + Steps + Class("forest", "") + Class(Path.GetFileNameWithoutExtension(path), "", "Other"),
            files: [new TextFile(GeneratorRun.YamlPath, Yaml), new TextFile(Forest, Plain), new TextFile(path, Plain)]);

        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(("LOGML0121", path), (diagnostic.Id, diagnostic.Location.GetLineSpan().Path));
        Assert.StartsWith(message, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        run.AssertCompiles();
    }

    [Theory]
    [InlineData("LOGML0121", "/project/workflows/ggg/FOREST.yaml", "forest", Forest)]
    [InlineData("LOGML0116", "/project/z/logml.yaml", "", GeneratorRun.YamlPath)]
    public void A_second_file_of_a_workflow_is_one_error_also_where_a_step_takes_what_only_this_file_has(
        string id, string path, string workflow, string first)
    {
        var mark = workflow.Length == 0 ? "" : $"[Workflow(\"{workflow}\")] ";
        var run = GeneratorRun.Of(
            $$"""
                using LogMl;
                {{mark}}public static class Trees
                {
                    [WorkflowStep("model_evaluate")] public static double Loss(double depth) => depth;
                }
                """,
            files: [new TextFile(first, "functions: { model_evaluate: { width: 1.0 } }"), new TextFile(path, Plain)]);

        Assert.Equal(id, Assert.Single(run.Diagnostics).Id);
        run.AssertCompiles();
    }

    [Theory]
    [InlineData("""[|"forst"|]""", "The project has no workflow 'forst'; did you mean 'forest'? There are: 'forest', 'tree', and with a bare [Workflow] the unnamed one")]
    [InlineData("""[|"Forest"|]""", "The project has no workflow 'Forest'; did you mean 'forest'? There are: 'forest', 'tree', and with a bare [Workflow] the unnamed one")]
    [InlineData("""[|"x"|]""", "The project has no workflow 'x'; there are: 'forest', 'tree'")]
    [InlineData("[|null!|]", "The project has no workflow 'null'; there are: 'forest', 'tree'")]
    public void A_class_of_an_unknown_workflow_is_an_error_at_the_name(string name, string message) => Expect(
        "LOGML0122", message,
        $"[Workflow({name})] public static class Trees {{ [WorkflowStep(\"model_train\")] public static double Train(double p) => 1; }}",
        Search);

    [Fact]
    public void A_misspelt_name_is_one_error_also_where_the_types_of_the_workflow_are_used() => Expect(
        "LOGML0122", "The project has no workflow 'forst'; did you mean 'forest'?",
        """
        namespace Sample.Forest
        {
            [Workflow([|"forst"|])]
            public static class Trees
            {
                [WorkflowStep("model_train")] public static double Train(ModelTrainParameters p) => p.Trees;
                [WorkflowStep("model_evaluate")] public static double Loss(double model) => model;
            }
        }
        public static class Caller
        {
            public static async Task<double> Run() => (await ForestWorkflow.RunAsync(new() { ModelTrain = new() { Trees = 3 } })).Model.Weight;
        }
        """,
        Search);

    [Theory]
    [InlineData("Sample.Forest", "")]
    [InlineData("Sample.Forest.Inner", "[SearchConstraint] public static bool Few(ModelTrainParameters p) => p.Trees < 5;")]
    public void A_class_in_the_namespace_of_a_workflow_that_does_not_name_it_is_one_error_at_the_class(string space, string more) => Expect(
        "LOGML0169", "'ForestSteps' is in the namespace of the workflow 'forest', and does not say to which workflow its methods belong: add [Workflow(\"forest\")] to it, or [Workflow] when",
        $$"""
        namespace {{space}}
        {
            public static class [|ForestSteps|]
            {
                [WorkflowStep("model_train")] public static double Train(ModelTrainParameters p) => p.Trees;
                [WorkflowStep("model_evaluate")] public static double Loss(double model) => model;
                {{more}}
            }
        }
        """,
        Search);

    [Theory]
    [InlineData("Sample.Forest", "[Workflow] ")]
    [InlineData("Sample.Forested", "")]
    public void Steps_of_the_unnamed_workflow_may_stand_in_any_namespace(string space, string attribute)
    {
        var code = Steps.Replace("namespace Sample", "namespace " + space, StringComparison.Ordinal)
            .Replace("public static class Net", attribute + "public static class Net", StringComparison.Ordinal)
            .Replace("(ModelTrainParameters", "(Sample.ModelTrainParameters", StringComparison.Ordinal);
        var run = GeneratorRun.Of(
            "using LogMl;\n" + code, files: [new TextFile(GeneratorRun.YamlPath, Yaml), new TextFile(Forest, Plain)]);

        Assert.Empty(run.Diagnostics);
        run.AssertCompiles();
    }

    [Fact]
    public void Without_any_file_the_error_says_how_to_add_one()
    {
        var run = GeneratorRun.Of(OneDiagnostic.Program("") + """[Workflow("forest")] public static class Trees;""");
        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("LOGML0122", diagnostic.Id);
        Assert.Equal(
            "The project has no workflow 'forest'; add <LogMlWorkflow Include=\"forest.yaml\" /> to it, and the file",
            diagnostic.GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("", "Sample.Forest")]
    [InlineData("using Sample.Forest;", "Sample.Trees")]
    [InlineData("", "Sample.Trees")]
    public void Without_any_file_the_types_that_a_step_takes_give_no_errors(string directive, string space)
    {
        var run = GeneratorRun.Of($$"""
            using LogMl;
            {{directive}}
            namespace {{space}};
            [Workflow("forest")]
            public static class Trees
            {
                [WorkflowStep("model_train")] public static double Train(ModelTrainParameters p, int depth) => p.Rate * 2 + depth;
                [WorkflowStep("model_evaluate")] public static double Loss(double model) => model;
            }
            """);

        Assert.Equal("LOGML0122", Assert.Single(run.Diagnostics).Id);
        run.AssertCompiles();
    }

    [Theory]
    [InlineData("[|ModelTrainParameters p|]", "'ModelTrainParameters' is here the type of the unnamed workflow, and 'Trees.Train' belongs to the workflow 'forest'; write 'Sample.Forest.ModelTrainParameters', or put the class into the namespace 'Sample.Forest'")]
    [InlineData("[|Sample.ModelTrainKind kind|]", "'Sample.ModelTrainKind' is here the type of the unnamed workflow, and 'Trees.Train' belongs to the workflow 'forest'; write 'Sample.Forest.ModelTrainKind', or")]
    [InlineData("[|Sample.Tree.WorkflowParameters p|]", "'Sample.Tree.WorkflowParameters' is here the type of the workflow 'tree', and 'Trees.Train' belongs")]
    public void A_step_that_takes_a_type_of_another_workflow_is_an_error_at_the_parameter(string parameter, string message) => Expect(
        "LOGML0123", message,
        $$"""
        [Workflow("forest")]
        internal static class Trees
        {
            [WorkflowStep("model_train")] public static double Train({{parameter}}) => 1;
            [WorkflowStep("model_evaluate")] public static double Loss(double model) => model;
        }
        """,
        Yaml);

    [Fact]
    public void A_search_constraint_that_takes_a_record_of_another_workflow_is_an_error_at_the_parameter() => Expect(
        "LOGML0123", "'ModelTrainParameters' is here the type of the unnamed workflow, and 'Trees.Fits' belongs to the workflow 'forest'",
        """
        [Workflow("forest")]
        public static class Trees
        {
            [WorkflowStep("model_train")] public static double Train(double rate, string kind) => 1;
            [WorkflowStep("model_evaluate")] public static double Loss(double model) => model;
            [SearchConstraint] public static bool Fits([|ModelTrainParameters p|]) => true;
        }
        """,
        Yaml);

    [Fact]
    public void A_shared_step_that_takes_a_record_is_one_error_at_the_parameter() => Expect(
        "LOGML0124", "'Both.Load' takes 'DatasetLoadParameters', but it is a method of the workflow 'forest' and of the workflow 'tree', and each",
        """
        [Workflow("forest"), Workflow("tree")]
        public static class Both { [WorkflowStep("dataset_load")] public static int[] Load([|DatasetLoadParameters p|]) => [1]; }
        """,
        "functions: { dataset_load: { rows: 3 } }",
        compiles: false);

    [Theory]
    [InlineData("""[Workflow("forest")]""", "forest", "the workflow 'forest' gives 'Row[]', and [Workflow, Workflow(\"forest\")] on its class makes it a step of the unnamed workflow too;")]
    [InlineData("", "unnamed", "the unnamed workflow gives 'Row[]', and [Workflow, Workflow(\"forest\")] on its class makes it a step of the workflow 'forest' too;")]
    public void A_class_of_shared_steps_with_a_part_of_its_attributes_is_one_error_that_says_so(
        string data, string owner, string message)
    {
        string Row(string name) => owner == name ? "Row[] train" : "[|Row[] train|]";
        var marked = MarkedCode.Find($$"""
            using LogMl;
            namespace Sample
            {
                public sealed record Row(int X);
                {{data}} public static class Data { [WorkflowStep("dataset_load")] public static Row[] Load() => [new(1)]; }
                public static class Net
                {
                    [WorkflowStep("model_train")] public static double Train({{Row("unnamed")}}, double rate) => rate;
                    [WorkflowStep("model_evaluate")] public static double Loss(double model) => model;
                }
            }
            namespace Sample.Forest
            {
                [Workflow("forest")] public static class Trees
                {
                    [WorkflowStep("model_train")] public static double Train({{Row("forest")}}, int trees) => trees;
                    [WorkflowStep("model_evaluate")] public static double Loss(double model) => model;
                }
            }
            """)!.Value;
        var run = GeneratorRun.Of(
            marked.Text,
            files: [new TextFile(GeneratorRun.YamlPath, "functions: { model_train: { rate: 0.5 } }"), new TextFile(Forest, Search)]);
        OneDiagnostic.Check(
            run, "LOGML0103", "can be bound to 'train' of type 'Row[]': 'Data.Load' of " + message, GeneratorRun.CodePath, marked);
    }

    [Fact]
    public void Without_a_step_the_unnamed_workflow_says_that_a_bare_attribute_is_its_own()
    {
        var run = GeneratorRun.Of(
            "using LogMl;\n" + Class("forest", ""), files: [new TextFile(GeneratorRun.YamlPath, Search), new TextFile(Forest, Plain)]);
        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("LOGML0137", diagnostic.Id);
        Assert.Contains(
            "no method of this project in a class without [Workflow(\"...\")] or with a bare [Workflow] is marked",
            diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_with_the_name_of_the_namespace_is_an_error_at_the_type() => Expect(
        "LOGML0167", "'Sample.Forest' is also the namespace of what is generated for the workflow 'forest'; give the type another name",
        """
        namespace Sample { public class [|Forest|]; }
        [Workflow("forest")]
        public static class Trees
        {
            [WorkflowStep("model_train")] public static double Train(double rate, string kind) => 1;
            [WorkflowStep("model_evaluate")] public static double Loss(double model) => model;
        }
        """,
        Yaml + "\ndataset: { name: a }\n");

    [Theory]
    [InlineData("of-forst", "HyperOptBest is for the workflow 'forst', which the project does not have; Workflow of the item says which one it is for; did you mean 'forest'?")]
    [InlineData("best", "HyperOptBest is for the unnamed workflow, which the project does not have; Workflow of the item says which one it is for; there are: 'forest'")]
    public void A_best_file_of_an_unknown_workflow_is_an_error_at_the_file(string file, string message)
    {
        var run = GeneratorRun.Of(
            "using LogMl;\n" + Class("forest", ""), files: [new TextFile(Forest, Plain), new TextFile($"/project/best/{file}.yaml", "")]);

        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(("LOGML0168", $"/project/best/{file}.yaml"), (diagnostic.Id, diagnostic.Location.GetLineSpan().Path));
        Assert.StartsWith(message, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        run.AssertCompiles();
    }

    [Fact]
    public void A_best_file_of_an_unknown_workflow_is_told_of_the_unnamed_one_too()
    {
        var run = GeneratorRun.Of(
            "using LogMl;\n" + Steps + Class("forest", "")
                + "static class Uses { static object Of() => Sample.WorkflowParameters.Best; }",
            files:
            [
                new TextFile(GeneratorRun.YamlPath, Yaml),
                new TextFile(Forest, Plain),
                new TextFile("/project/best/of-tree.yaml", ""),
            ]);

        Assert.EndsWith(
            "which one it is for; there are: 'forest', and without it the unnamed one",
            Assert.Single(run.Diagnostics).GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        run.AssertCompiles();
    }

    [Theory]
    [InlineData("LOGML0137", "but no method of this project in a class with [Workflow(\"forest\")] is marked with [WorkflowStep]", "")]
    [InlineData("LOGML0107", "of step 'model_train', but no method in a class with [Workflow(\"forest\")] is marked with", """[Workflow("forest")] public static class Trees { [WorkflowStep("model_evaluate")] public static double Loss() => 1; }""")]
    public void A_file_whose_steps_are_in_no_class_of_its_workflow_is_told_so(string id, string message, string code)
    {
        var run = GeneratorRun.Of("using LogMl;\n" + Steps + code, files:
        [
            new TextFile(GeneratorRun.YamlPath, Yaml),
            new TextFile(Forest, Search),
        ]);

        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal((id, Forest), (diagnostic.Id, diagnostic.Location.GetLineSpan().Path));
        Assert.Contains(message, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        run.AssertCompiles();
    }

    private static string Class(string workflow, string members, string name = "Trees") =>
        $"[Workflow(\"{workflow}\")] public static class {name} {{ [WorkflowStep(\"model_evaluate\")] public static double Loss() => 1; {members} }}";

    /// <summary>The mistake is in code of the workflow 'forest', beside the unnamed one and 'tree'.</summary>
    private static void Expect(string id, string message, string code, string forest, bool compiles = true)
    {
        var marked = MarkedCode.Find("using LogMl;\n" + Steps + code)!.Value;
        var run = GeneratorRun.Of(
            marked.Text,
            files: [new TextFile(GeneratorRun.YamlPath, Yaml), new TextFile(Forest, forest),
                new TextFile("/project/workflows/tree.yaml", "functions: { dataset_load: { depth: 1 } }")]);
        if (compiles)
        {
            OneDiagnostic.Check(run, id, message, GeneratorRun.CodePath, marked);
            return;
        }

        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Contains(message, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal((marked.Start, marked.Length), (diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
    }
}
