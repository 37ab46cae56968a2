using System.Globalization;
using LogMl.TestKit;

namespace LogMl.EndToEnd.Tests;

/// <summary>hyperopt's documented example of a conditional space, as types of C#: searched, called, and built with a mistake.</summary>
public sealed class BranchTests
{
    /// <summary>The analyzers of ahead-of-time compilation look at generated code, and a warning is an error.</summary>
    private static readonly string Project = LibraryConsumer.Project("LogMl.Sdk", "<IsAotCompatible>true</IsAotCompatible>");

    private const string Yaml = """
        functions:
          model_create:
            classifier: {svm: {c: 1.0, kernel: linear}}
        hyper_parameter_optimization:
          algorithm: random
          max_evals: 25
          random_seed: 3
          points_to_evaluate:
            - model_create: {classifier: naive_bayes}
            - model_create: {classifier.svm.kernel.rbf.gamma: 0.5}
            - model_create: {classifier: {dtree: {max_depth: null}}}
          space:
            model_create:
              classifier:
                - choice
                - - naive_bayes
                  - svm:
                      c: ['lognormal', 0, 1]
                      kernel: ['choice', [linear, {rbf: {gamma: ['loguniform', -5, 2]}}]]
                  - dtree:
                      max_depth: ['choice', [null, ['qlognormal', 3, 1, 1]]]
        """;

    /// <summary>The best point is the tree of depth 12, at a loss of 0.</summary>
    private const string Steps = """
        using Classifier = app.ModelCreateClassifier;

        public sealed record Learner(double Loss);

        public static class Tuned
        {
            [SearchConstraint] public static bool IsSmall(ModelCreateParameters p) => p.Classifier is not Classifier.Svm { C: > 2 };

            [WorkflowStep("model_create")] public static Learner Create(Classifier.NaiveBayes bayes) => new(5);

            [WorkflowStep("model_create")] public static Learner Create(Classifier.Svm svm) =>
                svm.C > 2 ? throw new ArgumentException("refused") : new(svm.Kernel.Match(linear: _ => 4, rbf: rbf => 3 + rbf.Gamma));

            [WorkflowStep("model_create")] public static Learner Create(Classifier.Dtree tree) => new(Math.Abs((tree.MaxDepth ?? 30) - 12));

            [WorkflowStep("model_evaluate")] public static double Loss(Learner learner) => learner.Loss;

            public static string Name(Classifier classifier) => classifier switch
            {
                Classifier.NaiveBayes => "bayes",
                Classifier.Svm => "svm",
                Classifier.Dtree => "tree",
            };
        }
        """;

    private const string Program = """
        using app;

        var best = WorkflowParameters.Load("HyperOptResults/app/best.yaml");
        Console.WriteLine($"best {Tuned.Name(best.ModelCreate.Classifier)} {(await AppWorkflow.RunAsync(best)).Loss}");
        var bayes = new WorkflowParameters { ModelCreate = new() { Classifier = ModelCreateClassifier.NaiveBayes.Instance } };
        Console.WriteLine($"bayes {(await AppWorkflow.RunAsync(bayes)).Loss}");
        """;

    [Fact]
    public async Task The_documented_example_of_hyperopt_is_searched_and_called_with_types_and_a_missing_branch_is_an_error_at_its_place()
    {
        using var project = await TestProject.CreateAsync(
            "app", ("app.csproj", Project), ("logml.yaml", Yaml), ("Tuned.cs", Steps), ("Program.cs", Consumer.Main));
        (await project.BuildAsync("-t:HyperOpt")).Succeeded().Shows("[25/25]").DoesNotShow("failed");

        var rows = File.ReadLines(project.At("HyperOptResults/app/trials.csv")).Select(line => line.Split(',')).ToArray();
        string[] expected =
        [
            "model_create.classifier", "model_create.classifier.svm.c", "model_create.classifier.svm.kernel",
            "model_create.classifier.svm.kernel.rbf.gamma", "model_create.classifier.dtree.max_depth",
            "model_create.classifier.dtree.max_depth.qlognormal",
        ];
        Assert.Equal(expected, rows[0].Where(name => name.StartsWith("model_create.", StringComparison.Ordinal)));
        var classifier = Array.IndexOf(rows[0], "model_create.classifier");
        Assert.Equal(["naive_bayes", "svm", "dtree"], rows.Skip(1).Take(3).Select(row => row[classifier]));
        Assert.All(rows.Skip(1), row => Assert.Equal(row[classifier] == "svm", row[classifier + 1].Length > 0));
        Assert.Contains("dtree:", project.Read("HyperOptResults/app/best.yaml"), StringComparison.Ordinal);

        project.Write("Program.cs", Program);
        var loss = rows.Skip(1).Select(row => row[2]).MinBy(value => double.Parse(value, CultureInfo.InvariantCulture))!;
        (await project.ShellAsync("\"$DOTNET\" run")).Succeeded().Shows("best tree " + loss).Shows("bayes 5");

        const string Method = "public static Learner Create(Classifier.Dtree";
        project.Replace("Tuned.cs", "[WorkflowStep(\"model_create\")] " + Method, Method);
        (await project.BuildAsync("--no-restore")).FailedOnlyWith("LOGML0142", "Tuned.cs(", "takes 'ModelCreateClassifier.Dtree'");
    }
}
