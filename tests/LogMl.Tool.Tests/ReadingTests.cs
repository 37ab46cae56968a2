using System.Text.Json;
using LogMl.Optimization;
using LogMl.Report.Tests.Kit;
using LogMl.Shared;
using LogMl.Storage;
using LogMl.Tool.Tests.Kit;

namespace LogMl.Tool.Tests;

/// <summary>What the verbs print that read a study: to people, to programs, and for logml.yaml.</summary>
public sealed class ReadingTests : IDisposable
{
    private readonly ToolFolder _folder = new ToolFolder()
        .With("study.db", storage => SampleStudies.AddClassifiers(storage, "classifiers", 60));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_best_trial_is_the_one_of_the_library_in_each_form()
    {
        var best = Library(view => view.Best!);
        var text = _folder.Run("best").Done;
        Assert.Contains($"trial    {best.Number}\n", text, StringComparison.Ordinal);
        Assert.Contains($"loss     {Exact(best.Loss)}\n", text, StringComparison.Ordinal);
        Assert.Contains($"rank     1 of ", text, StringComparison.Ordinal);

        var json = _folder.Run("best", "--json").Json;
        var trial = json.GetProperty("best");
        Assert.Equal("classifiers", json.GetProperty("study").GetString());
        Assert.Equal(best.Number, trial.GetProperty("number").GetInt32());
        Assert.Equal(best.Loss, trial.GetProperty("objectives").GetProperty("loss").GetDouble());
        Assert.Equal(
            best.Values["model_train.learning_rate"], trial.GetProperty("parameters").GetProperty("model_train.learning_rate").GetDouble());
        var branch = trial.GetProperty("parameters").GetProperty("model_create.classifier").GetString()!;
        Assert.All(
            trial.GetProperty("parameters").EnumerateObject().Select(value => value.Name)
                .Where(name => name.StartsWith("model_create.classifier.", StringComparison.Ordinal)),
            name => Assert.StartsWith($"model_create.classifier.{branch}.", name, StringComparison.Ordinal));
        Assert.Single(json.GetProperty("front").EnumerateArray());

        var yaml = _folder.Run("best", "--yaml").Lines;
        Assert.Equal($"# classifiers: loss {Exact(best.Loss)} at trial {best.Number}", yaml[0]);
        Assert.Equal("functions:", yaml[1]);
        Assert.Contains("  model_create:", yaml);
        Assert.Contains(yaml, line => line.StartsWith($"    classifier: {{{branch}: {{", StringComparison.Ordinal));
        Assert.Contains($"    learning_rate: {Exact(best.Values["model_train.learning_rate"])}", yaml);
    }

    [Fact]
    public void The_functions_section_has_the_values_that_the_study_has_noted_and_those_of_the_chosen_branch()
    {
        var functions = new StoredFunctions
        {
            Workflow = "Noted",
            Values = new Dictionary<string, string>
            {
                ["model_create.classifier"] = "{svm: {c: 1.0, gamma: 0.5}}", ["model_create.classifier.svm.gamma"] = "0.5",
                ["model_create.seed"] = "7", ["model_train.epochs"] = "20",
            },
            Types = new Dictionary<string, string> { ["model_train.epochs"] = "int" },
        };
        var space = new SearchSpace
        {
            ["model_create.classifier"] = Distribution.Choice(
                new Branch("svm", new SearchSpace { ["model_create.classifier.svm.c"] = Distribution.Uniform(0, 9) }),
                new Branch("knn", new SearchSpace { ["model_create.classifier.knn.k"] = Distribution.UniformInt(1, 9) })),
        };
        _folder.With("noted.db", storage =>
        {
            using var study = StoredStudy.Open(
                storage, "noted", space, new StudyOptions { Sampler = Samplers.Random(seed: 1) },
                new StoredStudyOptions
                {
                    StudyAttributes = new Dictionary<string, string> { [StoredFunctions.Key] = functions.ToJson() },
                });
            study.Enqueue(new Dictionary<string, double> { ["model_create.classifier"] = 0, ["model_create.classifier.svm.c"] = 2.5 });
            study.Tell(study.Ask(maxEvals: 2)!, 0.5);
            study.Enqueue(new Dictionary<string, double> { ["model_create.classifier"] = 1, ["model_create.classifier.knn.k"] = 3 });
            study.Tell(study.Ask(maxEvals: 2)!, 0.75);
        });

        Assert.Equal(
            """
            # Noted: loss 0.5 at trial 0
            functions:
              model_create:
                classifier: {svm: {c: 2.5, gamma: 0.5}}
                seed: 7
              model_train:
                epochs: 20
              types:
                model_train:
                  epochs: int

            """,
            _folder.Run("best", "noted.db", "--yaml").Done);
        Assert.Contains("    classifier: {knn: {k: 3}}\n", _folder.Run("trial", "1", "noted.db", "--yaml").Done, StringComparison.Ordinal);
    }

