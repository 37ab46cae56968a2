using System.Globalization;
using System.Reflection;
using System.Xml.Linq;
using LogMl.Configuration.Model;
using LogMl.Generator.Tests.Kit;

namespace LogMl.Generator.Tests;

/// <summary>The records, enums and constants that are made of the YAML.</summary>
public class ParameterRecordTests
{
    [Theory]
    [InlineData("a: 3", null, "Int32", "3")]
    [InlineData("a: -2147483648", null, "Int32", "-2147483648")]
    [InlineData("a: 3000000000", null, "Int64", "3000000000")]
    [InlineData("a: 0.1", null, "Double", "0.1")]
    [InlineData("a: 1e-5", null, "Double", "1E-05")]
    [InlineData("a: true", null, "Boolean", "True")]
    [InlineData("a: text", null, "String", "text")]
    [InlineData("a: \"q\\\"\\\\\\n</summary>\\u2028{}\"", null, "String", "q\"\\\n</summary>\u2028{}")]
    [InlineData("a: [1, 2]", null, "IReadOnlyList`1", "1,2")]
    [InlineData("a: [1, 2.5]", null, "IReadOnlyList`1", "1,2.5")]
    [InlineData("a: 3", "['uniformint', 1, 5]", "Int32", "3")]
    [InlineData("a: 3", "['uniform', 1, 5]", "Double", "3")]
    [InlineData("a: relu", "['choice', [relu, tanh]]", "SampleEnum", "Relu")]
    [InlineData(null, "['choice', [tanh, relu]]", "SampleEnum", "Tanh")]
    [InlineData(null, "['choice', [64, 32]]", "Int32", "64")]
    [InlineData(null, "['uniform', 1, 4]", "Double", "2.5")]
    [InlineData(null, "['uniformint', 1, 4]", "Int32", "2")]
    [InlineData(null, "['randint', 10]", "Int32", "4")]
    [InlineData(null, "['randint', 5, 10]", "Int32", "7")]
    [InlineData(null, "['quniform', 0, 11, 2]", "Double", "6")]
    [InlineData(null, "['loguniform', -2, 2]", "Double", "1")]
    [InlineData(null, "['qloguniform', 0, 2, 0.5]", "Double", "2.5")]
    [InlineData(null, "['normal', 3, 1]", "Double", "3")]
    [InlineData(null, "['qnormal', 3.2, 1, 0.5]", "Double", "3")]
    [InlineData(null, "['lognormal', 0, 1]", "Double", "1")]
    [InlineData(null, "['qlognormal', 0, 1, 2]", "Double", "0")]
    public void A_property_has_the_type_and_the_default_of_its_parameter(string? function, string? distribution, string type, string value)
    {
        var yaml = (function is null ? "" : "functions:\n  model_train: { " + function + " }\n")
            + (distribution is null ? "" : "hyper_parameter_optimization:\n  space:\n    model_train:\n      a: " + distribution);
        var property = RecordOf(yaml).Properties.Single();

        Assert.Equal(type == "SampleEnum" ? "ModelTrainA" : type, property.Type);
        Assert.Equal(value, property.Value);
    }

    [Fact]
    public async Task Records_with_equal_lists_are_equal_and_print_their_items()
    {
        var workflow = GeneratorRun.Of(
            CodeOf.Steps("""
                [WorkflowStep("model_evaluate")] public static double Loss(ModelEvaluateParameters p)
                {
                    var same = p with { Names = new[] { "a", "b" } };
                    Log.Add($"{p == same} {p.GetHashCode() == same.GetHashCode()} {p == p with { Names = ["a"] }} {p == p with { Rates = null }}", 0);
                    Log.Add($"{p} {p with { Rates = null }}", 0);
                    return 1;
                }
                """),
            """
            functions:
              model_evaluate: { names: [a, b], rates: [1, 0.5] }
              types: { model_evaluate: { rates: 'double[]?' } }
            """).AssertCompiles().Load();

        await Trial.RunAsync(workflow);

        Assert.Equal(
            [
                "True True False False",
                "ModelEvaluateParameters { Names = [a, b], Rates = [1, 0.5] } ModelEvaluateParameters { Names = [a, b], Rates =  }",
            ],
            CodeOf.LinesOf(workflow));
    }

    [Theory]
    [InlineData("class", "Class")]
    [InlineData("größe", "Größe")]
    [InlineData("学習率", "学習率")]
    [InlineData("layer_1_2", "Layer1_2")]
    [InlineData("min-data.in leaf", "MinDataInLeaf")]
    [InlineData("record", "Record")]
    [InlineData("parameters", "Parameters")]
    [InlineData("value", "Value")]
    [InlineData("model_train", "ModelTrain")]
    public void Any_legal_name_is_a_property(string name, string property) =>
        Assert.Equal(property, RecordOf($"functions:\n  model_train: {{ '{name}': 1 }}").Properties.Single().Name);

