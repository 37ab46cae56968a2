using System.Reflection;
using LogMl.Generator.Tests.Kit;
using Microsoft.CodeAnalysis;

namespace LogMl.Generator.Tests;

/// <summary>What the generator does again after an edit: the driver runs twice, and the second run tells why each step ran.</summary>
public class IncrementalTests
{
    private const string Yaml = """
        functions:
          model_create: { num_neurons: 3 }
          model_train: { learning_rate: 0.3 }
        dataset: { name: xor }
        hyper_parameter_optimization:
          space:
            model_create: { num_neurons: ['uniformint', 1, 16] }
        """;

    private const string BranchesYaml = """
        functions:
          model_create: { classifier: bayes }
          model_train: { learning_rate: 0.3, unused: 1 }
        dataset: { name: xor }
        hyper_parameter_optimization:
          space:
            model_create:
              classifier: ['choice', [bayes, { svm: { c: ['uniform', 0, 1], kernel: ['choice', [linear, { rbf: { gamma: ['uniform', 0, 1] } }]] } }]]
        """;

    private const string Branches = """
        using LogMl;
        namespace Sample;
        public static class Steps
        {
            [WorkflowStep("model_create")] public static string Bayes(ModelCreateClassifier.Bayes bayes) => "bayes";
            [WorkflowStep("model_create")] public static string Svm(ModelCreateClassifier.Svm svm) => svm.C + Name(svm.Kernel);
            [WorkflowStep("model_train")] public static void Train(string model, double learningRate) => _ = learningRate;
            [WorkflowStep("model_evaluate")] public static double Loss(string model) => model.Length;
            [SearchConstraint] public static bool Fits(ModelCreateParameters p) => p.Classifier is not ModelCreateClassifier.Svm { C: > 9 };
            private static string Name(ModelCreateClassifierSvmKernel kernel) => kernel switch
            {
                ModelCreateClassifierSvmKernel.Linear => "linear",
                ModelCreateClassifierSvmKernel.Rbf { Gamma: var gamma } => $"{gamma * 2}",
                _ => "",
            };
        }
        [Workflow] public static class Marked;
        """;

    private static readonly string Code = CodeOf.Steps("""
        [WorkflowStep("dataset_create")] public static Row[] Create() => [new(1)];
        [WorkflowStep("model_create")] public static Net Build(ModelCreateParameters p) => new() { Weight = p.NumNeurons };
        [WorkflowStep("model_train")] public static void Train(Net net, double learningRate) { net.Weight *= learningRate; }
        [WorkflowStep("model_evaluate")] public static double Loss(Net net, Row[] data) => net.Weight;
        """) + "[Workflow] public static class Marked;";

    public static TheoryData<string> AllTrackingNames => [.. NamesOfSteps()];

    [Fact]
    public void An_edit_of_another_file_leaves_everything_cached()
    {
        // With a warning, so that there is a diagnostic that could be cached.
        var yaml = Yaml.Replace("num_neurons: 3", "num_neurons: 3, unused: 1", StringComparison.Ordinal);
        var code = Code.Replace("ModelCreateParameters p) => new() { Weight = p.NumNeurons }", "int numNeurons) => new() { Weight = numNeurons }", StringComparison.Ordinal);
        var run = RunWithBest(code, yaml).Again(otherFile: "namespace Other { public class Unrelated { } }");

        Assert.Equal("LOGML0109", Assert.Single(run.Diagnostics).Id);

        AssertCached(run);
    }

    [Fact]
    public void An_edit_of_another_file_leaves_branches_their_methods_and_switches_over_them_cached()
    {
        var run = RunWithBest(Branches, BranchesYaml);
        Assert.Equal("LOGML0109", Assert.Single(run.Diagnostics).Id);
        run.AssertCompiles();

        AssertCached(run.Again(otherFile: "namespace Other { public class Unrelated { } }"));
        AssertOutputs(run.Again(code: Branches.Replace("gamma * 2", "gamma * 3", StringComparison.Ordinal)), []);
    }

    [Fact]
    public void An_edit_of_another_file_leaves_the_branches_that_a_mistake_hides_cached()
    {
        var run = RunWithBest(Branches, BranchesYaml.Replace("{ svm: {", "{ svm!: {", StringComparison.Ordinal));
        Assert.Equal("LOGML0064", Assert.Single(run.Diagnostics).Id);

        AssertCached(run.Again(otherFile: "namespace Other { public class Unrelated { } }"));
    }

    [Fact]
    public void A_comment_in_the_yaml_leaves_the_configuration_unchanged_and_the_files_cached()
    {
        var run = GeneratorRun.Of(Code, Yaml).Again(yaml: "# a comment\n\n" + Yaml);

        AssertReasons(run, TrackingNames.ConfigurationFiles, IncrementalStepRunReason.Modified);
        AssertReasons(run, TrackingNames.Configuration, IncrementalStepRunReason.Unchanged);
        AssertReasons(run, TrackingNames.Plan, IncrementalStepRunReason.Cached);
        AssertOutputs(run, []);
    }

    [Fact]
    public void A_comment_in_a_yaml_with_a_mistake_moves_the_diagnostic_and_leaves_the_files_cached()
    {
        var wrong = Yaml.Replace("'uniformint'", "'unifrmint'", StringComparison.Ordinal);
        var run = GeneratorRun.Of(Code, wrong).Again(yaml: "# a comment\n" + wrong);

        AssertReasons(run, TrackingNames.Configuration, IncrementalStepRunReason.Unchanged);
        AssertOutputs(run, ["LOGML0020"]);
        Assert.Equal(7, Assert.Single(run.Diagnostics).Location.GetLineSpan().StartLinePosition.Line);
    }

