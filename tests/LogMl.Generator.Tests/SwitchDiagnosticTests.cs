using System.Collections.Immutable;
using System.Globalization;
using LogMl.Generator.Switches;
using LogMl.Generator.Tests.Kit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LogMl.Generator.Tests;

/// <summary>A switch over the hierarchy of a choice is checked: a branch that is missing is a warning, a complete one has none.</summary>
public class SwitchDiagnosticTests
{
    private const string Yaml = """
        functions:
          model_evaluate: { model: none, other: null }
        hyper_parameter_optimization:
          space:
            model_evaluate:
              model:
                - choice
                - - { net: { units: ['uniformint', 1, 9], kernel: ['choice', [linear, { rbf: { gamma: ['uniform', 0, 1] } }]] } }
                  - { tree: { depth: ['choice', [null, ['uniformint', 1, 9]]], kind: ['choice', [gini, entropy]], fast: ['choice', [true, false]] } }
                  - none
              other: ['choice', [null, a, { b: { c: ['uniform', 0, 1] } }]]
        """;

    [Theory]
    [InlineData("Model.Net n => n.Units, Model.Tree => 2, Model.None => 3")]
    [InlineData("Model.Net or Model.Tree => 1, Model.None _ => 3")]
    [InlineData("Model.Net { Units: var units } => units, Model.Tree { } => 2, not (Model.Net or Model.Tree) => 3")]
    [InlineData("Model.Net { Kernel: Kernel.Linear } => 1, Model.Net { Kernel: Kernel.Rbf rbf } => rbf.Gamma, Model.Tree => 2, Model.None => 3")]
    [InlineData("Model.Net => 1, Model.Tree { Kind: Kind.Gini } => 2, Model.Tree { Kind: Kind.Entropy } => 4, Model.None => 3")]
    [InlineData("Model.Net => 1, Model.Tree { Depth: null } => 2, Model.Tree { Depth: int d } => d, Model.None => 3")]
    [InlineData("Model.Net => 1, Model.Tree { Fast: true, Kind: Kind.Gini } => 2, Model.Tree { Fast: false } or Model.Tree { Kind: Kind.Entropy } => 2, Model.None => 3")]
    [InlineData("Model.Net n when n.Units > 3 => 1, Model.Net => 2, Model.Tree { Depth: > 3 } => 3, Model.Tree => 4, Model.None => 3")]
    [InlineData("_ => 1")]
    [InlineData("Model.Net => 1, var rest => 2")]
    [InlineData("{ } => 1")]
    public async Task A_complete_switch_has_no_warning(string arms) => Assert.Empty(await WarningsOfAsync($"model switch {{ {arms} }}"));

    [Theory]
    [InlineData("0; System.Console.WriteLine(model switch { Model.Net => \"a\", Model.Tree => \"b\", Model.None => \"c\" })")]
    [InlineData("0; System.Console.WriteLine(other switch { null => 1, Other.A => 2, Other.B => 3 })")]
    [InlineData("System.Math.Abs(1 + (model switch { Model.Net => 1, Model.Tree => 2.5, Model.None => 3 }))")]
    [InlineData("0; new System.Text.StringBuilder().Append(p switch { { Model: Model.Net } => 1, { Model: Model.Tree or Model.None } => 2 })")]
    [InlineData("0; System.Console.WriteLine(string.Concat(model switch { Model.Net => model switch { Model.Net => 1, Model.Tree or Model.None => 3 }, Model.Tree or Model.None => 2 }))")]
    [InlineData("System.Linq.Enumerable.Sum(new[] { model }, m => m switch { Model.Net => 1, Model.Tree => 2, Model.None => 3 })")]
    public async Task A_complete_switch_has_no_warning_as_an_argument_of_a_method_with_overloads(string code) =>
        Assert.Empty(await WarningsOfAsync(code));

