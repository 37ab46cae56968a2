using LogMl.Host.Tests.Kit;
using LogMl.TestKit;

namespace LogMl.Host.Tests;

/// <summary>Trials whose reports are the losses of their folds, with the real host and real workers.</summary>
public sealed class CrossValidationTests
{
    private const string Folds = "\"notes\": [\"cross_validation: the loss is the mean over 4 folds (KFold)\"], \"cross_validation\": { \"method\": \"KFold\", \"n_splits\": 4 }";

    [Fact]
    public void A_trial_that_cannot_win_any_more_is_given_up_between_folds_and_the_mean_is_the_loss_of_the_others()
    {
        using var folder = new SearchFolder();
        using var host = Run(
            folder, """{"name":"fold_bound","options":{"lower_bound":0}}""",
            "0:folds=2;4;2;4,1:folds=6;5.9;9;9,2:folds=12;0;0;0,3:folds=1;1;1;8,4:folds=0;0;0;90", 5);

        var rows = folder.Rows();
        Assert.Equal("complete pruned pruned complete complete", string.Join(' ', rows.Select(row => row["state"])));
        Assert.Equal(["3", "", "", "2.75", "22.5"], rows.Select(row => row["loss"]));
        Assert.Equal(Math.Sqrt(4.0 / 3), double.Parse(rows[0]["metrics.loss_std"], System.Globalization.CultureInfo.InvariantCulture), 12);
        Assert.Equal("1", rows[0]["metrics.rows"]);
        Assert.Equal("step,value\n0,2\n1,4\n2,2\n3,4\n", folder.ReadTrial(0, "intermediate.csv"));
        Assert.Equal("step,value\n0,6\n1,5.9\n2,9\n", folder.ReadTrial(1, "intermediate.csv"));
        Assert.Equal("step,value\n0,12\n", folder.ReadTrial(2, "intermediate.csv"));

        // What the loss means is said at the start and in the summary.
        Assert.Contains(host.Events("message"), line => line[1].Contains("the loss is the mean over 4 folds", StringComparison.Ordinal));
        Assert.Contains(host.Events("summary"), line => line[0].Contains("the loss is the mean over 4 folds", StringComparison.Ordinal));
    }

    [Fact]
    public void A_score_that_is_maximized_is_pruned_between_folds_from_the_other_side()
    {
        using var folder = new SearchFolder();
        using var host = Run(
            folder, """{"name":"fold_bound","options":{"upper_bound":1}},"objectives":{"f1":"maximize"}""",
            "0:fold_scores=f1=0.5;0.7;0.5;0.7,1:fold_scores=f1=0.1;0.2;0.9;0.9,2:fold_scores=f1=0.2;1;1;1", 3);

        var rows = folder.Rows();
        Assert.Equal("complete pruned complete", string.Join(' ', rows.Select(row => row["state"])));
        Assert.Equal(["0.6", "", "0.8"], rows.Select(row => row["metrics.f1"]));
        Assert.Equal("step,value\n0,0.1\n1,0.2\n", folder.ReadTrial(1, "intermediate.csv"));
        Assert.Contains("metrics.f1_std", rows[0].Keys);
        Assert.Contains(host.Events("summary"), line => line[0].Contains("best f1 0.8 (maximized) at trial 2", StringComparison.Ordinal));
    }

    [Fact]
    public void The_other_pruners_compare_the_means_of_as_many_folds()
    {
        using var folder = new SearchFolder();
        using var host = Run(
            folder, """{"name":"median","options":{"startup_trials":1}}""",
            "0:folds=1;9;1;9,1:folds=1;8;9;9,2:folds=1;9.1;0;0,3:folds=2;1;1;1", 4);

        // Single folds of trial 3 are better than those of others. But its mean after one fold is 2, and that of the others 1.
        Assert.Equal("complete complete complete pruned", string.Join(' ', folder.Rows().Select(row => row["state"])));
        Assert.Equal("step,value\n0,2\n", folder.ReadTrial(3, "intermediate.csv"));
    }

    [Fact]
    public void A_class_with_fewer_rows_than_folds_is_one_warning_and_the_trials_go_on()
    {
        using var folder = new SearchFolder();
        using var host = Run(folder, null, "classes=a;a;a;a;b;b", 3);
        Assert.Equal("complete complete complete", string.Join(' ', folder.Rows().Select(row => row["state"])));
        var warning = Assert.Single(host.Events("warning"));
        Assert.Equal("LOGML2085", warning[0]);
        Assert.StartsWith(
            "cross_validation: StratifiedKFold with n_splits = 3: the smallest of 2 classes has 2 rows, so that not every fold has one",
            warning[4], StringComparison.Ordinal);

        using var enough = new SearchFolder();
        using var silent = Run(enough, null, "classes=a;a;a;b;b;b", 1);
        Assert.Empty(silent.Events("warning"));
    }

    [Fact]
    public void A_trial_without_a_loss_says_in_which_fold_it_was_lost()
    {
        using var folder = new SearchFolder();
        using var host = Run(folder, null, "0:folds=1;1;1;1,1:folds=1;1;NaN;NaN", 2);
        Assert.EndsWith("the loss is NaN, first in fold 2", folder.Rows()[1]["message"], StringComparison.Ordinal);
    }

    [Fact]
    public void Another_cross_validation_is_another_input()
    {
        using var folder = new SearchFolder();
        using (Run(folder, null, "folds=1;2;3;4", 1))
        {
        }

        var manifest = Manifest(null).Replace("\"n_splits\": 4", "\"n_splits\": 3", StringComparison.Ordinal);
        using var other = folder.Run(0, "folds=1;2;3", ["--max-evals", "2"], [TestWorkflow.ManifestVariable + "=" + manifest]);
        Assert.Contains(other.Events("warning"), fields => fields[4].Contains("cross_validation", StringComparison.Ordinal));
    }

    private static HostProcess Run(SearchFolder folder, string? pruner, string script, int evaluations) =>
        folder.Run(0, script, ["--max-evals", $"{evaluations}"], [TestWorkflow.ManifestVariable + "=" + Manifest(pruner)]);

    private static string Manifest(string? pruner)
    {
        var manifest = SearchTests.Manifest("true", "false", pruner is null ? "" : $"\"pruner\":{pruner}");
        return manifest[..manifest.LastIndexOf('}')] + "," + Folds + "}";
    }
}