    [Fact]
    public void A_changed_value_changes_the_record_of_its_step_what_loads_it_and_the_workflow_only()
    {
        var before = GeneratorRun.Of(Code, Yaml);
        var after = before.Again(yaml: Yaml.Replace("0.3", "0.4", StringComparison.Ordinal));

        string[] changed = ["LogMl.Parameters.Load.g.cs", "LogMl.Parameters.model_train.g.cs", "LogMl.Workflow.g.cs"];
        AssertOutputs(after, changed);
        Assert.Equal(
            changed,
            before.Files.Keys.Where(file => before.Files[file] != after.Files[file]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_changed_comment_at_a_parameter_changes_the_record_of_its_step_only()
    {
        const string Parameter = "model_train: { learning_rate: 0.3 }";
        var yaml = Yaml.Replace(Parameter, "model_train:\n    # one\n    learning_rate: 0.3", StringComparison.Ordinal);
        var run = GeneratorRun.Of(Code, yaml).Again(yaml: yaml.Replace("# one", "# two", StringComparison.Ordinal));

        AssertOutputs(run, ["LogMl.Parameters.model_train.g.cs"]);
    }

    [Fact]
    public void An_edited_method_body_leaves_the_methods_unchanged_and_the_files_cached()
    {
        var run = GeneratorRun.Of(Code, Yaml)
            .Again(code: Code.Replace("net.Weight *= learningRate;", "\n\n net.Weight /= learningRate;", StringComparison.Ordinal));

        AssertReasons(run, TrackingNames.Methods, IncrementalStepRunReason.Unchanged);
        AssertReasons(run, TrackingNames.Plan, IncrementalStepRunReason.Cached);
        AssertOutputs(run, []);
    }

    [Fact]
    public void A_changed_signature_changes_the_workflow_only()
    {
        var run = GeneratorRun.Of(Code, Yaml)
            .Again(code: Code.Replace("(Net net, Row[] data)", "(Row[] data, Net net)", StringComparison.Ordinal));

        AssertReasons(run, TrackingNames.Methods, IncrementalStepRunReason.Modified);
        AssertOutputs(run, ["LogMl.Workflow.g.cs", "LogMl.WorkflowClass.g.cs"]);
    }

    [Theory]
    [MemberData(nameof(AllTrackingNames))]
    public void Each_step_of_the_pipeline_holds_plain_data(string name)
    {
        var steps =
            RunWithBest(Code + "public static class Wrong { [WorkflowStep(\"x\")] public static void M(out int a) { a = 1; } }", Yaml)
            .Driver.GetRunResult().Results.Single().TrackedSteps;

        Assert.Contains(name, steps.Keys);
        Assert.NotEmpty(steps[name].SelectMany(step => step.Outputs));
        Assert.All(steps[name].SelectMany(step => step.Outputs), output => ObjectGraph.AssertPlain(output.Value));
    }

    [Fact]
    public void Two_runs_of_two_generators_give_the_same_text() =>
        Assert.Equal(GeneratorRun.Of(Code, Yaml).Files, GeneratorRun.Of(Code, Yaml).Files);

    /// <summary>Only the compilation itself is new, and what is asked of it has the same answer.</summary>
    private static void AssertCached(GeneratorRun run)
    {
        string[] asked =
            [TrackingNames.Project, TrackingNames.OwnTypeSources, TrackingNames.StepsElsewhere, TrackingNames.HiddenBranches];
        foreach (var name in NamesOfSteps())
        {
            AssertReasons(run, name, asked.Contains(name) ? IncrementalStepRunReason.Unchanged : IncrementalStepRunReason.Cached);
        }

        AssertOutputs(run, []);
    }

    private static GeneratorRun RunWithBest(string code, string yaml) => GeneratorRun.Of(code, files:
    [
        new TextFile(GeneratorRun.YamlPath, yaml),
        new TextFile("/project" + ProjectOptions.BestFolder + "best.yaml", "functions: { model_train: { learning_rate: 0.2 } }"),
    ]);

    private static IEnumerable<string> NamesOfSteps() =>
        typeof(TrackingNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);

    private static void AssertReasons(GeneratorRun run, string name, IncrementalStepRunReason expected)
    {
        var outputs = run.Driver.GetRunResult().Results.Single().TrackedSteps[name].SelectMany(step => step.Outputs).ToList();
        Assert.All(outputs, output => Assert.True(output.Reason == expected, $"{name}: {output.Reason}, expected {expected}"));
    }

    /// <summary>Checks which files and diagnostics were made anew; all others were taken from the run before.</summary>
    private static void AssertOutputs(GeneratorRun run, string[] expected)
    {
        var result = run.Driver.GetRunResult().Results.Single();
        var changed = result.TrackedOutputSteps.Values.SelectMany(steps => steps)
            .SelectMany(step => step.Outputs)
            .Where(output => output.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged))
            .SelectMany(output => NamesIn(output.Value));
        Assert.Equal(expected, changed.Order(StringComparer.Ordinal));
    }

    /// <summary>An output step gives the pair of the files and the diagnostics that it made.</summary>
    private static IEnumerable<string> NamesIn(object output)
    {
        foreach (var part in (IEnumerable<object>)[.. ((System.Runtime.CompilerServices.ITuple)output).Parts()])
        {
            foreach (var item in ((System.Collections.IEnumerable)part).Cast<object>())
            {
                yield return item is Diagnostic diagnostic
                    ? diagnostic.Id
                    : (string)item.GetType().GetProperty("HintName")!.GetValue(item)!;
            }
        }
    }
}

internal static class TupleParts
{
    public static IEnumerable<object> Parts(this System.Runtime.CompilerServices.ITuple tuple) =>
        Enumerable.Range(0, tuple.Length).Select(index => tuple[index]!);
}
