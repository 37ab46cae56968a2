using System.Text.Json;
using LogMl.Optimization;
using LogMl.Optimization.Sampling;
using LogMl.Storage.Tests.Kit;
using LogMl.TestKit.Postgres;

namespace LogMl.Storage.Tests;

/// <summary>The form in which a parameter is stored when the study already has a form for it.</summary>
public sealed class StoredFormTests
{
    [Theory]
    [InlineData("""{"name":"FloatDistribution","attributes":{"step":null,"low":-10.0,"high":10.0,"log":false}}""", "ten standard deviations, as earlier versions")]
    [InlineData("""{"name":"FloatDistribution","attributes":{"step":null,"low":-4.0,"high":7.5,"log":false}}""", "widened")]
    public void A_normal_parameter_keeps_the_range_that_the_study_has(string json, string because)
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open();
        var space = new SearchSpace { ["x"] = Distribution.Normal(0, 1) };
        storage.OpenStudy(space: space).RunTo(3);
        place.Execute($"UPDATE trial_params SET distribution_json = '{json}'");

        using var study = storage.OpenStudy(space: space);
        study.RunTo(5);

        Assert.True(storage.ReadDistributions(study.Id) is [("x", var only)] && only == json, because);
    }

    [Fact]
    public void A_value_outside_of_the_range_of_a_normal_parameter_widens_it_for_the_trials_to_come()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open();
        using var study =
            storage.OpenStudy(space: new SearchSpace { ["x"] = Distribution.Normal(0, 1), ["n"] = Distribution.QNormal(0, 2, 0.5) });
        study.RunTo(2);
        study.Enqueue(new Dictionary<string, double> { ["x"] = 6.25, ["n"] = -11.5 });
        study.RunTo(5);

        Assert.Equal(
            [
                ("n", Float("0.5", "-11.5", "8.0")), ("n", Float("0.5", "-8.0", "8.0")),
                ("x", Float("null", "-4.0", "4.0")), ("x", Float("null", "-4.0", "6.25")),
            ],
            storage.ReadDistributions(study.Id).Order());
        Assert.Equal(3L, place.Scalar("SELECT COUNT(*) FROM trial_params WHERE param_name = 'x' AND distribution_json LIKE '%6.25%'"));
    }

    [Fact]
    public void Integers_that_an_earlier_version_has_stored_as_real_numbers_go_on_as_such()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open();
        var space = new SearchSpace { ["n"] = Distribution.QUniform(0, 16, 2), ["m"] = Distribution.QLogUniform(0, 4, 1) };
        storage.OpenStudy(space: space).RunTo(3);
        var before = storage.ReadDistributions(1);

        using var study = storage.OpenStudy(stored: new StoredStudyOptions { IntegerParameters = ["n", "m"] }, space: space);
        study.RunTo(6);

        Assert.Equal(before.Order(), storage.ReadDistributions(study.Id).Order());
        Assert.All(before, stored => Assert.Contains("FloatDistribution", stored.DistributionJson, StringComparison.Ordinal));
    }

    [Fact]
    public void The_space_is_kept_where_Optunas_listings_do_not_show_it_and_moves_there_from_where_it_was()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open();
        storage.OpenStudy().RunTo(2);
        place.Execute("INSERT INTO study_user_attributes (study_id, \"key\", value_json) SELECT study_id, \"key\", value_json FROM study_system_attributes; DELETE FROM study_system_attributes");
        Assert.Contains("\"x\"", storage.FindStudy("study")!.Attributes["logml:space"], StringComparison.Ordinal);

        storage.OpenStudy(space: new SearchSpace { ["x"] = Distribution.Uniform(-6, 6), ["y"] = Distribution.Uniform(-5, 5) }).Dispose();

        Assert.Equal(0L, place.Scalar("SELECT COUNT(*) FROM study_user_attributes WHERE \"key\" = 'logml:space'"));
        Assert.Contains("-6", storage.FindStudy("study")!.Attributes["logml:space"], StringComparison.Ordinal);
    }

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void Names_are_as_long_as_any_storage_takes_them(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        var longest = new string('n', 512);
        using var study = storage.OpenStudy(space: new SearchSpace { [longest] = Distribution.Uniform(0, 1) });
        var trial = study.Ask()!;
        var tooLong = Assert.Throws<ArgumentException>(
            () => study.Tell(trial, new TrialResult(1), new Dictionary<string, string> { [longest + "m"] = "1" }));
        Assert.Contains("has a name of 513 characters; a study has room for 512", tooLong.Message, StringComparison.Ordinal);
        Assert.True(study.Tell(trial, new TrialResult(1), new Dictionary<string, string> { [longest] = "1" }));

        var refused = Assert.Throws<ArgumentException>(() => StoredStudy.Open(
            storage,
            "other",
            new SearchSpace { [longest + "n"] = Distribution.Uniform(0, 1) },
            new StudyOptions { Sampler = Samplers.Random(1) }));
        Assert.Contains("The parameter 'nnnn", refused.Message, StringComparison.Ordinal);
        Assert.Null(storage.FindStudy("other"));
    }

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void The_reason_of_a_failure_is_stored_as_the_text_that_it_is(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        using var study = storage.OpenStudy();

        Assert.True(study.TellFailed(study.Ask()!, "the \"network\" diverged"));
        Assert.True(study.TellFailed(study.Ask()!));
        Assert.True(study.FailAndRetry(study.Ask()!, "somebody ended the job"));

        var notes = storage.ReadTrialAttributes(storage.FindStudy("study")!.Id);
        Assert.Equal("the \"network\" diverged", JsonSerializer.Deserialize<string>(notes[0]["fail_reason"]));
        Assert.False(notes.ContainsKey(1));
        Assert.Equal("somebody ended the job", JsonSerializer.Deserialize<string>(notes[2]["fail_reason"]));
    }

    private static string Float(string step, string low, string high) =>
        $$$"""{"name":"FloatDistribution","attributes":{"step":{{{step}}},"low":{{{low}}},"high":{{{high}}},"log":false}}""";
}
