using System.Globalization;
using LogMl.Host.Tests.Kit;
using LogMl.Storage;
using LogMl.TestKit;
using LogMl.TestKit.Optuna;

namespace LogMl.Host.Tests;

/// <summary>Objectives and constraints, from the manifest to the results, with the real host and real workers.</summary>
public sealed class GoalTests
{
    /// <summary>Below 1, less of one is more of the other: the loss is (x - 1)^2.</summary>
    private const string Both = "score=x=x";

    private const string TwoObjectives = "'objectives':{'x':'maximize','loss':'minimize'}";

    [Fact]
    public void One_score_is_maximized_without_a_loss_and_everything_names_it()
    {
        using var folder = new SearchFolder();
        using var host = Run(
            folder, 0, "no_loss,score=f1_score=x,report=1", "'objectives':{'f1_score':'maximize'},'loss_threshold':4.9",
            ["--algorithm", "tpe", "--max-evals", "100", "--random-seed", "3"]);

        var rows = folder.Rows();
        var scores = rows.Select(row => Number(row, "metrics.f1_score")).ToArray();
        Assert.True(scores.Max() >= 4.9 && scores.SkipLast(1).Max() < 4.9, "The search ends with the first score that is good enough.");
        Assert.All(rows, row => Assert.Equal(("", row["model_train.x"]), (row["loss"], row["metrics.f1_score"])));
        Assert.DoesNotContain("feasible", rows[0].Keys);
        Assert.Contains(host.Events("message"), message => message[1] == "Scripted: maximizes f1_score");
        Assert.Equal(
            FormattableString.Invariant($"Scripted: best f1_score {scores.Max():G4} (maximized) at trial {rows.Length - 1}"),
            Summary(host)[0]);
        Assert.Contains(", then the metric 'f1_score' was good enough", string.Join('\n', Summary(host)), StringComparison.Ordinal);
        Assert.Equal([rows[^1]["metrics.f1_score"], rows[^1]["number"]], host.Events("progress")[^1][2..4]);
        Assert.Equal("f1_score", host.Events("progress")[^1][14]);
        Assert.Contains($"f1_score {rows[^1]["metrics.f1_score"]} at trial", File.ReadAllText(folder.BestYaml), StringComparison.Ordinal);
        Assert.False(File.Exists(Front(folder)));
    }

    [Fact]
    public void An_objective_named_loss_is_the_search_that_there_always_was()
    {
        using var named = new SearchFolder();
        using var plain = new SearchFolder();
        string[] options = ["--algorithm", "gp", "--max-evals", "25", "--random-seed", "5"];
        using var first = Run(named, 0, "", "'objectives':{'loss':'minimize'}", options);
        using var second = Run(plain, 0, "", "", options);
        Assert.Equal(Losses(plain), Losses(named));
        Assert.Equal(File.ReadAllText(plain.BestYaml), File.ReadAllText(named.BestYaml));
        Assert.Equal(Summary(second)[..2], Summary(first)[..2]);
    }