    [Theory]
    [InlineData("to_string")]
    [InlineData("equals")]
    [InlineData("get_hash_code")]
    [InlineData("get_type")]
    [InlineData("clone")]
    [InlineData("equality_contract")]
    [InlineData("print_members")]
    [InlineData("model_train_parameters")]
    [InlineData("memberwise_clone")]
    [InlineData("finalize")]
    [InlineData("reference_equals")]
    public void A_name_that_a_record_cannot_have_is_refused_in_the_yaml_and_compiles(string name)
    {
        var run = GeneratorRun.Of("", $"functions:\n  model_train: {{ {name}: 1, other: 2 }}").AssertCompiles();
        Assert.All(run.Diagnostics, diagnostic => Assert.Equal("LOGML0037", diagnostic.Id));
    }

    [Fact]
    public void A_closed_set_of_names_is_an_enum_even_when_its_parameter_is_named_parameters()
    {
        var record = RecordOf("hyper_parameter_optimization:\n  space:\n    model_train:\n      parameters: ['choice', [l1, class, größe, leaky_relu]]");
        Assert.Equal("ModelTrainParametersValue", record.Properties.Single().Type);
        Assert.Equal(["L1", "Class", "Größe", "LeakyRelu"], record.Assembly.GetType("Sample.ModelTrainParametersValue")!.GetEnumNames());
    }