    [Fact]
    public void The_CSV_of_all_trials_has_the_columns_of_trials_csv_and_a_row_for_each()
    {
        var rows = _folder.Run("trials", "--csv").Lines;
        Assert.Equal(
            "number,state,loss,seconds,started,finished,step,message,model_create.classifier,model_create.classifier.svm.c,"
            + "model_create.classifier.svm.kernel,model_create.classifier.knn.k,model_create.classifier.net.neurons,"
            + "model_create.classifier.net.dropout,model_train.learning_rate,model_train.batch,dataset_split.stratify,user_attrs_note",
            rows[0]);
        Assert.Equal(60, rows.Length - 1);
        Assert.Contains(
            rows,
            row => row.Contains(",failed,,", StringComparison.Ordinal) && row.Contains("The loss became NaN", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.Contains(",pruned,,", StringComparison.Ordinal));
    }

    [Fact]
    public void The_best_trials_of_a_filter_come_first_and_each_is_one_that_it_holds_for()
    {
        var json = _folder.Run("trials", "--filter", "classifier = net and loss < 1 and not state = pruned", "--best", "3", "--json").Json;
        var trials = json.GetProperty("trials").EnumerateArray().ToList();

        Assert.Equal(3, trials.Count);
        Assert.All(
            trials,
            trial => Assert.Equal("net", trial.GetProperty("parameters").GetProperty("model_create.classifier").GetString()));
        double[] losses = [.. trials.Select(trial => trial.GetProperty("objectives").GetProperty("loss").GetDouble())];
        Assert.Equal(losses.Order(), losses);
        var expected = Library(view => view.Results).Where(result => result.Values["model_create.classifier"] == 2)
            .OrderBy(result => result.Loss).Take(3).Select(result => result.Number);
        Assert.Equal(expected, trials.Select(trial => trial.GetProperty("number").GetInt32()));
    }

    [Fact]
    public void A_trial_shows_its_reports_and_why_it_failed()
    {
        var all = _folder.Run("trials", "--json").Json.GetProperty("trials").EnumerateArray().ToList();
        var failed = all.First(trial => trial.GetProperty("state").GetString() == "failed").GetProperty("number").GetInt32();
        var complete = all.First(trial => trial.GetProperty("state").GetString() == "complete").GetProperty("number").GetInt32();

        Assert.Contains("The loss became NaN", _folder.Run("trial", $"{failed}").Done, StringComparison.Ordinal);
        var reports = _folder.Run("trial", $"{complete}", "--json").Json.GetProperty("trial").GetProperty("intermediate_values");
        Assert.Equal(Enumerable.Range(0, 20), reports.EnumerateArray().Select(report => report.GetProperty("step").GetInt32()));
        Assert.Contains($"note     trial {complete} of classifiers\n", _folder.Run("trial", $"{complete}").Done, StringComparison.Ordinal);
        Assert.EndsWith(
            "Its trials have the numbers 0 to 59.",
            _folder.Run("trial", "60").Fails(ToolErrors.Trial), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pruned_trial_has_no_loss_and_its_last_report_has_a_name_of_its_own()
    {
        var pruned = Library(view => view.History.Trials.Where(trial => trial.State == TrialState.Pruned)
            .ToDictionary(trial => trial.Number, trial => trial.Reports.Values.Last()));
        Assert.NotEmpty(pruned);
        var (number, last) = pruned.First();

        var trials = _folder.Run("trials", "--json").Json.GetProperty("trials").EnumerateArray()
            .Where(trial => trial.GetProperty("state").GetString() == "pruned").ToList();
        Assert.All(trials, trial => Assert.Empty(trial.GetProperty("objectives").EnumerateObject()));
        Assert.Equal(
            pruned,
            trials.ToDictionary(trial => trial.GetProperty("number").GetInt32(), trial => trial.GetProperty("last_report").GetDouble()));
        Assert.Empty(_folder.Run("trials", "-f", "loss and state = pruned", "--json").Json.GetProperty("trials").EnumerateArray());
        Assert.Equal(
            pruned.Count, _folder.Run("trials", "-f", "last_report < 1e9", "--json").Json.GetProperty("trials").GetArrayLength());

        var shown = _folder.Run("trial", $"{number}").Done;
        Assert.Contains($"last report  {Exact(last)}\n", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("\nloss ", shown, StringComparison.Ordinal);
        Assert.Matches("^trial  state +loss  last report +seconds ", _folder.Run("trials").Lines[0]);
        Assert.Matches("^trial  state +loss +seconds ", _folder.Run("trials", "-f", "state = complete").Lines[0]);
    }

    [Fact]
    public void The_table_of_trials_has_the_metric_that_a_constraint_bounds()
    {
        _folder.With("bound.db", storage =>
        {
            using var study = StoredStudy.Open(
                storage, "bound", new SearchSpace { ["step.x"] = Distribution.Uniform(0, 1) },
                new StudyOptions { Sampler = Samplers.Random(seed: 1) },
                new StoredStudyOptions
                {
                    StudyAttributes = new Dictionary<string, string> { [StoredConstraints.Key] = """{"megabytes":"<= 5"}""" },
                });
            study.Tell(
                study.Ask(maxEvals: 1)!, new TrialResult(0.5) { Constraints = [2] },
                new Dictionary<string, string> { ["metrics.megabytes"] = "7", ["metrics.other"] = "1" });
        }).With("trade.db", storage => SampleStudies.AddTradeOff(storage, "trade", 10));

        var lines = _folder.Run("trials", "bound.db").Lines;
        Assert.Matches("^trial  state +loss  megabytes +seconds ", lines[0]);
        Assert.Matches("^ +0  infeasible +0.5 +7 ", lines[1]);

        // Optuna stores no names of constraints.
        Assert.Matches("  violation +seconds ", _folder.Run("trials", "trade.db").Lines[0]);
    }

    [Fact]
    public void The_list_of_studies_counts_trials_as_the_study_does()
    {
        _folder.With("study.db", storage => SampleStudies.AddTradeOff(storage, "trade", 40))
            .With("study.db", storage =>
            {
                using var study = StoredStudy.Open(
                    storage, "one", new SearchSpace { ["step.x"] = Distribution.Uniform(0, 1) },
                    new StudyOptions { Sampler = Samplers.Random(seed: 1) });
                study.Optimize(
                    (trial, _) => new TrialResult(trial.Number) { Constraints = [trial.Number < 3 ? 1 : 0] },
                    new OptimizeOptions { MaxEvals = 9 });
                Assert.True(study.FailAndRetry(study.Ask()!));
            });

        foreach (var listed in _folder.Run("studies", "--json").Json.GetProperty("studies").EnumerateArray())
        {
            var counts = _folder.Run("show", "-s", listed.GetProperty("study").GetString()!, "--json").Json.GetProperty("trials");
            Assert.All(
                ["complete", "infeasible", "pruned", "failed", "repeated", "running", "waiting"],
                state => Assert.Equal(counts.GetProperty(state).GetInt32(), listed.GetProperty(state).GetInt32()));
            Assert.Equal(counts.EnumerateObject().Sum(count => count.Value.GetInt32()), listed.GetProperty("trials").GetInt32());
        }

        Assert.Matches(@"^one +3 +3 +6 +3 +0 +0 +1 +0 +1 ", _folder.Run("studies").Lines[^1]);
        Assert.Contains(
            "complete  infeasible  pruned  failed  repeated  running  waiting", _folder.Run("studies").Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_of_studies_counts_the_waiting_trials_too()
    {
        _folder.Run("enqueue", "-p", "batch=32");
        var lines = _folder.Run("studies").Lines;

        Assert.Matches("^study +best  trial  complete  pruned  failed  running  waiting  last ended ", lines[0]);
        Assert.Matches(@"^classifiers .* 0 +1  20[0-9-]+ ", lines[1]);
    }

    [Fact]
    public void A_study_shows_its_space_and_counts_its_trials()
    {
        var json = _folder.Run("show", "--json").Json;
        var counts = json.GetProperty("trials").EnumerateObject().ToDictionary(count => count.Name, count => count.Value.GetInt32());
        Assert.Equal(60, counts.Values.Sum());
        Assert.Equal(Library(view => view.Count(TrialState.Pruned)), counts["pruned"]);
        Assert.Equal("an integer from 1 to 40", json.GetProperty("parameters").GetProperty("model_create.classifier.knn.k").GetString());

        var listed = Assert.Single(_folder.Run("studies", "--json").Json.GetProperty("studies").EnumerateArray());
        Assert.Equal(
            json.GetProperty("best").GetProperty("number").GetInt32(),
            listed.GetProperty("best").GetProperty("number").GetInt32());
        Assert.Contains("objective      minimize loss\n", _folder.Run("show").Done, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_objectives_the_front_is_shown_and_a_trial_that_violates_a_constraint_is_infeasible()
    {
        _folder.With("study.db", storage => SampleStudies.AddTradeOff(storage, "trade", 40));
        var json = _folder.Run("best", "--study", "trade", "--json").Json;
        var front = json.GetProperty("front").EnumerateArray().Select(trial => trial.GetProperty("number").GetInt32()).ToList();

        using var storage = StudyStorages.Sqlite(_folder.At("study.db"), new StorageOptions { ReadOnly = true });
        var view = storage.ViewStudy("trade");
        Assert.Equal(view.Front.Select(result => result.Number), front);
        Assert.Equal(view.Best!.Number, json.GetProperty("best").GetProperty("number").GetInt32());
        Assert.Contains(json.GetProperty("best").GetProperty("objectives").EnumerateObject(), objective => objective.Name == "megabytes");
        var infeasible = _folder.Run("trials", "-s", "trade", "-f", "violation > 0", "--json").Json.GetProperty("trials");
        Assert.All(infeasible.EnumerateArray(), trial => Assert.Equal("infeasible", trial.GetProperty("state").GetString()));
        Assert.Equal(view.Infeasible, infeasible.GetArrayLength());
        Assert.Contains("The trials that no other one beats:\n", _folder.Run("best", "-s", "trade").Done, StringComparison.Ordinal);
    }

    [Fact]
    public void A_study_without_a_complete_trial_has_no_best_one()
    {
        using var folder = new ToolFolder().With("study.db", storage => StoredStudy.Open(
            storage, "empty", new SearchSpace { ["x"] = Distribution.Uniform(0, 1) },
            new StudyOptions { Sampler = Samplers.Random(seed: 1) }).Dispose());

        Assert.EndsWith(
            "No trial of 'empty' is complete, so none is the best.",
            folder.Run("best").Fails(ToolErrors.Trial), StringComparison.Ordinal);
        Assert.Equal("no trials\n", folder.Run("trials").Done);
        Assert.Contains("trials     none\n", folder.Run("show").Done, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, folder.Run("show", "--json").Json.GetProperty("best").ValueKind);
    }

    private T Library<T>(Func<StudyView, T> read)
    {
        using var storage = StudyStorages.Sqlite(_folder.At("study.db"), new StorageOptions { ReadOnly = true });
        return read(storage.ViewStudy("classifiers"));
    }

    private static string Exact(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