    [Theory]
    [InlineData("nsga2")]
    [InlineData("tpe")]
    [InlineData("auto")]
    public void Several_objectives_have_a_front_in_the_file_and_the_summary_and_best_yaml_is_nearest_to_the_ideal(string algorithm)
    {
        using var folder = new SearchFolder();
        string[] options = ["--algorithm", algorithm, "--max-evals", "40", "--random-seed", "3"];
        using var host = Run(folder, 0, Both + ",report=0.5", TwoObjectives, options, finalRun: true);

        var rows = folder.Rows();
        var front = rows.Where(row => !rows.Any(other => Dominates(other, row))).ToArray();
        var written = Rfc4180.Read(File.ReadAllText(Front(folder)));
        Assert.Equal(Rfc4180.Read(File.ReadAllText(folder.Csv))[0], written[0]);
        Assert.Equal(
            front.OrderByDescending(row => Number(row, "metrics.x")).Select(row => row["number"]), written.Skip(1).Select(row => row[0]));
        Assert.InRange(front.Length, 3, 40);

        // The ideal has the best of each, and each is a fraction of its range in the front.
        double Least(string name) => front.Min(row => Number(row, name));
        double Most(string name) => front.Max(row => Number(row, name));
        double Distance(Dictionary<string, string> row) =>
            Math.Pow((Most("metrics.x") - Number(row, "metrics.x")) / (Most("metrics.x") - Least("metrics.x")), 2)
            + Math.Pow((Number(row, "loss") - Least("loss")) / (Most("loss") - Least("loss")), 2);
        var best = front.MinBy(Distance)!;
        Assert.Contains(
            $"x {best["metrics.x"]}, loss {best["loss"]} at trial {best["number"]}", File.ReadAllText(folder.BestYaml),
            StringComparison.Ordinal);
        Assert.Contains($"x: {best["model_train.x"]}\n", File.ReadAllText(folder.BestYaml), StringComparison.Ordinal);

        var summary = Summary(host);
        Assert.EndsWith(
            FormattableString.Invariant($"at trial {best["number"]}, of a front of {front.Length} trials"), summary[0],
            StringComparison.Ordinal);
        Assert.Contains(summary, line => line.Trim() == Extremes("x (maximized)", "metrics.x", Most("metrics.x"), Least("metrics.x")));
        Assert.Contains(summary, line => line.Trim() == Extremes("loss (minimized)", "loss", Least("loss"), Most("loss")));
        Assert.Contains(summary, line => line.Contains("best.yaml, front.csv, ", StringComparison.Ordinal));
        Assert.Contains("test: loss", string.Join('\n', summary), StringComparison.Ordinal);
        var progress = host.Events("progress")[^1];
        Assert.Equal(["x", front.Length.ToString(CultureInfo.InvariantCulture)], [progress[14], progress[16]]);
        Assert.True(File.Exists(folder.Trial(0, "intermediate.csv")), "Reports are kept for people.");

        // What is stored is enough to make everything anew.
        File.Delete(Front(folder));
        File.Delete(folder.BestYaml);
        var before = WithoutTimes(rows);
        File.Delete(folder.Csv);
        using var again = Run(folder, 0, Both, TwoObjectives, options, finalRun: true);
        Assert.Equal(before, WithoutTimes(folder.Rows()));
        Assert.Equal(written.Select(row => row[0]), Rfc4180.Read(File.ReadAllText(Front(folder))).Select(row => row[0]));
        Assert.Contains($"at trial {best["number"]}", File.ReadAllText(folder.BestYaml), StringComparison.Ordinal);

        string Extremes(string what, string column, double good, double bad) => FormattableString.Invariant(
            $"{what} in the front: {good:G4} at trial {NumberOf(column, good)} to {bad:G4} at trial {NumberOf(column, bad)}");
        string NumberOf(string column, double value) => front.First(row => Number(row, column) == value)["number"];
    }

    [Fact]
    public void The_best_trial_keeps_the_constraints_and_the_search_goes_where_they_are_kept()
    {
        using var folder = new SearchFolder();
        using var host = Run(
            folder, 0, Both, "'constraints':{'x':'<= -2'}", ["--algorithm", "gp", "--max-evals", "60", "--random-seed", "2"]);
        var rows = folder.Rows();
        Assert.All(rows, row => Assert.Equal(Number(row, "metrics.x") <= -2 ? "true" : "false", row["feasible"]));
        var best = rows.Where(row => row["feasible"] == "true").MinBy(row => Number(row, "loss"))!;
        Assert.True(rows.Min(row => Number(row, "loss")) < Number(best, "loss"), "The lowest loss is that of an infeasible trial.");
        Assert.Contains($"loss {best["loss"]} at trial {best["number"]}", File.ReadAllText(folder.BestYaml), StringComparison.Ordinal);
        Assert.Equal(
            FormattableString.Invariant($"Scripted: best loss {Number(best, "loss"):G4} at trial {best["number"]}"), Summary(host)[0]);
        Assert.Contains(Summary(host), line => line.Trim() == FormattableString.Invariant($"x {Number(best, "metrics.x"):G4} (<= -2)"));
        Assert.Contains(host.Events("message"), message => message[1] == "Scripted: minimizes loss, where x <= -2");

        // The best feasible point is at the bound. Of 30 points drawn at random about 3 are as near to it.
        Assert.InRange(rows[30..].Count(row => Math.Abs(Number(row, "metrics.x") + 2) < 0.5), 15, 30);
        Assert.InRange(Number(best, "metrics.x"), -2.5, -2);
    }