    [Fact]
    public void The_docs_of_a_property_show_distribution_range_and_default()
    {
        var run = GeneratorRun.Of("", """
            functions:
              model_train: { learning_rate: 0.3, activation: 'a<b>&"c' }
            hyper_parameter_optimization:
              space:
                model_train:
                  learning_rate: ['loguniform', -7, 0]
                  depth: ['uniformint', 1, 16]
                  kind: ['pchoice', [[0.25, x], [0.75, y]]]
            """);
        run.AssertCompiles();
        var docs = XDocument.Parse(run.Output.GetTypeByMetadataName("Sample.ModelTrainParameters")!.GetMembers("LearningRate")
            .Single()
            .GetDocumentationCommentXml()!);
        Assert.Equal(
            "learning_rate of model_train: searched, loguniform(-7, 0): from 0.0009119 to 1; default 0.3.", docs.Root!.Value.Trim());
        var text = run.Files["LogMl.Parameters.model_train.g.cs"];
        Assert.Contains("activation of model_train: not searched; default 'a&lt;b&gt;&amp;\"c'.", text, StringComparison.Ordinal);
        Assert.Contains(
            "depth of model_train: searched, uniformint(1, 16): from 1 to 16; default 8 (the middle of the distribution).",
            text,
            StringComparison.Ordinal);
        Assert.Contains(
            "kind of model_train: searched, pchoice: one of 'x' (0.25), 'y' (0.75); default 'x' (the first option).",
            text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_comment_at_a_parameter_is_its_summary()
    {
        var run = GeneratorRun.Of("", """
            functions:
              # Not of a parameter.
              model_train:
                # -----------------------
                # The step of <Adam>,
                # in the unit of the weights.
                learning_rate: 0.3   # found by hand
                plain: 1
                # Of nothing: an empty line follows.

                text: |
                  # not a comment
                after: 2
                layers:    # sizes
                  - 1
                quoted: 'a # b'
                "depth": 3 # levels
              model_create: { width: 4 } # of the whole step
            hyper_parameter_optimization:
              space:
                model_train:
                  # What the space says is for who has no other comment.
                  plain: ['uniformint', 1, 5]
                  learning_rate: ['loguniform', -7, 0]   # not shown
            """).AssertCompiles();

        Assert.Equal("The step of <Adam>, in the unit of the weights. found by hand", DocsOf("LearningRate", "summary"));
        Assert.Equal(
            "learning_rate of model_train: searched, loguniform(-7, 0): from 0.0009119 to 1; default 0.3.",
            DocsOf("LearningRate", "remarks"));
        Assert.Equal("What the space says is for who has no other comment.", DocsOf("Plain", "summary"));
        Assert.Equal("sizes", DocsOf("Layers", "summary"));
        Assert.Equal("levels", DocsOf("Depth", "summary"));
        foreach (var name in new[] { "Text", "After", "Quoted" })
        {
            Assert.StartsWith(name.ToLowerInvariant() + " of model_train: ", DocsOf(name, "summary"), StringComparison.Ordinal);
        }

        string? DocsOf(string property, string element) => XDocument.Parse(run.Output.GetTypeByMetadataName("Sample.ModelTrainParameters")!
            .GetMembers(property).Single().GetDocumentationCommentXml()!).Root!.Element(element)?.Value.Trim();
    }

    [Theory]
    [InlineData("public static class Steps", "public static", true)]
    [InlineData("public class Steps", "protected internal static", true)]
    [InlineData("public static class Steps", "internal static", false)]
    [InlineData("internal static class Steps", "public static", false)]
    [InlineData("internal static class Outer { public static class Steps", "public static", false, "}")]
    public void What_is_generated_is_as_visible_as_the_steps(string head, string modifiers, bool isPublic, string tail = "")
    {
        var code = $$"""
            using LogMl;
            {{head}}
            {
                [WorkflowStep(WorkflowSteps.ModelEvaluate)] {{modifiers}} double Loss(ModelEvaluateParameters p, WorkflowParameters all) => p.Kind == ModelEvaluateKind.A ? p.X : 0;
            }
            {{tail}}
            """;
        const string Yaml = """
            functions:
              model_evaluate: { x: 0.5, kind: a }
            model: { size: 3 }
            hyper_parameter_optimization:
              space:
                model_evaluate: { kind: ['choice', [a, b]] }
            """;
        var assembly = Load(GeneratorRun.Of(code, Yaml).AssertClean());

        Assert.All(
            new[] { "ModelEvaluateParameters", "ModelEvaluateKind", "WorkflowParameters", "ModelSettings" },
            name => Assert.Equal(isPublic, assembly.GetType("Sample." + name)!.IsPublic));
    }

    [Fact]
    public void A_part_of_a_record_may_make_it_public()
    {
        const string Code = """
            namespace Sample { public sealed partial record ModelEvaluateParameters; }
            internal static class Steps { [LogMl.WorkflowStep("model_evaluate")] internal static double Loss(Sample.ModelEvaluateParameters p) => p.X; }
            """;
        Assert.True(Load(GeneratorRun.Of(Code, "functions:\n  model_evaluate: { x: 0.5 }").AssertClean()).GetType("Sample.ModelEvaluateParameters")!.IsPublic);
    }

    [Fact]
    public void The_constants_name_the_steps() => Assert.Equal(
        StepTable.Names,
        typeof(WorkflowSteps).GetFields().Select(field => (string)field.GetRawConstantValue()!));

    [Fact]
    public void The_sections_dataset_and_model_are_constants()
    {
        var assembly = Load(GeneratorRun.Of("", """
            dataset: { dataset_name: "x \"y\"", dataset_path: data, use_default_in_out: true, ratio: 0.5, big: 9999999999, none: null, DatasetSettings: 1 }
            model: { sizes: [1, 2.5], names: [a, null], mixed: [1, a], empty: [] }
            """).AssertClean());
        object? Dataset(string name) => assembly.GetType("Sample.DatasetSettings")!.GetField(name)?.GetRawConstantValue();
        object? Model(string name) => assembly.GetType("Sample.ModelSettings")!.GetProperty(name)!.GetValue(null);

        Assert.Equal(
            ["x \"y\"", "data", true, 0.5, 9999999999L],
            new[] { "DatasetName", "DatasetPath", "UseDefaultInOut", "Ratio", "Big" }.Select(Dataset));
        Assert.Null(Dataset("None"));
        Assert.Equal([1.0, 2.5], (IReadOnlyList<double>)Model("Sizes")!);
        Assert.Equal(["a", null], (IReadOnlyList<string?>)Model("Names")!);
        Assert.Equal([1, "a"], (IReadOnlyList<object?>)Model("Mixed")!);
        Assert.Empty((IReadOnlyList<object?>)Model("Empty")!);
    }

    [Fact]
    public void The_record_of_all_steps_has_one_of_each()
    {
        var assembly = Load(GeneratorRun.Of("", "functions:\n  model_create: { a: 1 }\n  dataset_load: { b: 2 }").AssertClean());
        Assert.Equal(
            ["DatasetLoad", "ModelCreate"],
            assembly.GetType("Sample.WorkflowParameters")!.GetProperties().Select(property => property.Name).Order());
    }

    [Theory]
    [InlineData("My.Project", "My.Project.ModelTrainParameters")]
    [InlineData("my-project 2", "my_project_2.ModelTrainParameters")]
    [InlineData("2nd", "_2nd.ModelTrainParameters")]
    [InlineData("namespace.class", "namespace.class.ModelTrainParameters")]
    [InlineData("größe", "größe.ModelTrainParameters")]
    public void The_records_are_in_the_root_namespace(string rootNamespace, string type) => Assert.NotNull(
        Load(GeneratorRun.Of("", "functions:\n  model_train: { a: 1 }", "Any", rootNamespace).AssertClean()).GetType(type));

    [Fact]
    public void A_root_namespace_that_is_the_name_of_a_class_gives_way_to_it() => Assert.NotNull(
        Load(GeneratorRun.Of("namespace My { public class App; }", "functions:\n  model_train: { a: 1 }", "App", "My.App").AssertClean())
            .GetType("ModelTrainParameters"));

    private static (Assembly Assembly, List<(string Name, string Type, string Value)> Properties) RecordOf(string yaml)
    {
        var run = GeneratorRun.Of("", yaml).AssertCompiles();
        Assert.DoesNotContain(run.Diagnostics, diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
        var assembly = Load(run);
        var type = assembly.GetType("Sample.ModelTrainParameters")!;
        var record = Activator.CreateInstance(type);
        return (assembly, [
            .. type.GetProperties().Select(property => (property.Name, property.PropertyType.Name, Shown(property.GetValue(record))))
        ]);
    }

    private static string Shown(object? value) => value is System.Collections.IEnumerable list and not string
        ? string.Join(",", list.Cast<object>().Select(Shown))
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static Assembly Load(GeneratorRun run) => run.LoadAssembly();
}
