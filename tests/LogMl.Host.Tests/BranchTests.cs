using System.Globalization;
using System.Text.Json;
using LogMl.Host.Results;
using LogMl.Host.Tests.Kit;
using LogMl.TestKit;
using LogMl.TestKit.Optuna;

namespace LogMl.Host.Tests;

/// <summary>A search whose choices have parameters of their own: hyperopt's classifier example.</summary>
public sealed class BranchTests
{
    private const string Manifest = """
        { "format": 2, "version": "0.1.0", "name": "Scripted",
          "optimization": { "enable": true, "algorithm": "random", "max_evals": 10, "random_seed": 7, "show_progressbar": true,
            "points_to_evaluate": [
              { "model_create.classifier": 1, "model_create.classifier.svm.c": 2.5, "model_create.classifier.svm.kernel": 1, "model_create.classifier.svm.kernel.rbf.gamma": 0.5, "model_train.x": 1 },
              { "model_create.classifier": 2, "model_create.classifier.dtree.max_depth": 1, "model_create.classifier.dtree.max_depth.qlognormal": 12, "model_train.x": 3 },
              { "model_create.classifier": 2, "model_create.classifier.dtree.max_depth": 0, "model_train.x": 3 },
              { "model_create.classifier": 0, "model_train.x": 3 }
            ] },
          "space": { "params": [
            { "name": "model_create.classifier", "dist": "choice", "options": [ "naive_bayes",
              { "label": "svm", "params": [
                { "name": "model_create.classifier.svm.c", "dist": "lognormal", "args": [0, 1] },
                { "name": "model_create.classifier.svm.kernel", "dist": "choice", "options": [ "linear",
                  { "label": "rbf", "params": [ { "name": "model_create.classifier.svm.kernel.rbf.gamma", "dist": "loguniform", "args": [-5, 2] } ] } ] } ] },
              { "label": "dtree", "params": [
                { "name": "model_create.classifier.dtree.max_depth", "dist": "choice", "options": [ null,
                  { "label": "qlognormal", "params": [ { "name": "model_create.classifier.dtree.max_depth.qlognormal", "dist": "qlognormal", "args": [3, 1, 1] } ] } ] } ] } ] },
            { "name": "model_train.x", "dist": "uniform", "args": [-5, 5] } ] },
          "integers": [ "model_create.classifier.dtree.max_depth.qlognormal" ],
          "defaults": { "model_create": { "classifier": { "svm": { "c": 1.0, "cache": 200 } } } },
          "types": { "model_create": { "classifier": [ "naive_bayes", { "svm": { "c": "double", "kernel": [ "linear", { "rbf": { "gamma": "double" } } ], "cache": "int" } }, { "dtree": { "max_depth": "int?" } } ] } },
          "final_run": true }
        """;

    internal static readonly string[] Environment = [TestWorkflow.ManifestVariable + "=" + Manifest];

    private static readonly string[] Columns =
    [
        "model_create.classifier", "model_create.classifier.svm.c", "model_create.classifier.svm.kernel",
        "model_create.classifier.svm.kernel.rbf.gamma", "model_create.classifier.dtree.max_depth",
        "model_create.classifier.dtree.max_depth.qlognormal", "model_train.x",
    ];

