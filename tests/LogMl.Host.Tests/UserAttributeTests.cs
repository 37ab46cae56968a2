using LogMl.Host.Tests.Kit;

namespace LogMl.Host.Tests;

/// <summary>What steps note about their trials: the real host, real workers.</summary>
public sealed class UserAttributeTests
{
    [Fact]
    public void What_steps_note_is_in_the_study_and_in_trials_csv_also_of_a_trial_that_fails_and_after_a_restart()
    {
        using var folder = new SearchFolder();
        const string Script =
            """attribute=weights=12,1:attribute=note="=a;b",1:attribute_nan=loss2,2:attribute=list=[1;null;{"a":true}],2:throw""";
        folder.Run(0, Script, ["--max-evals", "3", "--workers", "1"]).Dispose();
        var rows = folder.Rows();
        Assert.Equal(["12", "12", "12"], rows.Select(row => row["user_attrs_weights"]));
        Assert.Equal(["", "'=a,b", ""], rows.Select(row => row["user_attrs_note"]));
        Assert.Equal(["", "NaN", ""], rows.Select(row => row["user_attrs_loss2"]));
        Assert.Equal(["", "", """[1,null,{"a":true}]"""], rows.Select(row => row["user_attrs_list"]));
        Assert.Equal("failed", rows[2]["state"]);

        // The file goes on with its columns, and is the same when it is made anew.
        folder.Run(0, "attribute=weights=13", ["--max-evals", "5", "--workers", "1"]).Dispose();
        var before = Attributes(folder);
        Assert.Equal(["12", "12", "12", "13", "13"], folder.Rows().Select(row => row["user_attrs_weights"]));
        File.Delete(folder.Csv);
        folder.Run(0, "", ["--max-evals", "5", "--workers", "1"]).Dispose();
        Assert.Equal(before, Attributes(folder));
    }

    [Fact]
    public void A_name_of_LogMl_itself_and_a_value_without_room_are_errors_in_the_step()
    {
        using var folder = new SearchFolder();
        folder.Run(
            0, "0:attribute=seconds=1,1:attribute_long=text,3:attribute=artifacts=1,4:attribute==1",
            ["--max-evals", "5", "--workers", "1"]).Dispose();

        var rows = folder.Rows();

        Assert.Equal(["failed", "failed", "complete", "failed", "failed"], rows.Select(row => row["state"]));
        Assert.Contains("'artifacts' is the list of what SaveArtifact keeps with the trial.", rows[3]["message"], StringComparison.Ordinal);
        Assert.Contains("A user attribute needs a name.", rows[4]["message"], StringComparison.Ordinal);
        Assert.Contains("'seconds' is what LogMl itself notes about trials", rows[0]["message"], StringComparison.Ordinal);
        Assert.Contains("Attribute 'text' has 100002 characters; at most 100000 are kept.", rows[1]["message"], StringComparison.Ordinal);
    }

    /// <summary>For each row the columns of user attributes, in their order.</summary>
    private static IEnumerable<string> Attributes(SearchFolder folder) => folder.Rows().Select(row =>
        string.Join('|', row.Where(cell => cell.Key.StartsWith("user_attrs_", StringComparison.Ordinal))
            .Select(cell => $"{cell.Key} {cell.Value}")));
}
