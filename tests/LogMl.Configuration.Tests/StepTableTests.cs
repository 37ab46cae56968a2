using System.Text.RegularExpressions;
using LogMl.Configuration.Model;

namespace LogMl.Configuration.Tests;

/// <summary>The steps: one row each, and the same rows in docs/steps.md.</summary>
public sealed class StepTableTests
{
    [Fact]
    public void The_page_lists_the_steps_in_their_order_with_what_they_take_and_give_and_when_they_run()
    {
        var page = Repository.Read("docs/steps.md");
        var rows = Regex.Matches(page, "^\\| `([a-z_]+)` \\| ([a-z ]+) \\| ([^|]*)\\| ([^|]*)\\| [^|]* \\|$", RegexOptions.Multiline);

        Assert.Equal(
            StepTable.All.Select(step => (step.Name, Words(step.Phase))), rows.Select(row => (row.Groups[1].Value, row.Groups[2].Value)));
        Assert.All(StepTable.All.Zip(rows), pair => Assert.Equal(
            string.Join(", ", pair.First.Takes.Select(Words)), pair.Second.Groups[3].Value.Trim()));
        Assert.All(StepTable.All.Zip(rows), pair => Assert.True(
            pair.First.Gives is not { } gives
                || pair.Second.Groups[4].Value.Trim() == gives, $"{pair.First.Name} gives {pair.First.Gives}"));
    }

    [Fact]
    public void Every_name_old_or_new_is_that_of_one_step()
    {
        var names = StepTable.Names.Concat(StepTable.All.Select(step => step.OldName).OfType<string>()).ToArray();

        Assert.Equal(names.Distinct(), names);
        Assert.All(StepTable.All, step => Assert.Equal(step.Name, StepTable.Canonical(step.OldName ?? step.Name)));
        Assert.Null(StepTable.Canonical("model_fly"));
    }

    private static string Words(StepInput input) => input switch
    {
        StepInput.Dataset => "data set",
        StepInput.Parts => "train, validate, test",
        StepInput.Model => "model",
        StepInput.Pair => "x, y",
        StepInput.Train => "train",
        StepInput.Part => "one part of the data set",
        StepInput.FinishedTrial => "the trial",
        StepInput.Study => "the study",
        _ => "its name",
    };

    private static string Words(StepPhase phase) => phase switch
    {
        StepPhase.Stage => "stage",
        StepPhase.Trial => "every trial",
        StepPhase.AfterTrial => "after a trial",
        _ => "full run",
    };
}