    [Fact]
    public void When_no_trial_keeps_the_constraints_the_least_violating_one_is_shown_and_other_constraints_judge_all_anew()
    {
        using var folder = new SearchFolder();
        string[] options = ["--max-evals", "12", "--random-seed", "2"];
        using var none = Run(folder, 0, Both, "'constraints':{'x':'>= 50','loss':'<= 1000'}", options, finalRun: true);
        var rows = folder.Rows();
        var least = rows.MaxBy(row => Number(row, "metrics.x"))!;
        Assert.All(rows, row => Assert.Equal("false", row["feasible"]));
        Assert.Equal($"Scripted: no trial keeps the constraints; trial {least["number"]} violates them least", Summary(none)[0]);
        var metrics = FormattableString.Invariant($"x {Number(least, "metrics.x"):G4} (>= 50), loss ");
        Assert.Contains(Summary(none), line => line.Contains(metrics, StringComparison.Ordinal));
        Assert.Equal("LOGML2041", Assert.Single(none.Events("warning"))[0]);
        Assert.Equal(["", "", "12"], [.. none.Events("progress")[^1][2..4], none.Events("progress")[^1][17]]);
        Assert.Contains(Summary(none), line => line.EndsWith(", of them 12 infeasible", StringComparison.Ordinal));
        Assert.False(File.Exists(folder.BestYaml));

        using var kept = Run(folder, 0, Both, "'constraints':{'x':'>= 0'}", options, finalRun: true);
        var warning = Assert.Single(kept.Events("warning"));
        Assert.Equal("LOGML2040", warning[0]);
        Assert.Equal("The constraints of the study 'study' were x >= 50 and loss <= 1000, and are now x >= 0. 12 complete trials from before are judged by the new ones.", warning[4]);
        rows = folder.Rows();
        Assert.All(rows, row => Assert.Equal(Number(row, "metrics.x") >= 0 ? "true" : "false", row["feasible"]));
        var best = rows.Where(row => row["feasible"] == "true").MinBy(row => Number(row, "loss"))!;
        Assert.Contains($"loss {best["loss"]} at trial {best["number"]}", File.ReadAllText(folder.BestYaml), StringComparison.Ordinal);
        var final = Path.Combine(folder.Output, folder.Study, "best");
        Assert.True(Directory.Exists(final));

        // The same constraints say nothing more. When none is kept again, what was best is taken away.
        using var same = Run(folder, 0, Both, "'constraints':{'x':'>= 0'}", options, finalRun: true);
        Assert.Empty(same.Events("warning"));
        using var harder = Run(folder, 0, Both, "'constraints':{'x':'>= 50'}", options, finalRun: true);
        Assert.Equal(["LOGML2040", "LOGML2041"], harder.Events("warning").Select(fields => fields[0]));
        Assert.Equal((false, false), (File.Exists(folder.BestYaml), Directory.Exists(final)));
        using var without = Run(folder, 0, Both, "", options, finalRun: true);
        Assert.Contains(
            "and are now none. 12 complete trials from before count without constraints.",
            Assert.Single(without.Events("warning"))[4],
            StringComparison.Ordinal);
        Assert.DoesNotContain("feasible", folder.Rows()[0].Keys);
        Assert.True(File.Exists(folder.BestYaml));
    }

    [Fact]
    public void A_score_that_is_no_number_fails_the_trial_with_its_name()
    {
        using var folder = new SearchFolder();
        using var host = Run(
            folder, 0, "score=x=x,score=size=5,0:score=x=NaN,1:score=x=Infinity,2:score=size=NaN,3:score=size=Infinity,4:loss=NaN",
            "'objectives':{'x':'maximize'},'constraints':{'size':'<= 10'}", ["--max-evals", "6"]);
        Assert.Equal(
            ["the metric 'x' is NaN", "the metric 'x' is infinite", "the metric 'size' is NaN", "", "", ""],
            folder.Rows().Select(row => row["message"]));

        // An infinite metric violates its bound, and a loss that is no objective may be anything.
        Assert.Equal(["", "", "", "false", "true", "true"], folder.Rows().Select(row => row["feasible"]));
        Assert.Equal("NaN", folder.Rows()[4]["loss"]);
    }

