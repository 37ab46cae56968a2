using LogMl.Host.Tests.Kit;
using LogMl.Storage;
using Microsoft.Data.Sqlite;

namespace LogMl.Host.Tests;

/// <summary>The messages of a search about other programs in its study.</summary>
public sealed class OtherProgramTests
{
    [Fact]
    public void Trials_that_others_have_added_enqueued_or_run_are_named_and_the_search_goes_on()
    {
        using var folder = new SearchFolder();
        using var first = folder.Run(0, "", ["--max-evals", "3"]);
        Execute(folder, """
            INSERT INTO trials (number, study_id, state, datetime_start, datetime_complete) VALUES (3, 1, 'COMPLETE', '2026-01-01 00:00:00', '2026-01-01 00:00:01');
            INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) SELECT trial_id, 'model_train.kind', 77, '{}' FROM trials WHERE number = 3;
            INSERT INTO trial_values (trial_id, objective, value, value_type) SELECT trial_id, 0, -100, 'FINITE' FROM trials WHERE number = 3;
            INSERT INTO trials (number, study_id, state, datetime_start) VALUES (4, 1, 'RUNNING', '2026-01-01 10:00:00');
            INSERT INTO trials (number, study_id, state) VALUES (5, 1, 'WAITING');
            INSERT INTO trial_system_attributes (trial_id, "key", value_json) SELECT trial_id, 'fixed_params', '{"model_train.x": 1.0, "model_train.epoch": 3}' FROM trials WHERE number = 5;
            """);

        using var second = folder.Run(0, "", ["--max-evals", "7"]);

        var warnings = second.Events("warning").ToDictionary(fields => fields[0], fields => fields[4], StringComparer.Ordinal);
        Assert.Equal(["LOGML2036", "LOGML2037"], warnings.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("1 trial of the study 'study' that another program has added has other parameters than the space: 3 ('model_train.kind' is 77, and it is now one of", warnings["LOGML2036"], StringComparison.Ordinal);
        Assert.Contains("Trial 5 was enqueued by another program with values that it cannot have: the space has no parameter 'model_train.epoch'", warnings["LOGML2037"], StringComparison.Ordinal);
        Assert.Contains(second.Events("summary"), fields => fields[0].Contains("run by other programs, and not waited for: trial 4 since 2026-01-01 10:00 UTC", StringComparison.Ordinal));
        Assert.DoesNotContain("-100", File.ReadAllText(folder.BestYaml), StringComparison.Ordinal);
        var rows = folder.Rows();
        Assert.Equal(["0", "1", "2", "3", "5", "6"], rows.Select(row => row["number"]));
        Assert.Equal(("77", "1"), (rows[3]["model_train.kind"], rows[4]["model_train.x"]));
    }

    [Fact]
    public void A_study_in_which_only_trials_of_others_count_says_so()
    {
        using var folder = new SearchFolder();
        using var first = folder.Run(0, "", ["--max-evals", "1"]);
        Execute(folder, """
            DELETE FROM trial_params; DELETE FROM trial_values; DELETE FROM trial_user_attributes; DELETE FROM trial_system_attributes; DELETE FROM trials;
            INSERT INTO trials (number, study_id, state, datetime_start, datetime_complete) VALUES (0, 1, 'COMPLETE', '2026-01-01 00:00:00', '2026-01-01 00:00:01');
            INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) SELECT trial_id, 'lr', 1, '{"name": "FloatDistribution", "attributes": {"low": 0.0, "high": 1.0, "log": false, "step": null}}' FROM trials;
            INSERT INTO trial_values (trial_id, objective, value, value_type) SELECT trial_id, 0, -100, 'FINITE' FROM trials;
            """);

        using var second = folder.Run(1, "", ["--max-evals", "1"]);

        var error = Assert.Single(second.Events("error"));
        Assert.Equal("LOGML2036", error[0]);
        Assert.Contains(
            "only trials that another program has added with other parameters (1 trial), and they count. Raise max_evals",
            error[^1],
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_study_that_is_deleted_while_it_is_searched_ends_the_search_with_an_error()
    {
        using var folder = new SearchFolder();
        using var host = folder.Start("sleep=5", ["--max-evals", "1000000"]);
        HostProcess.WaitUntil(() => host.Events("progress").Length > 1, "two trials are over");
        using (var storage = StudyStorages.Sqlite(Database(folder)))
        {
            storage.DeleteStudy(storage.FindStudy("study")!.Id);
        }

        Assert.True(host.WaitForExit() == 1, host.Text);
        var error = Assert.Single(host.Events("error"));
        Assert.Equal("LOGML2035", error[0]);
        Assert.Contains("'study', or its last trials, was deleted by another program", error[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_of_another_machine_can_be_read_where_the_search_goes_on()
    {
        using var folder = new SearchFolder();
        using var first = folder.Run(0, "0:throw_inner", ["--max-evals", "2"]);
        var error = folder.ReadTrial(0, "error.txt");

        // This is a machine that shares only the database with the other one.
        Directory.Delete(Path.GetDirectoryName(folder.Trial(0, ""))!, recursive: true);
        File.Delete(folder.Csv);
        using var second = folder.Run(0, "", ["--max-evals", "3"]);

        // The first machine has the output in a file beside it.
        Assert.Contains("at LogMl.TestWorkflows.", error, StringComparison.Ordinal);
        var again = folder.ReadTrial(0, "error.txt");
        var end = again.IndexOf("\nThe end of what the trial printed:\n", StringComparison.Ordinal);
        Assert.Equal(
            error[error.IndexOf('\n', StringComparison.Ordinal)..],
            again[again.IndexOf('\n', StringComparison.Ordinal)..(end < 0 ? again.Length : end)]);
        Assert.True(end > 0, again);
    }

    private static string Database(SearchFolder folder) => Path.Combine(folder.Output, folder.Study, "study.db");

    private static void Execute(SearchFolder folder, string sql)
    {
        using var connection =
            new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database(folder), Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
