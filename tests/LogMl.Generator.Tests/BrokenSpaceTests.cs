using System.Globalization;
using LogMl.Generator.Tests.Kit;

namespace LogMl.Generator.Tests;

/// <summary>
/// A mistake in a choice with branches is one error at its place. The types that code names are there all the same, so that the compiler
/// adds nothing.
/// </summary>
public class BrokenSpaceTests
{
    private const string Svm = "svm: {c: [lognormal, 0, 1], kernel: [choice, [linear, {rbf: {gamma: [loguniform, -5, 2]}}]]}";
    private const string Tree = "dtree: {max_depth: [choice, [null, [qlognormal, 3, 1, 1]]]}";
    private const string Types =
        "naive_bayes, {svm: {c: double, kernel: [linear, {rbf: {gamma: double}}]}}, {dtree: {max_depth: double?}}";

    /// <summary>A program that uses all branches: by a method for each, in a switch with patterns, and in a Match.</summary>
    private const string Code = """
        using LogMl;
        namespace Sample;
        public static class Steps
        {
            [WorkflowStep("model_create")] public static string A(ModelCreateClassifier.NaiveBayes nb) => nb.ToString();
            [WorkflowStep("model_create")] public static string B(ModelCreateClassifier.Svm svm) => svm.C + KernelOf(svm.Kernel);
            [WorkflowStep("model_create")] public static string C(ModelCreateClassifier.Dtree tree) => Name(tree) + tree.MaxDepth;
            [WorkflowStep("model_evaluate")] public static double Loss(string model) => model.Length;
            public static string Name(ModelCreateClassifier c) => c.Match(naiveBayes: _ => "a", svm: s => "b" + s.C, dtree: _ => "c");
            private static string KernelOf(ModelCreateClassifierSvmKernel kernel) => kernel switch
            {
                ModelCreateClassifierSvmKernel.Rbf { Gamma: var gamma } => "rbf" + gamma,
                ModelCreateClassifierSvmKernel.Linear => "linear",
                _ => "",
            };
        }
        """;

    /// <summary>A program whose branches are seen in its signatures alone.</summary>
    private const string Signatures = """
        using LogMl;
        using Model = Sample.ModelCreateClassifier;
        namespace Sample;
        public static class Steps
        {
            [WorkflowStep("model_create")] public static string A(ModelCreateClassifier.NaiveBayes nb) => Name(nb);
            [WorkflowStep("model_create")] public static string B(Sample.ModelCreateClassifier.Svm svm) => Name(svm);
            [WorkflowStep("model_create")] public static string C(ModelCreateClassifier.Dtree tree) => Name(tree);
            [WorkflowStep("model_evaluate")] public static double Loss(string model) => model.Length;
            private static string Name(Model model) => model is Model.Forest ? "forest" : "";
        }
        """;

    [Theory]
    [InlineData("LOGML0062", "[choice, [naive_bayes, [|{" + Svm + ", " + Tree + "}|]]]")]
    [InlineData("LOGML0062", "[choice, [[|{naive_bayes: , " + Svm + ", " + Tree + "}|]]]")]
    [InlineData("LOGML0062", "[choice, [naive_bayes, {" + Svm + "}, [|{dtree: , max_depth: [choice, [null, [qlognormal, 3, 1, 1]]]}|]]]")]
    [InlineData("LOGML0062",
        "[choice, [naive_bayes, {svm: {c: [lognormal, 0, 1], kernel: [choice, [linear, [|{rbf: , gamma: [uniform, 0, 1]}|]]]}}, {"
        + Tree + "}]]")]
    [InlineData("LOGML0062", "[choice, [[|{type: naive_bayes}|], {type: svm, c: [lognormal, 0, 1], kernel: [choice, [{ktype: linear}, {ktype: rbf, gamma: [uniform, 0, 1]}]]}, {type: dtree, max_depth: [choice, [null, [qlognormal, 3, 1, 1]]]}]]")]
    [InlineData("LOGML0021",
        "[choice, [naive_bayes, {svm: {c: [lognormal, 0, 1], kernel: [|[linear, {rbf: {gamma: [uniform, 0, 1]}}]|]}}, {" + Tree + "}]]")]
    [InlineData("LOGML0064", "[choice, [naive_bayes, {" + Svm + "}, {" + Tree + "}, {[|svm|]: {d: [lognormal, 0, 1]}}]]")]
    [InlineData("LOGML0021", "[|[naive_bayes, {" + Svm + "}, {" + Tree + "}]|]")]
    [InlineData("LOGML0020", "[[|chioce|], [naive_bayes, {" + Svm + "}, {" + Tree + "}]]")]
    [InlineData("LOGML0022", "[choice, naive_bayes, [|{" + Svm + "}|], {" + Tree + "}]")]
    [InlineData("LOGML0023", "[pchoice, [[|naive_bayes|], {" + Svm + "}, {" + Tree + "}]]")]
    public void In_the_space_it_stands_alone(string id, string space) =>
        Check(id, Yaml("{svm: {c: 1.0, kernel: linear}}", space, null), Code);