    [Fact]
    public void A_trial_has_the_parameters_of_its_branches_and_the_results_name_them_by_their_paths()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "print", ["--max-evals", "4"], Environment);

        var rows = folder.Rows();
        Assert.Equal(
            [
                "svm|2.5|rbf|0.5|||1",
                "dtree||||qlognormal|12|3",
                "dtree||||null||3",
                "naive_bayes||||||3",
            ],
            rows.Select(row => string.Join('|', Columns.Select(column => row[column]))));
        Assert.Equal(
            """
            functions:
              model_create:
                classifier: {svm: {c: 2.5, kernel: {rbf: {gamma: 0.5}}, cache: 200}}
              model_train:
                x: 1.0
              types:
                model_create:
                  classifier: [naive_bayes, {svm: {c: double, kernel: [linear, {rbf: {gamma: double}}], cache: int}}, {dtree: {max_depth: 'int?'}}]

            """,
            WithoutComments(File.ReadAllText(folder.BestYaml)));
        Assert.Contains("classifier: {dtree: {max_depth: 12}}\n", folder.ReadTrial(1, "parameters.yaml"), StringComparison.Ordinal);
        Assert.Contains("classifier: {dtree: {max_depth: null}}\n", folder.ReadTrial(2, "parameters.yaml"), StringComparison.Ordinal);
        Assert.Contains("classifier: naive_bayes\n", folder.ReadTrial(3, "parameters.yaml"), StringComparison.Ordinal);

        var summary = string.Concat(host.Events("summary").Select(fields => fields[0] + "\n"));
        Assert.Contains("model_create.classifier = svm, model_create.classifier.svm.c = 2.5", summary, StringComparison.Ordinal);
        Assert.Contains("model_create.classifier.svm.kernel.rbf.gamma = 0.5", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("dtree", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_is_an_option_is_shown_with_its_choice_and_named_where_another_one_could_be_meant()
    {
        using var json = JsonDocument.Parse("""
            { "format": 2, "version": "0.1.0", "name": "Numbers", "optimization": null,
              "space": { "params": [ { "name": "model_train.x", "dist": "choice", "options": [ "auto",
                { "label": "uniform", "params": [ { "name": "model_train.x.uniform", "dist": "uniform", "args": [0, 1] } ] },
                { "label": "uniform_2", "params": [ { "name": "model_train.x.uniform_2", "dist": "uniform", "args": [2, 3] } ] } ] } ] },
              "defaults": { "model_train": { "x": { "uniform_2": 2.25 } } }, "final_run": false }
            """);
        var manifest = Host.Manifests.Manifest.Read(json.RootElement);
        var yaml = manifest.Functions;

        Assert.Contains("x: {uniform_2: 2.25}\n", yaml.Write([], new Dictionary<string, double>()), StringComparison.Ordinal);
        Assert.Contains("x: {uniform_2: 2.5}\n", yaml.Write([], Trial(2, "model_train.x.uniform_2", 2.5)), StringComparison.Ordinal);
        Assert.Contains("x: 0.5\n", yaml.Write([], Trial(1, "model_train.x.uniform", 0.5)), StringComparison.Ordinal);
        Assert.Equal(
            [("model_train.x", "2.5")],
            manifest.TopParameters[0].ValuesIn(Trial(2, "model_train.x.uniform_2", 2.5))
                .Select(shown => (shown.Name, shown.Parameter.Text(shown.Value))));
        Assert.Equal("{ model_train.x: 0.5 }", Host.Search.PointText.Of(manifest, Trial(1, "model_train.x.uniform", 0.5)));
        Assert.Equal(
            ["model_train.x=uniform_2", "model_train.x.uniform_2=2.25"],
            Host.Manifests.FixedParameters.Of(manifest).Select(value => $"{value.Key}={value.Value}"));

        static Dictionary<string, double> Trial(int option, string name, double value) =>
            new() { ["model_train.x"] = option, [name] = value };
    }

    [OptunaFact]
    public void A_search_in_parts_gives_what_one_search_gives_and_Optuna_opens_it()
    {
        using var whole = new SearchFolder();
        using var parts = new SearchFolder();
        using var one = whole.Run(0, "", ["--max-evals", "40", "--algorithm", "tpe"], Environment);
        foreach (var until in new[] { "3", "40" })
        {
            using var part = parts.Run(0, "", ["--max-evals", until, "--algorithm", "tpe"], Environment);
        }

        Assert.Equal(whole.Rows().Select(Values), parts.Rows().Select(Values));
        Assert.Equal(File.ReadAllText(whole.BestYaml), File.ReadAllText(parts.BestYaml));
        Assert.All(
            whole.Rows(), row => Assert.Equal(row[Columns[0]] == "svm", row["model_create.classifier.svm.c"].Length > 0));

        var seen = OptunaScript.Run(
            """
            import sys, optuna
            optuna.logging.set_verbosity(optuna.logging.ERROR)
            storage = optuna.storages.RDBStorage("sqlite:///" + sys.argv[1], skip_compatibility_check=True)
            study = optuna.load_study(study_name="study", storage=storage)
            print(len(study.trials), sorted(study.best_params))
            for trial in study.trials[:4]:
                print(trial.params)
            print(study.trials[0].distributions["model_create.classifier"])
            print(sorted(optuna.importance.get_param_importances(study, evaluator=optuna.importance.FanovaImportanceEvaluator(seed=0))))
            print(len([c for c in study.trials_dataframe().columns if c.startswith("params_")]))
            """,
            Path.Combine(whole.Output, "study", "study.db")).ReplaceLineEndings("\n").Split('\n');

        Assert.StartsWith("40 ['model_create.classifier'", seen[0], StringComparison.Ordinal);
        Assert.Equal(
            "{'model_create.classifier': 'svm', 'model_create.classifier.svm.c': 2.5, 'model_create.classifier.svm.kernel': 'rbf', "
            + "'model_create.classifier.svm.kernel.rbf.gamma': 0.5, 'model_train.x': 1.0}",
            seen[1]);
        Assert.Equal(
            "{'model_create.classifier': 'dtree', 'model_create.classifier.dtree.max_depth': 'qlognormal', "
            + "'model_create.classifier.dtree.max_depth.qlognormal': 12, 'model_train.x': 3.0}",
            seen[2]);
        Assert.Equal(
            "{'model_create.classifier': 'dtree', 'model_create.classifier.dtree.max_depth': None, 'model_train.x': 3.0}", seen[3]);
        Assert.Equal("{'model_create.classifier': 'naive_bayes', 'model_train.x': 3.0}", seen[4]);
        Assert.Equal("CategoricalDistribution(choices=('naive_bayes', 'svm', 'dtree'))", seen[5]);
        Assert.Equal("['model_create.classifier', 'model_train.x']", seen[6]);
        Assert.Equal(Columns.Length.ToString(CultureInfo.InvariantCulture), seen[7]);
    }

    private static string Values(Dictionary<string, string> row) =>
        row["loss"] + string.Concat(Columns.Select(column => "|" + row[column]));

    private static string WithoutComments(string yaml) =>
        string.Concat(yaml.Split('\n').Where(line => !line.StartsWith('#')).Select(line => line + "\n"))[..^1];
}
