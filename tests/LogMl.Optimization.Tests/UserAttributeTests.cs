using System.Text.Json;
using System.Text.Json.Nodes;

namespace LogMl.Optimization.Tests;

public sealed class UserAttributeTests
{
    private readonly Study _study = new(
        new SearchSpace { ["x"] = Distribution.Uniform(0, 1) }, new StudyOptions { Sampler = LogMl.Optimization.Samplers.Random(1) });

    [Fact]
    public void An_attribute_is_any_value_of_json_and_the_last_one_of_a_name_counts()
    {
        var trial = _study.Ask();
        trial.SetUserAttribute("accuracy", 0.5);
        trial.SetUserAttribute("file", "mod\u00e8le \"1\"");
        trial.SetUserAttribute("layers", new JsonArray(1, true, null, new JsonObject { ["a"] = 2L }));
        trial.SetUserAttribute("nothing", null);
        trial.SetUserAttribute("accuracy", 0.97);
        _study.Tell(trial, 1);

        Assert.Equal(["accuracy", "file", "layers", "nothing"], trial.UserAttributes.Keys);
        Assert.Equal(0.97, trial.UserAttributes["accuracy"].GetDouble());
        Assert.Equal("mod\u00e8le \"1\"", trial.UserAttributes["file"].GetString());
        Assert.Equal("""[1,true,null,{"a":2}]""", trial.UserAttributes["layers"].GetRawText());
        Assert.Equal(JsonValueKind.Null, trial.UserAttributes["nothing"].ValueKind);
    }

    [Fact]
    public void What_was_read_stays_as_it_was_when_more_is_noted_or_its_source_changes()
    {
        var trial = _study.Ask();
        var value = new JsonArray(1);
        trial.SetUserAttribute("list", value);
        var before = trial.UserAttributes;

        value.Add(2);
        trial.SetUserAttribute("more", 1);

        Assert.Equal("[1]", Assert.Single(before).Value.GetRawText());
        Assert.Equal(2, trial.UserAttributes.Count);
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void A_number_that_is_not_finite_is_kept_as_a_text(double number, string text)
    {
        var trial = _study.Ask();
        trial.SetUserAttribute("double", number);
        trial.SetUserAttribute("float", (float)number);

        Assert.All(trial.UserAttributes.Values, value => Assert.Equal(text, value.GetString()));
    }

    [Fact]
    public void A_value_that_json_cannot_hold_is_refused_with_its_name()
    {
        var trial = _study.Ask();
        JsonNode deep = 1;
        for (var i = 0; i < 61; i++)
        {
            deep = new JsonArray(deep);
        }

        var inner = Assert.Throws<ArgumentException>(() => trial.SetUserAttribute("losses", new JsonArray(double.NaN)));
        var nested = Assert.Throws<ArgumentException>(() => trial.SetUserAttribute("deep", deep));

        Assert.Contains("'losses' has a number in it that is not finite", inner.Message, StringComparison.Ordinal);
        Assert.Contains("'deep' is nested more than 60 levels", nested.Message, StringComparison.Ordinal);
        Assert.Empty(trial.UserAttributes);
    }

    [Fact]
    public void A_trial_that_has_ended_takes_no_attribute_and_one_that_begins_anew_keeps_its_own()
    {
        var trial = _study.Ask();
        trial.SetUserAttribute("note", "first run");
        _study.Restart(trial);
        _study.TellFailed(trial);

        Assert.Throws<InvalidOperationException>(() => trial.SetUserAttribute("note", "too late"));
        Assert.Equal("first run", trial.UserAttributes["note"].GetString());
    }

    [Fact]
    public void A_study_has_attributes_of_its_own()
    {
        _study.SetUserAttribute("data", new JsonObject { ["rows"] = 150 });
        _study.SetUserAttribute("data", new JsonObject { ["rows"] = 151 });

        Assert.Equal(151, Assert.Single(_study.UserAttributes).Value.GetProperty("rows").GetInt32());
    }

    [Fact]
    public async Task Many_threads_note_and_read_and_nothing_is_lost()
    {
        var trial = _study.Ask();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 50; i++)
            {
                trial.SetUserAttribute($"{thread}.{i}", i);
                Assert.All(trial.UserAttributes, pair => Assert.InRange(pair.Value.GetInt32(), 0, 49));
            }
        })));

        Assert.Equal(400, trial.UserAttributes.Count);
    }
}