    [Theory]
    [InlineData("", "'objectives':{'x':'minimize'}", "it minimizes loss, and the search now minimizes x.")]
    [InlineData("'objectives':{'x':'maximize'}", "'objectives':{'x':'minimize'}", "it maximizes x, and the search now minimizes x.")]
    [InlineData("'objectives':{'x':'minimize'}", "", "it minimizes x, and the search now minimizes loss.")]
    [InlineData(TwoObjectives, "'objectives':{'x':'maximize'}", "it maximizes x and minimizes loss, and the search now maximizes x.")]
    public void A_study_of_other_objectives_is_refused_and_stays_as_it_was(string before, string now, string difference)
    {
        using var folder = new SearchFolder();
        using var first = Run(folder, 0, Both, before, ["--max-evals", "3"]);
        using var second = Run(folder, 1, Both, now, ["--max-evals", "6"]);
        var error = Assert.Single(second.Events("error"));
        Assert.Equal(("LOGML2040", true), (error[0], error[4].Contains(difference, StringComparison.Ordinal)));
        using var third = Run(folder, 0, Both, before, ["--max-evals", "4"]);
        Assert.Equal(4, folder.Rows().Length);
    }

    [Fact]
    public void A_study_that_begins_from_another_one_takes_over_its_objectives_and_judges_its_trials_by_its_own_constraints()
    {
        using var folder = new SearchFolder();
        string[] Next(string study) => ["--study", study, "--from", folder.Study, "--max-evals", "1"];
        using var source = Run(
            folder, 0, Both, TwoObjectives + ",'constraints':{'loss':'<= 30'}", ["--max-evals", "8", "--random-seed", "3"]);
        using var next = Run(folder, 0, Both, TwoObjectives + ",'constraints':{'x':'<= 1'}", Next("next"));
        Assert.Contains(
            next.Events("message"), message => message[1].Contains("begins with 8 trials of the study", StringComparison.Ordinal));
        var rows = RowsOf("next");
        Assert.Equal(9, rows.Length);
        Assert.Equal(folder.Rows().Select(Scores), rows[..8].Select(Scores));
        Assert.All(rows, row => Assert.Equal(Number(row, "metrics.x") <= 1 ? "true" : "false", row["feasible"]));
        Assert.Equal(2, rows[..8].Select(row => row["feasible"]).Distinct().Count());

        // A trial that does not have the metric does not keep its bound.
        using var unknown = Run(folder, 0, Both + ",score=size=5", TwoObjectives + ",'constraints':{'size':'<= 10'}", Next("third"));
        Assert.Equal([.. Enumerable.Repeat("false", 8), "true"], RowsOf("third").Select(row => row["feasible"]));

        using var other = Run(folder, 1, Both, "'objectives':{'x':'maximize'}", Next("fourth"));
        var error = Assert.Single(other.Events("error"));
        Assert.Equal("LOGML2051", error[0]);
        Assert.Contains(
            "it has other objectives: it maximizes x and minimizes loss, and the search now maximizes x.", error[4],
            StringComparison.Ordinal);

        static string Scores(Dictionary<string, string> row) => row["metrics.x"] + " " + row["loss"];
        Dictionary<string, string>[] RowsOf(string study)
        {
            var cells = Rfc4180.Read(File.ReadAllText(Path.Combine(folder.Output, study, "trials.csv")));
            return [.. cells.Skip(1).Select(row => cells[0].Zip(row).ToDictionary(cell => cell.First, cell => cell.Second))];
        }
    }

    [Fact]
    public void An_algorithm_for_one_objective_is_refused_when_the_build_names_it()
    {
        using var folder = new SearchFolder();
        using var host = Run(folder, 1, Both, TwoObjectives, ["--algorithm", "gp"]);
        var error = Assert.Single(host.Events("error"));
        Assert.Equal("LOGML2042", error[0]);
        Assert.Contains("it maximizes x and minimizes loss. For several there are auto, tpe,", error[4], StringComparison.Ordinal);
        Assert.Empty(folder.Studies());
    }