    [Theory]
    [InlineData("LOGML0062", "- choice", "- - naive_bayes", "  - [|svm:", "      c: [lognormal, 0, 1]", "      KERNEL", "    dtree:", "      DEPTH")]
    [InlineData("LOGML0062", "- choice", "- - naive_bayes", "  - [|svm:", "    c: [lognormal, 0, 1]", "    KERNEL", "  - dtree:", "      DEPTH")]
    [InlineData("LOGML0062", "- choice", "- - naive_bayes", "  - [|svm:", "      c: [lognormal, 0, 1]", "    KERNEL", "  - dtree:", "      DEPTH")]
    [InlineData("LOGML0021", "[|- naive_bayes", "- svm:", "    c: [lognormal, 0, 1]", "    KERNEL", "- dtree:", "    DEPTH")]
    [InlineData("LOGML0021", "[|naive_bayes:", "svm:", "  c: [lognormal, 0, 1]", "  KERNEL", "dtree:", "  DEPTH")]
    [InlineData("LOGML0022", "- choice", "- naive_bayes", "- [|svm:", "    c: [lognormal, 0, 1]", "    KERNEL", "- dtree:", "    DEPTH")]
    public void In_block_style_it_stands_alone_too(string id, params string[] lines) => CheckText(id, [.. lines, "|]"]);

    /// <summary>A text that is no YAML. Code that uses what stands behind the mistake compiles all the same.</summary>
    [Theory]
    [InlineData("- choice", "- - naive_bayes", "  - svm:", "      c: [lognormal, 0, 1]", "      KERNEL", "  [|dtree:|]", "      DEPTH")]
    [InlineData("- choice", "- - naive_bayes", "  - svm:", "      c: [lognormal, 0, 1]", "      KERNEL", "  [|dtree:|]", "    DEPTH")]
    [InlineData("- choice", "- - naive_bayes", "  - svm:", "      c: [lognormal, 0, 1]", "      KERNEL", "[|dtree:|]", "      DEPTH")]
    [InlineData("- choice", "- - naive_bayes", "  [|svm:|]", "      c: [lognormal, 0, 1]", "      KERNEL", "  - dtree:", "      DEPTH")]
    [InlineData("- choice", "- - naive_bayes", "  [|- svm|]", "      c: [lognormal, 0, 1]", "      KERNEL", "  - dtree:", "      DEPTH")]
    [InlineData("- choice", "- - naive_bayes", "  - svm:", "      [|c [lognormal, 0, 1]|]", "      KERNEL", "  - dtree:", "      DEPTH")]
    [InlineData("- choice", "- - naive_bayes", "  - svm:", "[|\t|]  c: [lognormal, 0, 1]", "      KERNEL", "  - dtree:", "      DEPTH")]
    [InlineData("- choice", "- - svm:", "      c: [lognormal, 0, 1]", "      KERNEL", "  - dtree:", "      DEPTH", "  [|naive_bayes|]")]
    [InlineData("[choice, [naive_bayes, {svm: {c: [lognormal, 0, 1], KERNEL}, {dtree: {DEPTH}}[|]|]]")]
    [InlineData("[choice, [naive_bayes, {svm: {c: [lognormal, 0, 1, KERNEL[|}|]}, {dtree: {DEPTH}}]]")]
    [InlineData("[choice, [naive_bayes, svm: {c: [lognormal, 0, 1], KERNEL}[|}|], {dtree: {DEPTH}}]]")]
    [InlineData("[choice, [naive_bayes, {svm: {c: [lognormal, 0, 1], KERNEL}} [|{|]dtree: {DEPTH}}]]")]
    public void Where_the_text_is_no_YAML_it_stands_alone(params string[] lines) => CheckText("LOGML0002", lines);

