using System.Globalization;
using LogMl.Optimization;
using LogMl.Optimization.Sampling;
using LogMl.Storage.Tests.Kit;

namespace LogMl.Storage.Tests;

/// <summary>Which spaces a stored study accepts, and the errors for the others.</summary>
public sealed class SpaceCompatibilityTests
{
    private static readonly Func<SearchSpace> Before = () => new SearchSpace
    {
        ["x"] = Distribution.Uniform(0, 1),
        ["n"] = Distribution.UniformInt(1, 8),
        ["rate"] = Distribution.LogUniform(-5, 0),
        ["kind"] = Distribution.Choice(new Branch("a", new SearchSpace { ["depth"] = Distribution.RandInt(2, 9) }), "b"),
    };

    public static TheoryData<string, string[]> Refused => new()
    {
        { "removed", ["'x' was a number from 0 to 1, and is no parameter any more"] },
        { "added", ["'z' was no parameter, and is now a number from 2 to 3"] },
        { "integer", ["'x' was a number from 0 to 1, and is now an integer from 0 to 1"] },
        { "log", ["'rate' was a number from", "by its logarithm, and is now a number from 0 to 1"] },
        { "options", ["'kind' was one of \"a\", \"b\", and is now one of \"a\", \"c\""] },
        { "order", ["'kind' was one of \"a\", \"b\", and is now one of \"b\", \"a\""] },
        { "narrowed", ["'x' was a number from 0 to 1, and is now a number from 2 to 3, but it is 0.", " in trial 0."] },
        { "branch", ["another search space: 'more' was no parameter, and is now a number from 0 to 1."] },
        { "objectives", ["minimizes its objective, and the search now maximizes its objective"] },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Another_space_is_refused_with_the_old_and_the_new(string change, string[] expected)
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open();
        storage.OpenStudy(space: Before()).RunTo(20);
        var bytes = storage.FindStudy("study")!.Attributes["logml:space"];
        var options = new StudyOptions
        {
            Sampler = Samplers.Random(1),
            Directions = [change == "objectives" ? Direction.Maximize : Direction.Minimize]
        };
        var exception = Assert.Throws<StorageException>(() => storage.OpenStudy(options, space: Changed(change)));
        Assert.Equal(change == "objectives" ? StorageProblem.OtherObjectives : StorageProblem.OtherSpace, exception.Problem);
        Assert.All(expected, part => Assert.Contains(part.Split('|')[^1], exception.Message, StringComparison.Ordinal));
        Assert.Equal(bytes, storage.FindStudy("study")!.Attributes["logml:space"]);
        Assert.Equal(21, storage.OpenStudy(space: Before()).RunTo(21).Count + 20);
    }