    [Fact]
    public void Reused_results_have_their_scores_and_are_judged_by_new_constraints_too()
    {
        using var folder = new SearchFolder();
        const string Space = "\"name\": \"model_train.x\", \"dist\": \"uniform\", \"args\": [-5, 5]";
        const string Few = "\"name\": \"model_train.x\", \"dist\": \"choice\", \"options\": [1]";
        string Manifest(string bound)
        {
            var goals = $"'objectives':{{'rows':'maximize'}},'constraints':{{'size':'{bound}'}}";
            return SearchTests.Manifest("true", "false", $"'duplicates':'reuse',{goals}".Replace('\'', '"'))
                .Replace(Space, Few, StringComparison.Ordinal);
        }

        using var first = folder.Run(0, "score=size=5", ["--max-evals", "1"], [TestWorkflow.ManifestVariable + "=" + Manifest("<= 10")]);
        using (var storage = StudyStorages.Sqlite(Path.Combine(folder.Output, folder.Study, "study.db")))
        {
            storage.Enqueue(storage.FindStudy(folder.Study)!.Id, """{"model_train.x": 1}""");
        }

        using var second = folder.Run(0, "score=size=5", ["--max-evals", "2"], [TestWorkflow.ManifestVariable + "=" + Manifest("<= 10")]);
        using var third = folder.Run(0, "score=size=5", ["--max-evals", "2"], [TestWorkflow.ManifestVariable + "=" + Manifest(">= 4")]);
        Assert.Equal(["2 true", "2 true"], folder.Rows().Select(row => row["metrics.rows"] + " " + row["feasible"]));
    }

    [OptunaFact]
    public void Optuna_opens_the_study_with_directions_names_constraints_and_the_same_front()
    {
        using var folder = new SearchFolder();
        using var host = Run(
            folder, 0, Both, TwoObjectives + ",'constraints':{'x':'<= 4'}",
            ["--algorithm", "nsga2", "--max-evals", "30", "--random-seed", "1"]);
        var front = Rfc4180.Read(File.ReadAllText(Front(folder))).Skip(1).Select(row => row[0]);

        OptunaScript.Run(
            """
            import sys, optuna
            optuna.logging.set_verbosity(optuna.logging.WARNING)
            # Debian's Optuna is older than the schema, which has only lost a constraint since.
            storage = optuna.storages.RDBStorage("sqlite:///" + sys.argv[2], skip_compatibility_check=True)
            study = optuna.load_study(study_name=sys.argv[1], storage=storage)
            assert [d.name for d in study.directions] == ["MAXIMIZE", "MINIMIZE"]
            assert study.system_attrs["study:metric_names"] == ["x", "loss"], study.system_attrs
            for t in study.trials:
                x = t.params["model_train.x"]
                assert t.values == [x, (x - 1) ** 2], t
                assert t.system_attrs["constraints"] == [(x - 4) / 4], t.system_attrs
            feasible = [t for t in study.trials if t.system_attrs["constraints"][0] <= 0]
            beats = lambda a, b: a.values[0] >= b.values[0] and a.values[1] <= b.values[1] and a.values != b.values
            front = sorted(t.number for t in feasible if not any(beats(o, t) for o in feasible))
            assert front == sorted(map(int, sys.argv[3].split(","))), front
            if len(feasible) == len(study.trials):
                assert front == sorted(t.number for t in study.best_trials)
            """,
            folder.Study, Path.Combine(folder.Output, folder.Study, "study.db"), string.Join(',', front));
    }

    private static HostProcess Run(
        SearchFolder folder, int exitCode, string script, string settings, string[] options, bool finalRun = false)
    {
        var manifest = SearchTests.Manifest("true", finalRun ? "true" : "false", settings.Replace('\'', '"'));
        return folder.Run(exitCode, script, options, [TestWorkflow.ManifestVariable + "=" + manifest]);
    }

    private static string[] Summary(HostProcess host) => [.. host.Events("summary").Select(fields => fields[0])];

    private static string Front(SearchFolder folder) => Path.Combine(folder.Output, folder.Study, "front.csv");

    private static string[] Losses(SearchFolder folder) => [.. folder.Rows().Select(row => row["loss"])];

    private static double Number(Dictionary<string, string> row, string column) => double.Parse(row[column], CultureInfo.InvariantCulture);

    /// <summary>The store has times of its own.</summary>
    private static IEnumerable<string> WithoutTimes(IEnumerable<Dictionary<string, string>> rows) =>
    [
        .. rows.Select(row => string.Join(
            '|', row.Where(cell => cell.Key is not ("seconds" or "started" or "finished")).Select(cell => cell.Value))),
    ];

    private static bool Dominates(Dictionary<string, string> one, Dictionary<string, string> other)
    {
        var (x, loss) = (Number(one, "metrics.x") - Number(other, "metrics.x"), Number(one, "loss") - Number(other, "loss"));
        return x >= 0 && loss <= 0 && (x > 0 || loss < 0);
    }
}
