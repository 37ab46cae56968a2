using System.Text.Json.Nodes;
using LogMl.Optimization;
using LogMl.Storage.Tests.Kit;
using LogMl.TestKit.Postgres;

namespace LogMl.Storage.Tests;

/// <summary>What users note about trials and studies.</summary>
public sealed class UserAttributeTests
{
    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void What_is_noted_comes_back_when_the_study_is_opened_again(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        using (var study = place.Open().OpenStudy())
        {
            study.SetUserAttribute("rows", 150);
            study.SetUserAttribute("rows", 151);
            var trial = study.Ask()!;
            trial.SetUserAttribute("note", "größer \"als\" 1");
            trial.SetUserAttribute("accuracy", 0.5);
            trial.SetUserAttribute("layers", new JsonArray(1, true, null, new JsonObject { ["a"] = 2 }));
            trial.SetUserAttribute("accuracy", double.NaN);
            Assert.Equal("NaN", trial.UserAttributes["accuracy"].GetString());
            study.Tell(trial, 1);
            trial.SetUserAttribute("note", "too late");
        }

        var notes = new Dictionary<string, string> { ["host"] = "\"x\"" };
        using var again = place.Open().OpenStudy(stored: new StoredStudyOptions { TrialAttributes = notes });
        var read = Assert.Single(again.History.Trials);

        Assert.Equal(151, Assert.Single(again.UserAttributes).Value.GetInt32());
        Assert.Equal(["note", "accuracy", "layers"], read.UserAttributes.Keys);
        Assert.Equal("größer \"als\" 1", read.UserAttributes["note"].GetString());
        Assert.Equal("NaN", read.UserAttributes["accuracy"].GetString());
        Assert.Equal("""[1,true,null,{"a":2}]""", read.UserAttributes["layers"].GetRawText());

        // What LogMl itself notes is none of them.
        Assert.Empty(again.Ask()!.UserAttributes);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [PostgresInlineData(StorageKind.Postgres)]
    public void Another_process_sees_what_is_noted_while_the_trial_runs(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        using var mine = place.Open().OpenStudy();
        using var other = place.Open().OpenStudy();
        var trial = mine.Ask()!;
        other.Refresh();
        trial.SetUserAttribute("epoch", 1);
        other.Refresh();
        Assert.Equal(1, other.History.Trials[0].UserAttributes["epoch"].GetInt32());

        trial.SetUserAttribute("epoch", 2);
        mine.Tell(trial, 0);
        other.Refresh();
        Assert.Equal((TrialState.Complete, 2), (other.History.Trials[0].State, other.History.Trials[0].UserAttributes["epoch"].GetInt32()));
    }

    [Theory]
    [LocalStorages]
    public void A_retry_keeps_what_was_noted_and_a_further_run_begins_without(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        using var storage = place.Open();
        using (var study = storage.OpenStudy())
        {
            var trial = study.Ask()!;
            trial.SetUserAttribute("checkpoint", "a.bin");
            Assert.True(study.FailAndRetry(trial));
            var retry = study.Ask()!;
            Assert.Equal((1, "a.bin"), (retry.Number, retry.UserAttributes["checkpoint"].GetString()));
            retry.SetUserAttribute("checkpoint", "b.bin");
            study.Release(retry);
            retry = study.Ask()!;
            Assert.Equal((1, "b.bin"), (retry.Number, retry.UserAttributes["checkpoint"].GetString()));
            study.Tell(retry, 1);
            Assert.True(storage.TryRepeat(study.Id, storage.All(storage.FindStudy("study")!)[1], 2, reason: null));
        }

        using var again = storage.OpenStudy();
        var wanted = again.Ask()!;

        Assert.Equal(2, wanted.Number);
        Assert.Empty(wanted.UserAttributes);
    }

    [Theory]
    [InlineData("host")]
    [InlineData("fail_reason")]
    [InlineData("metrics.accuracy")]
    [InlineData("logml:inputs")]
    public void A_name_of_what_LogMl_itself_notes_is_refused(string name)
    {
        using var place = new StoragePlace(StorageKind.Memory);
        using var study = place.Open().OpenStudy();
        var trial = study.Ask()!;

        var error = Assert.Throws<ArgumentException>(() => trial.SetUserAttribute(name, 1));

        Assert.Contains($"'{name}' is what LogMl itself notes about trials", error.Message, StringComparison.Ordinal);
        Assert.Empty(trial.UserAttributes);
    }

    [Fact]
    public void A_name_without_room_and_a_name_of_the_study_itself_are_refused()
    {
        using var place = new StoragePlace(StorageKind.Memory);
        using var study = place.Open().OpenStudy();
        var trial = study.Ask()!;

        Assert.Contains("513 characters", Refused(() => trial.SetUserAttribute(new string('x', 513), 1)), StringComparison.Ordinal);
        Assert.Contains("513 characters", Refused(() => study.SetUserAttribute(new string('x', 513), 1)), StringComparison.Ordinal);
        Assert.Contains("'logml:space'", Refused(() => study.SetUserAttribute("logml:space", 1)), StringComparison.Ordinal);
        trial.SetUserAttribute(new string('x', 512), 1);
        Assert.Single(trial.UserAttributes);

        static string Refused(Action action) => Assert.Throws<ArgumentException>(action).Message;
    }
}