    [Theory]
    [InlineData("same")]
    [InlineData("widened")]
    [InlineData("prior")]
    [InlineData("around")]
    public void A_space_that_has_all_points_goes_on(string change)
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open();
        storage.OpenStudy(space: Before()).RunTo(20);
        using var study = storage.OpenStudy(space: Changed(change));
        Assert.Equal(20, study.History.Trials.Count);
        Assert.Equal(5, study.RunTo(25).Count);
    }

    [Fact]
    public void A_study_without_trials_takes_any_space()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open();
        storage.OpenStudy(space: Before()).Dispose();
        using var study = storage.OpenStudy(space: Changed("added"));
        Assert.Single(study.RunTo(1));
        Assert.Contains("\"z\"", storage.FindStudy("study")!.Attributes["logml:space"], StringComparison.Ordinal);
    }

    /// <summary>A study that version 0.1.0 has stored.</summary>
    [Fact]
    public void A_space_in_the_text_of_an_earlier_version_is_read_and_is_the_same_text_today()
    {
        const string text = """
            {"params":[{"name":"x","dist":"quniform","args":[0,1,0.25]},{"name":"n","dist":"randint","args":[0,7]},{"name":"k","dist":"pchoice","options":[1,{"label":"rbf","params":[{"name":"g","dist":"lognormal","args":[0,1E-05]}]}],"probs":[0.1,0.9]}]}
            """;
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open();
        using (var study = storage.OpenStudy(space: Earlier(1)))
        {
            study.RunTo(3);
            Assert.Equal(text, storage.FindStudy("study")!.Attributes["logml:space"]);
        }

        using var now = storage.OpenStudy(space: Earlier(2));
        Assert.Equal(["'x' was quniform(0, 1, 0.25), and is now quniform(0, 2, 0.25)"], now.SpaceChanges);
        Assert.Equal([3, 4], now.RunTo(5).Select(trial => trial.Number));
    }

    [Fact]
    public void A_waiting_repetition_outside_of_a_narrowed_space_fails_with_a_reason()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open();
        using (var study = storage.OpenStudy(space: Before()))
        {
            study.Release(study.Ask()!);
        }

        using var narrowed = storage.OpenStudy(space: Changed("narrowed"));
        Assert.Equal([1], narrowed.RunTo(2).Select(trial => trial.Number));
        Assert.Contains("'x' is 0.", storage.ReadTrialAttributes(narrowed.Id)[0]["fail_reason"], StringComparison.Ordinal);
    }

    /// <summary>
    /// Earlier versions stored the nearest logarithm of a bound that was written as a value. So they proposed values slightly below the
    /// bound.
    /// </summary>
    [Fact]
    public void A_study_with_a_value_that_misses_its_bound_by_rounding_goes_on()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open();
        var earlier = Distribution.LogUniform(-9.210340371976184, 0);
        Assert.True(earlier.Lowest < 0.0001);
        using (var study = storage.OpenStudy(space: new SearchSpace { ["rate"] = earlier }))
        {
            storage.Enqueue(study.Id, string.Create(CultureInfo.InvariantCulture, $$"""{"rate":{{earlier.Lowest:R}}}"""));
            study.Refresh();
            study.RunTo(1);
            Assert.Equal(earlier.Lowest, study.History.Trials[0].Values["rate"]);
        }

        using var now = storage.OpenStudy(space: new SearchSpace { ["rate"] = Distribution.LogUniformBetween(0.0001, 1) });
        Assert.Empty(now.LeftOut);
        Assert.InRange(now.History.Trials[0].Values["rate"], 0.0001, 1);
        Assert.Equal([1, 2], now.RunTo(3).Select(trial => trial.Number));
    }

    [Fact]
    public void Options_that_Python_has_written_are_the_same()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open();
        var space = new SearchSpace { ["c"] = Distribution.Choice(1e-5, 1.0, 3, true, null, "ü\"") };
        storage.OpenStudy(space: space).RunTo(3);
        place.Execute("UPDATE trial_params SET distribution_json = '{\"name\": \"CategoricalDistribution\", \"attributes\": {\"choices\": [1e-05, 1.0, 3, true, null, \"\\u00fc\\\"\"]}}'");
        place.Execute("UPDATE study_system_attributes SET value_json = '\"another\"' WHERE \"key\" = 'logml:space'");
        using var study = storage.OpenStudy(space: space);
        storage.Enqueue(study.Id, """{"c":1e-05}""");
        study.Refresh();
        study.RunTo(4);
        Assert.Equal(0, study.History.Trials[3].Values["c"]);
    }

    [Fact]
    public void Values_of_other_programs_find_their_place_on_a_grid_and_a_bound_stays_one()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open();
        var space = new SearchSpace
        {
            ["x"] = Distribution.Uniform(0, 1),
            ["q"] = Distribution.QUniform(0, 1, 0.1),
            ["l"] = Distribution.LogUniform(0, 1)
        };
        storage.OpenStudy(space: space).RunTo(1);
        place.Execute(
            "UPDATE trial_params SET param_value = CASE param_name WHEN 'x' THEN 1.0 WHEN 'q' THEN 0.3 ELSE 2.718281828459045 END");
        using var study = storage.OpenStudy(space: space);
        var values = study.History.Trials[0].Values;
        Assert.Equal(1, values["x"]);
        Assert.Equal(3 * 0.1, values["q"]);
        Assert.Equal(Math.E, values["l"], 1e-12);
        Assert.All(study.History.Parameters, parameter => Assert.True(parameter.Distribution.Contains(values[parameter.Name])));
    }

    [Fact]
    public void Times_that_make_no_sense_do_not_matter()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open();
        storage.OpenStudy().RunTo(6);
        var expected = storage.OpenStudy().History.Trials.Select(trial => trial.Loss).ToArray();
        place.Execute("""
            UPDATE trials SET datetime_start = '2031-01-01 00:00:00.000000' WHERE number = 0;
            UPDATE trials SET datetime_complete = '1999-01-01 00:00:00' WHERE number IN (1, 4);
            UPDATE trials SET datetime_complete = 'yesterday', datetime_start = '' WHERE number = 2;
            UPDATE trials SET datetime_complete = NULL, datetime_start = NULL WHERE number = 3;
            """);
        using var study = storage.OpenStudy();
        Assert.Equal(expected, study.History.Trials.Select(trial => trial.Loss));
        Assert.Equal([6, 7], study.RunTo(8).Select(trial => trial.Number));
    }

    private static SearchSpace Changed(string change)
    {
        var changed = new SearchSpace();
        foreach (var (name, distribution) in Before())
        {
            if (change == "removed" && name == "x")
            {
                continue;
            }

            changed[name] = (change, name) switch
            {
                ("integer", "x") => Distribution.UniformInt(0, 1),
                ("narrowed", "x") => Distribution.Uniform(2, 3),
                ("widened", "x") => Distribution.Uniform(-1, 2),
                ("widened", "n") => Distribution.UniformInt(0, 9),
                ("prior", "x") => Distribution.Normal(0, 1),
                ("prior", "n") => Distribution.RandInt(0, 20),
                ("around", "x") => Distribution.Uniform(-1e-3, 1),
                ("log", "rate") => Distribution.Uniform(0, 1),
                ("options", "kind") =>
                    Distribution.Choice(new Branch("a", new SearchSpace { ["depth"] = Distribution.RandInt(2, 9) }), "c"),
                ("order", "kind") => Distribution.Choice("b", new Branch("a", new SearchSpace { ["depth"] = Distribution.RandInt(2, 9) })),
                ("branch", "kind") => Distribution.Choice(
                    new Branch("a", new SearchSpace { ["depth"] = Distribution.RandInt(2, 9), ["more"] = Distribution.Uniform(0, 1) }),
                    "b"),
                _ => distribution,
            };
        }

        if (change == "added")
        {
            changed["z"] = Distribution.Uniform(2, 3);
        }

        return changed;
    }

    private static SearchSpace Earlier(double high) => new()
    {
        ["x"] = Distribution.QUniform(0, high, 0.25),
        ["n"] = Distribution.RandInt(7),
        ["k"] = Distribution.PChoice((0.1, 1), (0.9, new Branch("rbf", new SearchSpace { ["g"] = Distribution.LogNormal(0, 1e-5) }))),
    };
}