    [Fact]
    public async Task A_missing_branch_is_one_warning_also_as_an_argument_of_a_method_with_overloads()
    {
        var warning = Assert.Single(await WarningsOfAsync("0; System.Console.WriteLine(model switch { Model.Net => 1, Model.Tree => 2 })"));

        Assert.Equal("LOGML0141", warning.Id);
    }

    [Theory]
    [InlineData("Of(model); int Of<T>(T m) where T : Model => m switch { Model.Net => 1, Model.Tree => 2, Model.None => 3 }", "")]
    [InlineData("Of(model); int Of<T>(T m) where T : Model => m switch { Model.Net => 1, Model.Tree => 2 }", "Model.None")]
    [InlineData("Of<Model, Model>(model); int Of<T, U>(U m) where T : Model where U : T => m switch { Model.Net => 1, Model.Tree => 2 }", "Model.None")]
    [InlineData("Of(other); int Of<T>(T m) where T : Other? => m switch { Other.A => 1, Other.B => 2, null => 3 }", "")]
    public async Task A_switch_over_a_type_parameter_is_one_over_the_hierarchy_that_it_is(string code, string missing) => Assert.Equal(
        missing.Length == 0 ? [] : [$"This switch over 'ModelEvaluateModel' misses {Full(missing)}"],
        (await WarningsOfAsync(code)).Select(warning => warning.GetMessage(CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("Model.Net => 1, Model.Tree => 2", "Model.None")]
    [InlineData("Model.None => 1", "Model.Net, Model.Tree")]
    [InlineData("Model.Net n when n.Units > 3 => 1, Model.Tree => 2, Model.None => 3", "Model.Net", Condition)]
    [InlineData("Model.Net { Units: > 3 } => 1, Model.Tree => 2, Model.None => 3", "Model.Net", Condition)]
    [InlineData("Model.Net { Kernel: Kernel.Linear } => 1, Model.Tree => 2, Model.None => 3", "Model.Net { Kernel: Kernel.Rbf }")]
    [InlineData("Model.Net => 1, Model.Tree { Kind: Kind.Gini, Fast: true } => 2, Model.Tree { Fast: false } => 3, Model.None => 3",
        "Model.Tree { Fast: true, Kind: Kind.Entropy }")]
    [InlineData("Model.Net => 1, Model.Tree { Depth: not null } => 2, Model.None => 3", "Model.Tree { Depth: null }")]
    public async Task A_missing_branch_is_one_warning_with_its_name(string arms, string missing, string condition = "")
    {
        var warning = Assert.Single(await WarningsOfAsync($"model switch {{ {arms} }}"));

        Assert.Equal("LOGML0141", warning.Id);
        Assert.Equal(
            $"This switch over 'ModelEvaluateModel' misses {Full(missing)}{condition}", warning.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal("switch", warning.Location.SourceTree!.ToString().Substring(warning.Location.SourceSpan.Start, 6));
        Assert.Equal(6, warning.Location.SourceSpan.Length);
    }

    [Theory]
    [InlineData("(model, other) switch { (_, null) => 1, (Model.Net, Other.A) => 2, (Model.Tree or Model.None, Other.A) => 3, (_, Other.B) => 4 }")]
    [InlineData("(model, new Other.B()) switch { (Model.Net, _) => 1, (Model.Tree, _) => 2, (Model.None, var rest) => rest.C }")]
    [InlineData("(model, yes: true) switch { (Model.Net, true) => 1, (Model.Net, false) => 2, (not Model.Net, _) => 2 }")]
    [InlineData("((model, other), model) switch { ((Model.Net, _), _) => 1, ((not Model.Net, null), _) => 2, ((_, not null), _) => 3 }")]
    [InlineData("p switch { { Model: Model.Net { Kernel: Kernel.Rbf } } => 1, { Model: Model.Net } => 2, { Model: not Model.Net, Other: null or Other.A } => 3, { Other: Other.B } => 4 }")]
    public async Task A_complete_switch_over_several_choices_has_no_warning(string code) => Assert.Empty(await WarningsOfAsync(code));

    [Theory]
    [InlineData("(model, other) switch { (Model.Net, null) => 1, (Model.Net, Other.A) => 2, (Model.Tree or Model.None, _) => 3 }",
        "(Model, Other)", "(Model.Net, Other.B)")]
    [InlineData("(model, model) switch { (Model.Net, Model.Net) => 1, (Model.Tree, Model.Tree) => 2, (Model.None, _) => 3 }",
        "(Model, Model)", "(Model.Net, Model.Tree), (Model.Tree, Model.Net)")]
    [InlineData("(model, 3) switch { (Model.Net, 3) => 1, (Model.Tree, _) => 2, (Model.None, _) => 3 }",
        "(Model, int)", "(Model.Net, _)" + Condition)]
    [InlineData("p switch { { Model: Model.Net } => 1, { Model: Model.Tree, Other: null } => 2, { Model: Model.None } => 3 }",
        "ModelEvaluateParameters", "{ Model: Model.Tree, Other: Other.A }")]
    public async Task A_missing_combination_is_one_warning_with_its_pattern(string code, string type, string missing)
    {
        var warning = Assert.Single(await WarningsOfAsync(code));

        Assert.Equal("LOGML0141", warning.Id);
        Assert.Equal(
            $"This switch over '{Full(type)}' misses {Full(missing)}", warning.GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("case Model.Net: case Model.Tree: break; case Model.None: break;", "")]
    [InlineData("case Model.Net: break; default: break;", "")]
    [InlineData("case Model.Net n when n.Units > 2: break; case Model.Tree: break; case Model.None: break;", "Model.Net" + Condition)]
    [InlineData("case Model.Net: break;", "Model.Tree, Model.None")]
    public async Task A_switch_statement_is_checked_too(string cases, string missing) => Assert.Equal(
        missing.Length == 0 ? [] : [$"This switch over 'ModelEvaluateModel' misses {Full(missing)}"],
        (await WarningsOfAsync("0; switch (model) { " + cases + " }")).Select(warning => warning.GetMessage(CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("Other.A => 1, Other.B => 2, null => 3", "")]
    [InlineData("Other.A => 1, Other.B => 2", "null")]
    [InlineData("Other.A => 1, null => 2", "Other.B")]
    [InlineData("null => 1, not null => 2", "")]
    public async Task Null_is_an_option_where_the_value_may_be_null(string arms, string missing) => Assert.Equal(
        missing.Length == 0 ? [] : [$"This switch over 'ModelEvaluateOther' misses {Full(missing)}"],
        (await WarningsOfAsync($"other switch {{ {arms} }}")).Select(warning => warning.GetMessage(CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("case Other.A: break; case Other.B: break; case null: break;", 0)]
    [InlineData("case Other.A: break; case Other.B: break;", 1)]
    public async Task Null_is_a_case_of_a_statement(string cases, int count) =>
        Assert.Equal(count, (await WarningsOfAsync("0; switch (other) { " + cases + " }")).Count);

    [Fact]
    public async Task A_value_that_is_known_not_to_be_null_needs_no_arm_for_null() =>
        Assert.Empty(await WarningsOfAsync("other is null ? 0 : other switch { Other.A => 1, Other.B => 2 }"));

    [Fact]
    public async Task The_warning_of_the_compiler_stays_where_ours_is_switched_off()
    {
        var warning = Assert.Single(await WarningsOfAsync("model switch { Model.Net => 1 }", isOff: true));

        Assert.Equal("CS8509", warning.Id);
    }

    [Fact]
    public async Task Under_warnings_as_errors_a_complete_switch_compiles_and_an_incomplete_one_does_not()
    {
        Assert.Empty(await WarningsOfAsync("model switch { Model.Net => 1, Model.Tree => 2, Model.None => 3 }", asErrors: true));
        var error = Assert.Single(await WarningsOfAsync("model switch { Model.Net => 1, Model.Tree => 2 }", asErrors: true));
        Assert.Equal(("LOGML0141", DiagnosticSeverity.Error), (error.Id, error.Severity));
    }

    [Fact]
    public async Task A_record_of_the_project_of_the_same_shape_is_left_to_the_compiler()
    {
        var warning = Assert.Single(await WarningsOfAsync("((Mine)new Mine.A()) switch { Mine.A => 1 }"));

        Assert.Equal("CS8509", warning.Id);
    }

    [Fact]
    public async Task A_switch_over_a_hierarchy_of_a_library_is_checked()
    {
        var library = Project("0", false, false);
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);
        var consumer = GeneratorRun.Of(
            "public static class Use { public static int Of(Sample.ModelEvaluateModel m) => m switch { Sample.ModelEvaluateModel.Net => 1 }; }",
            projectName: "Consumer", references: [MetadataReference.CreateFromImage(image.ToArray())]);

        var warning = Assert.Single(await AnalyzeAsync(consumer.Output));

        Assert.Equal("LOGML0141", warning.Id);
    }

    private const string Condition = "; an arm with a condition, behind 'when' or on a number or a text, does not cover its branch";

    private static string Full(string names) => names
        .Replace("(Model, Other)", "(ModelEvaluateModel, ModelEvaluateOther)", StringComparison.Ordinal)
        .Replace("(Model, Model)", "(ModelEvaluateModel, ModelEvaluateModel)", StringComparison.Ordinal)
        .Replace("(Model, int)", "(ModelEvaluateModel, int)", StringComparison.Ordinal)
        .Replace("Kernel.", "ModelEvaluateModelNetKernel.", StringComparison.Ordinal)
        .Replace("Kind.", "ModelEvaluateModelTreeKind.", StringComparison.Ordinal)
        .Replace("Other.", "ModelEvaluateOther.", StringComparison.Ordinal)
        .Replace("Model.", "ModelEvaluateModel.", StringComparison.Ordinal);

    private static Task<IReadOnlyList<Diagnostic>> WarningsOfAsync(string code, bool isOff = false, bool asErrors = false) =>
        AnalyzeAsync(Project(code, isOff, asErrors));

    private static Compilation Project(string code, bool isOff, bool asErrors)
    {
        var run = GeneratorRun.Of(
            $$"""
                using LogMl;
                using Model = Sample.ModelEvaluateModel;
                using Kernel = Sample.ModelEvaluateModelNetKernel;
                using Kind = Sample.ModelEvaluateModelTreeKind;
                using Other = Sample.ModelEvaluateOther;
                public abstract record Mine
                {
                    private Mine() { }
                    public sealed record A : Mine;
                }
                public static class Steps
                {
                    [WorkflowStep("model_evaluate")]
                    public static double Loss(Model model, Other? other, ModelEvaluateParameters p)
                    {
                        double result = {{code}};
                        return result;
                    }
                }
                """,
            Yaml);
        var options = (CSharpCompilationOptions)run.Output.Options;
        return run.Output.WithOptions(options
            .WithGeneralDiagnosticOption(asErrors ? ReportDiagnostic.Error : ReportDiagnostic.Default)
            .WithSpecificDiagnosticOptions(isOff
                ? options.SpecificDiagnosticOptions.SetItem("LOGML0141", ReportDiagnostic.Suppress)
                : options.SpecificDiagnosticOptions));
    }

    private static async Task<IReadOnlyList<Diagnostic>> AnalyzeAsync(Compilation compilation)
    {
        ImmutableArray<DiagnosticAnalyzer> analyzers = [new BranchSwitchAnalyzer(), new BranchSwitchSuppressor()];
        var all = await compilation.WithAnalyzers(analyzers, new AnalyzerOptions([])).GetAllDiagnosticsAsync();
        return [.. all.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !diagnostic.IsSuppressed)];
    }
}
