using System.Globalization;
using LogMl.Generator.Tests.Kit;
using Microsoft.CodeAnalysis;

namespace LogMl.Generator.Tests;

/// <summary>
/// Files in all the forms that Log(ML)'s own configurations have: each compiles, runs with its defaults, and every section is used, or a
/// message at its line says that it is not.
/// </summary>
public class LogMlFileTests
{
    private static readonly string[] Used = ["dataset", "model", "functions", "hyper_parameter_optimization"];

    private static readonly string Code = CodeOf.Steps("""
        [WorkflowStep("dataset_create")] public static int[] Create() => [.. Enumerable.Range(0, 20)];
        [WorkflowStep("dataset_augment")] public static int[] Augment(int[] data) => data;
        [WorkflowStep("dataset_preprocess")] public static int[] Clean(int[] data) => data;
        [WorkflowStep("model_create")] public static Net Build(ModelCreateParameters p) => new();
        [WorkflowStep("model_train")] public static void Train(Net net, int[] data, ModelTrainParameters p) { }
        [WorkflowStep("model_evaluate")] public static double Loss(Net net, int[] data) => data.Length;
        """);

    public static TheoryData<string, string, string> Files => new()
    {
        { "a workflow without a search", """
            dataset:
              dataset_name: 'first'
              dataset_path: 'data/first'

            model:
              model_name: 'first'
              model_path: 'data/first/model'

            functions:
                dataset_split:
                  split_validate: 0.2
                  split_test: 0.0
                model_create:
                    num_neurons: 4
                model_train:
                  epochs: 30
                  learning_rate: 0.2
            """, "" },
        { "a search, with True and quotes, deeper indentation, and a range that begins with 0", """
            dataset:
              dataset_name: 'second'

            model:
              enable: True
              model_name: 'second'

            functions:
                model_create:
                    num_neurons: 4
                model_train:
                  epochs: 30
                  learning_rate: 0.2

            hyper_parameter_optimization:
                enable: True
                show_progressbar: True
                algorithm: 'tpe'
                max_evals: 20
                space:
                    model_create:
                      num_neurons: ['randint', 6]
                    model_train:
                      learning_rate: ['uniform', 0.0, 0.4]
            """, "" },
        { "a documented file: empty sections and steps, sections of the exploration, lists and mappings of settings, a model search", """
            #---
            # A file with everything
            #---
            logger:

            dataset:
              dataset_type: 'df'
              dataset_name: 'third'
              outputs: ['y']

            dataset_transform:
              enable: true
              categories:
                Size: ['Small', 'Large / Huge']
              categories_regex:
                - 'a_.*': ['low', 'high']
                - 'b_.*': True
              dates: ['sold']
              remove_columns: []
              std_threshold: 0.001

            dataset_augment:
              enable: true
              # TODO: something

            dataset_preprocess:
              enable: true
              impute:
                mean: ['x2', 'xx.*']
                median: true
              normalize:
                standard: true
                skip: ['x7']

            dataset_explore:
              enable: true
              corr_thresdold: 0.6

            dataset_feature_importance:
              enable: true
              rfe_model_cv: 0  # none

            model:
              enable: true
              model_type: regression
              model_name: 'third'
              model_class: sklearn.ensemble.ExtraTreesRegressor
              metric_class: ''
              metric_class_is_score: False

            cross_validation:
                enable: false
                KFold:
                    n_splits: 4
                # LeaveOneOut:

            hyper_parameter_optimization:
                # Off
                enable: false
                show_progressbar: true
                algorithm: 'tpe'
                max_evals: 50
                space:
                    model_create:
                        n_estimators: ['randint', 500]
                        max_features: ['uniform', 0.0, 1.0]

            functions:
                dataset_augment:

                dataset_create:

                dataset_split:
                  split_validate: 0.2
                  split_test: 0.0

                model_create:
                  n_estimators: 20
                  max_features: 0.6

                model_evaluate:

                model_train:

            model_search:
              enable: true
              models: !include models_search/*.yaml
            """, "LOGML0048 dataset_transform, LOGML0048 model_search" },
        { "a step that is switched off and keeps its parameters, and a seed", """
            logger:
            dataset:
                dataset_name: 'fourth'
                is_use_default_split: False
            model:
                model_name: 'fourth'
                enable: True
            hyper_parameter_optimization:
                enable: True
                show_progressbar: False
                algorithm: 'tpe'
                max_evals: 5
                random_seed: 20190101
                space:
                    model_train:
                        mean: ['uniform', 0.0, 10.0]
            functions:
              dataset_save:
              dataset_split:
                enable: False
                split_test: 0.3
                split_validate: 0.2
              model_create:
                beta: 0.1
              model_train:
                mean: 0.1
            """, "" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_compiles_and_runs_and_what_is_not_used_is_told_at_its_line(string form, string yaml, string warnings)
    {
        var run = GeneratorRun.Of(Code, yaml).AssertCompiles();

        Assert.Equal(
            warnings.Split(", ", StringSplitOptions.RemoveEmptyEntries),
            run.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
                .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
                .Select(diagnostic => $"{diagnostic.Id} {SectionAt(yaml, diagnostic)}"));
        var told = run.Diagnostics.Select(diagnostic => SectionAt(yaml, diagnostic)).ToHashSet();
        var sections = yaml.Split('\n').Where(line => line.Length > 0 && char.IsLetter(line[0])).Select(line => line.Split(':')[0]);
        foreach (var section in sections)
        {
            var isStep = section is "dataset_augment" or "dataset_preprocess" or "cross_validation";
            Assert.True(Used.Contains(section) || isStep || told.Contains(section), $"{form}: nothing is said about {section}");
        }

        var scores = await Trial.RunAsync(run.Load());
        Assert.Equal(form.Contains("switched off", StringComparison.Ordinal) ? 20 : 4, scores["validate"].Loss);
    }

    /// <summary>The section at which a message is.</summary>
    private static string SectionAt(string yaml, Diagnostic diagnostic)
    {
        var start = diagnostic.Location.SourceSpan.Start;
        Assert.True(start == 0 || yaml[start - 1] == '\n', diagnostic.GetMessage(CultureInfo.InvariantCulture));
        return yaml[start..].Split(':')[0];
    }
}