    /// <summary>The parameters of a branch are unknown. Those that code reads are there all the same.</summary>
    [Theory]
    [InlineData("- choice", "- - naive_bayes", "  - svm:", "      c: [lognormal, 0, 1]", "      KERNEL", "  - [|dtree:|]", "      max_depth [choice, [null, 1]]")]
    [InlineData("- choice", "- - naive_bayes", "  - svm:", "      c: [lognormal, 0, 1]", "      KERNEL", "  - [|dtree: 3|]")]
    public void Where_the_parameters_of_a_branch_are_hidden_it_stands_alone(params string[] lines) => CheckText("LOGML0062", lines);

    [Fact]
    public void A_parameter_of_a_branch_in_capitals_stands_alone() => Check(
        "LOGML0063", Yaml("{svm: {[|C|]: 1.0}}", "[choice, [naive_bayes, {" + Svm + "}, {" + Tree + "}]]", null), Code);

    [Theory]
    [InlineData("LOGML0062",
        "[naive_bayes, [|{svm: {c: double, kernel: [linear, {rbf: {gamma: double}}]}, dtree: {max_depth: double?}}|]]")]
    [InlineData("LOGML0052", "[naive_bayes, {svm: {c: [|doubel|], kernel: [linear, {rbf: {gamma: double}}]}}, {dtree: {max_depth: double?}}]")]
    [InlineData("LOGML0064", "[" + Types + ", {[|svm|]: {d: double?}}]")]
    public void In_a_declared_type_it_stands_alone(string id, string type) =>
        Check(id, Yaml("{svm: {c: 1.0, kernel: linear}}", null, type), Code);

    [Theory]
    [InlineData("LOGML0065", "[|{svm: {c: 1.0, kernel: linear}}|]", null)]
    [InlineData("LOGML0065", "naive_bayes", null, "classifier")]
    [InlineData("LOGML0064", "{svm: {c: 1.0}}", "[choice, [naive_bayes, {[|svm!|]: {c: [lognormal, 0, 1]}}, {" + Tree + "}]]")]
    [InlineData("LOGML0062", "{svm: {c: 1.0}}", "[choice, [naive_bayes, [|{c: [lognormal, 0, 1]}|], {" + Tree + "}]]")]
    public void A_branch_that_only_the_code_names_has_a_type(
        string id, string value, string? space, string? key = null)
    {
        var yaml = Yaml(value, space, null);
        yaml = key is null ? yaml : yaml.Replace(key + ":", $"[|{key}|]:", StringComparison.Ordinal);
        Check(id, yaml, Signatures);
    }

    private static string Yaml(string value, string? space, string? type) =>
        $"functions:\n  model_create:\n    classifier: {value}\n"
        + (type is null ? "" : $"  types:\n    model_create: {{ classifier: {type} }}\n")
        + (space is null ? "" : $"hyper_parameter_optimization:\n  space:\n    model_create:\n      classifier: {space}\n");

    private static void CheckText(string id, string[] lines) => Check(
        id,
        Yaml("{svm: {c: 1.0}}", string.Concat(lines.Select(line => line == "|]" ? line : "\n        " + line)), null)
            .Replace("KERNEL", "kernel: [choice, [linear, {rbf: {gamma: [loguniform, -5, 2]}}]]", StringComparison.Ordinal)
            .Replace("DEPTH", "max_depth: [choice, [null, [qlognormal, 3, 1, 1]]]", StringComparison.Ordinal),
        Code);

    private static void Check(string id, string yaml, string code)
    {
        var marked = MarkedCode.Find(yaml)!.Value;
        var run = GeneratorRun.Of(code, marked.Text);

        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.True(diagnostic.Id == id, diagnostic.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal(marked.Start, diagnostic.Location.SourceSpan.Start);
        run.AssertCompiles();
    }
}
