using LogMl.Generator.Tests.Kit;
using static LogMl.Generator.Tests.Kit.OneDiagnostic;

namespace LogMl.Generator.Tests;

/// <summary>Each diagnostic of the default split, and of sections that would change the data set.</summary>
public class SplitDiagnosticTests
{
    [Fact]
    public void A_share_of_the_default_split_must_be_a_number() => ExpectInYaml(
        "LOGML0111", "the share of the rows must be a number",
        """[WorkflowStep("dataset_create")] public static Row[] Create() => [];""" + Evaluate,
        "functions:\n  dataset_split:\n    [|split_test|]: much");

    [Fact]
    public void A_data_set_that_cannot_be_split_is_used_whole_and_says_so() => Expect(
        "LOGML0117", "'Steps.Create' gives 'Net'",
        """[WorkflowStep("dataset_create")] public static Net [|Create|]() => new();""" + Evaluate);

    [Theory]
    [InlineData("split_validate: 0.1, [|split_test|]: 1", "it must be at least 0 and below 1")]
    [InlineData("[|split_validate|]: -0.1", "it must be at least 0 and below 1")]
    [InlineData("[|split_test|]: 0.8", "together with split_validate it leaves no rows to train on")]
    [InlineData("split_validate: 0.5, [|split_test|]: 0.5", "together with split_validate it leaves no rows to train on")]
    public void Shares_that_every_trial_would_refuse_are_refused(string shares, string reason) => ExpectInYaml(
        "LOGML0118", reason,
        """[WorkflowStep("dataset_create")] public static Row[] Create() => [];""" + Evaluate,
        "functions:\n  dataset_split: { " + shares + " }");

    [Theory]
    [InlineData("functions:\n  dataset_split: { [|split_validate|]: 0.0 }", "'split_validate' is 0")]
    [InlineData("functions:\n  dataset_split: { [|split_validate|]: 0 }", "'split_validate' is 0")]
    [InlineData(
        "functions:\n  dataset_split: { split_validate: 0.2 }\nhyper_parameter_optimization:\n  space:\n    dataset_split: { [|split_validate|]: ['choice', [0.0, 0.2]] }",
        "'split_validate' can be 0")]
    public void An_empty_validation_part_is_a_warning_at_its_share(string yaml, string message) => ExpectInYaml(
        "LOGML0119", message + ": the loss is that of the rows that a trial is trained on",
        """[WorkflowStep("dataset_create")] public static Row[] Create() => [];""" + Evaluate,
        yaml);

    [Theory]
    [InlineData("dataset_preprocess")]
    [InlineData("dataset_augment")]
    public void An_enabled_section_without_a_method_is_a_warning_at_its_line(string section)
    {
        ExpectInYaml(
            "LOGML0120",
            $"'{section}' is enabled, but its settings are not used: mark a method with [WorkflowStep(\"{section}\")]",
            Evaluate,
            $"[|{section}|]:\n  enable: true\n  normalize: {{ standard: [x1] }}");
        GeneratorRun.Of(
            Program($$"""
                [WorkflowStep("dataset_create")] public static Row[] Create() => [];
                [WorkflowStep("{{section}}")] public static Row[] Change(Row[] rows) => rows;
                """ + Evaluate),
            $"{section}:\n  enable: true").AssertClean();
    }

    [Fact]
    public void A_share_that_the_space_makes_impossible_is_refused_in_the_space() => ExpectInYaml(
        "LOGML0118", "it must be at least 0 and below 1",
        """[WorkflowStep("dataset_create")] public static Row[] Create() => [];""" + Evaluate,
        "functions:\n  dataset_split: { split_test: 0.1 }\nhyper_parameter_optimization:\n  space:\n    dataset_split: { [|split_test|]: [uniform, 0, 1.5] }");

    [Theory]
    [InlineData("split_validation", "split_validate")]
    [InlineData("split_tests", "split_test")]
    public void A_misspelt_share_of_the_default_split_is_refused(string name, string meant) => ExpectInYaml(
        "LOGML0135",
        $"'{name}' is not a parameter of the default split, which takes split_validate and split_test; did you mean '{meant}'?",
        """[WorkflowStep("dataset_create")] public static Row[] Create() => [];""" + Evaluate,
        $"functions:\n  dataset_split: {{ [|{name}|]: 0.3 }}");
}
