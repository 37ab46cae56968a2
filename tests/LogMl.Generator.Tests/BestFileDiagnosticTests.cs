using LogMl.Generator.Tests.Kit;

namespace LogMl.Generator.Tests;

/// <summary>Mistakes in a best.yaml that the project compiles in.</summary>
public class BestFileDiagnosticTests
{
    private const string Path = "/best/best.yaml";

    private const string Yaml = """
        functions:
          model_create: { layers: [1, 2], kind: relu }
          model_train: { epochs: 3, rate: 0.5, name: a, warm: true, seed: null }
          types: { model_create: { kind: [relu, tanh, null] }, model_train: { seed: int? } }
        """;

    private static readonly string Code = CodeOf.Steps("""
        [WorkflowStep("model_create")] public static Net Build(ModelCreateParameters p) => new();
        [WorkflowStep("model_train")] public static void Train(Net net, ModelTrainParameters p) { }
        [WorkflowStep("model_evaluate")] public static double Loss(Net net) => 1;
        """) + "public static class Caller { public static object Best() => WorkflowParameters.Best; }";

    [Theory]
    [InlineData("functions:\n  [|model_trian|]: { epochs: 3 }", "'model_trian' is not a step with parameters; did you mean 'model_train'?")]
    [InlineData("functions:\n  model_train:\n    [|epoch|]: 3", "'epoch' is not a parameter of step 'model_train'; did you mean 'epochs'?")]
    [InlineData("functions:\n  model_train: { epochs: [|3.5|] }", "'model_train.epochs' must be a whole number, and is 3.5")]
    [InlineData("functions:\n  model_train: { epochs: [|3000000000|] }", "'model_train.epochs' must be a whole number from -2147483648 to 2147483647, and is 3000000000")]
    [InlineData("functions:\n  model_train: { epochs: [|null|] }", "'model_train.epochs' must be a whole number, and is null")]
    [InlineData("functions:\n  model_train: { rate: [|'0.5'|] }", "'model_train.rate' must be a number, and is the text '0.5'")]
    [InlineData("functions:\n  model_train: { rate: [|1e400|] }", "'model_train.rate' must be a number up to 1.7976931348623157e308, or .inf, and is 1e400")]
    [InlineData("functions:\n  model_train: { name: [|\ufffd|]l }", "The file is not UTF-8 here; save it as UTF-8 (U+FFFD itself is written as \"\\ufffd\")")]
    [InlineData("--- [|f|]unctions: {}", "Nothing can follow '---' in its line")]
    [InlineData("{ functions: {} } [|x|]", "Nothing can follow the mapping")]
    [InlineData("functions:\n  model_train: { rate: [|010|] }", "'model_train.rate' must be a number, and is 010")]
    [InlineData("functions:\n  model_train: { name: [|yes|] }", "'model_train.name' must be a text, which is written in quotes where it looks like something else, and is yes")]
    [InlineData("functions:\n  model_train: { warm: [|yes|] }", "'model_train.warm' must be true or false, and is yes")]
    [InlineData("functions:\n  model_create: { kind: [|gelu|] }", "'model_create.kind' must be one of relu, tanh, and is 'gelu'; did you mean 'relu'?")]
    [InlineData("functions:\n  model_create: { kind: [|sigmoid|] }", "'model_create.kind' must be one of relu, tanh, and is 'sigmoid'")]
    [InlineData("functions:\n  model_create: { layers: [|3|] }", "'model_create.layers' must be a list such as [1, 2], and is 3")]
    [InlineData("functions:\n  model_create: { layers: [1, [|a|]] }", "'model_create.layers' must be a whole number, and is a")]
    [InlineData("functions:\n  model_create: [|[1]|]", "'model_create' must be a mapping, and is a list")]
    [InlineData("functions:\n  model_train: { enable: [|false|] }", "Step 'model_train' is enabled in logml.yaml, and a file of parameters cannot change that; leave it out")]
    [InlineData("[|space|]: {}", "'space' is not a section of a file of parameters, which has 'functions' alone")]
    [InlineData("functions:\n  model_train:\n    epochs: 3\n    [|epochs|]: 4", "'epochs' is there already")]
    [InlineData("functions:\n  model_train:\n    epochs: 3\n     [|r|]ate: 4", "A line is indented more than the one before, which has a value already")]
    [InlineData("functions:\n  model_train:\n    epochs: 3\n [|m|]odel_create: {}", "A line has another indentation than the lines beside it")]
    [InlineData("functions:\n[|\t|]model_train: {}", "A line must be indented with spaces, not with tabs")]
    [InlineData("functions:\n  model_create:\n    layers:\n    [|-|] 1", "A list is written as [a, b] here")]
    [InlineData("functions:\n  model_train: { name: [|&|]a b }", "'&' has a meaning in YAML that a file of parameters does not need; write a text in quotes")]
    [InlineData("functions:\n  model_train: { name: 'a }[||]", "The quote ' is missing at the end of the text")]
    [InlineData("functions:\n  model_train: { name: \"a[|\\q|]\" }", "There is no such escape in YAML")]
    [InlineData("functions:\n  model_train: { rate: 1 [|x|]: 2 }", "A text with a colon is written in quotes")]
    [InlineData("functions:\n  model_train: { rate: 1[|", "A comma or '}' is missing")]
    [InlineData("functions:\n  model_train: { rate: 1 } [|x|]", "Nothing can follow the value in its line")]
    [InlineData("functions:\n  model_train\n", "A colon must follow the name")]
    public void A_mistake_is_one_error_at_its_place(string best, string message)
    {
        var end = best.Contains("|]", StringComparison.Ordinal) ? "" : best.Contains("[|", StringComparison.Ordinal) ? "|]" : "[||]";
        var marked = MarkedCode.Find(best + end);
        var run = Generate(new TextFile(Path, marked!.Value.Text));

        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(("LOGML0165", message), (diagnostic.Id, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(Path, diagnostic.Location.GetLineSpan().Path);
        if (best.Contains("[|", StringComparison.Ordinal) && !message.Contains("colon", StringComparison.Ordinal))
        {
            Assert.Equal(marked.Value.Start, diagnostic.Location.SourceSpan.Start);
            Assert.True(marked.Value.Length == 0 || diagnostic.Location.SourceSpan.Length == marked.Value.Length);
            Assert.Equal(
                Microsoft.CodeAnalysis.Text.SourceText.From(marked.Value.Text).Lines.GetLinePosition(marked.Value.Start),
                diagnostic.Location.GetLineSpan().StartLinePosition);
        }

        // Code that uses the property has no errors of its own.
        run.AssertCompiles();
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("functions: {}")]
    [InlineData("functions:\n")]
    [InlineData("\uFEFF# best\r\nfunctions:\r\n  model_train:\r\n    rate: 1\r\n  types:\r\n    model_train: { seed: 'int?' }\r\n")]
    [InlineData("functions: {\"model_create\": {\"layers\":[1,\n 2], \"kind\": null}, \"model_train\": {\"epochs\": 3, # three\n \"seed\": 7,}}")]
    [InlineData("functions:\n  model_train: { name: a b, rate: -.inf, warm: True, seed: ~ }   # comment")]
    [InlineData("functions:\n    \"model_train\":\n      'rate' : 1e-3\n\n      # between\n      name: \"\\u00e9\\x41\\U0001F600\\n\"")]
    public void A_file_may_be_written_by_hand(string best) => Generate(new TextFile(Path, best)).AssertClean();

    [Fact]
    public void Each_mistake_has_an_error_of_its_own()
    {
        var run = Generate(new TextFile(
            Path, "functions:\n  model_train:\n    epochs: many\n    rte: 1\n    warm: 3\n  model_crate: {}\n"));

        Assert.Equal(
            [
                (3, "'model_train.epochs' must be a whole number, and is many"),
                (4, "'rte' is not a parameter of step 'model_train'; did you mean 'rate'?"),
                (5, "'model_train.warm' must be true or false, and is 3"),
                (6, "'model_crate' is not a step with parameters; did you mean 'model_create'?"),
            ],
            run.Diagnostics.Select(diagnostic => (
                diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1,
                diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture))));
        run.AssertCompiles();
    }

    [Fact]
    public void The_second_file_is_an_error_at_it()
    {
        var run = Generate(new TextFile("/best/b.yaml", "functions: {}"), new TextFile("/best/a.yaml", "functions: {}"));

        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("LOGML0166", diagnostic.Id);
        Assert.Equal("/best/b.yaml", diagnostic.Location.GetLineSpan().Path);
        var message = diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains("'a.yaml' is used", message, StringComparison.Ordinal);
        run.AssertCompiles();
    }

    [Theory]
    [InlineData("Load")]
    [InlineData("Best")]
    public void A_part_of_the_record_with_a_member_of_this_name_is_refused(string member)
    {
        var code = Code.Replace("WorkflowParameters.Best", "0", StringComparison.Ordinal)
            + $"namespace Sample {{ public sealed partial record WorkflowParameters {{ public static int {member} => 1; }} }}";
        var run = GeneratorRun.Of(code, files: [new TextFile(GeneratorRun.YamlPath, Yaml), new TextFile(Path, "functions: {}")]);
        Assert.Equal("LOGML0140", Assert.Single(run.Diagnostics).Id);
        run.AssertCompiles();
    }

    private static GeneratorRun Generate(params TextFile[] best) =>
        GeneratorRun.Of(Code, files: [new TextFile(GeneratorRun.YamlPath, Yaml), .. best]);
}
