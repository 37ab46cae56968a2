using System.Text.Json;
using LogMl.Optimization;
using LogMl.Storage.Tests.Interop;
using LogMl.Storage.Tests.Kit;
using LogMl.TestKit.Optuna;

namespace LogMl.Storage.Tests;

/// <summary>A study whose space becomes smaller goes on with the trials that are in it, and Optuna still opens it.</summary>
public sealed class ChangedSpaceTests
{
    private static readonly StoredStudyOptions Ours = new() { TrialAttributes = new Dictionary<string, string> { ["host"] = "\"h\"" } };

    [Theory]
    [LocalStorages]
    public void A_narrowed_range_takes_over_the_trials_inside_and_leaves_the_others_in_the_store(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        storage.OpenStudy(stored: Ours, space: Space(Distribution.Uniform(0, 10))).RunTo(30);
        var narrow = Space(Distribution.Uniform(2, 6));
        using (var study = storage.OpenStudy(stored: Ours, space: narrow))
        {
            var outside = storage.All(storage.FindStudy("study")!).Count(trial => trial.Parameters.Single(value => value.Key == "x").Value
                is < 2 or > 6);
            Assert.InRange(outside, 1, 29);
            Assert.Equal(outside, study.OfEarlierSpace.Count);
            Assert.Contains("and it is now a number from 2 to 6", study.LeftOut.Values.First(), StringComparison.Ordinal);
            Assert.Equal(30 - outside, study.History.Trials.Count);
            Assert.Equal(30, study.Evaluations);
            Assert.InRange(study.Best!.Values["x"], 2, 6);
            Assert.Equal(5, study.RunTo(35).Count);
        }

        // The same space again, and then a wider one, which takes all of them over.
        using (var again = storage.OpenStudy(stored: Ours, space: narrow))
        {
            Assert.NotEmpty(again.OfEarlierSpace);
            Assert.Empty(again.SpaceChanges);
        }

        using var wide = storage.OpenStudy(stored: Ours, space: Space(Distribution.Uniform(-1, 11)));
        Assert.Empty(wide.LeftOut);
        Assert.Equal(35, wide.History.Trials.Count);
    }

    [Theory]
    [LocalStorages]
    public void A_parameter_that_is_no_longer_searched_keeps_the_trials_that_have_its_fixed_value(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        storage.OpenStudy(stored: Ours, space: Space(Distribution.Uniform(0, 10))).RunTo(30);
        var all = storage.All(storage.FindStudy("study")!);
        var fits = all.Count(trial => trial.Parameters.Single(value => value.Key == "kind").Value == 1);
        var without = new SearchSpace { ["x"] = Distribution.Uniform(0, 10), ["n"] = Distribution.UniformInt(1, 3) };
        var isB = Ours with { FixedParameters = Fixed(("kind", "\"b\""), ("unrelated", "3")) };
        using (var study = storage.OpenStudy(stored: isB, space: without))
        {
            Assert.Equal(["'kind' was choice, and is now fixed at \"b\""], study.SpaceChanges);
            Assert.InRange(fits, 1, 29);
            Assert.Equal((fits, 30 - fits), (study.History.Trials.Count, study.OfEarlierSpace.Count));
            Assert.Contains("'kind' is \"a\", and it is now fixed at \"b\"", study.LeftOut.Values, StringComparer.Ordinal);
            Assert.Equal(["x", "n"], study.RunTo(31).Single().Values.Keys);
        }

        // Whoever reads the study sees the same trials.
        Assert.Equal(fits + 1, storage.ViewStudy("study").History.Trials.Count);

        // No value at all, or one that no trial has.
        Refuses("'n' was an integer from 1 to 3, and is no parameter any more", Fixed(("kind", "\"b\"")));
        Refuses("and no trial fits", Fixed(("kind", "\"b\""), ("n", "9")));

        // A whole number as well.
        using var both = storage.OpenStudy(
            stored: Ours with { FixedParameters = Fixed(("kind", "\"b\""), ("n", "2")) },
            space: new SearchSpace { ["x"] = Distribution.Uniform(0, 10) });
        Assert.All(both.History.Trials, trial => Assert.Equal(["x"], trial.Values.Keys));
        Assert.InRange(both.History.Trials.Count, 1, fits);

        void Refuses(string text, Dictionary<string, JsonElement> values)
        {
            var error = Assert.Throws<StorageException>(() => storage.OpenStudy(
                stored: Ours with { FixedParameters = values }, space: new SearchSpace { ["x"] = Distribution.Uniform(0, 10) }));
            Assert.Equal(StorageProblem.OtherSpace, error.Problem);
            Assert.Contains(text, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [LocalStorages]
    public void A_parameter_that_comes_back_takes_over_the_trials_with_the_value_at_which_it_was_fixed(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        var x = Distribution.Uniform(0, 10);
        storage.OpenStudy(stored: Ours, space: Space(x)).RunTo(10);
        var without = new SearchSpace { ["x"] = Distribution.Uniform(0, 10) };
        var isB = Ours with { FixedParameters = Fixed(("kind", "\"b\""), ("n", "2"), ("unrelated", "1")) };
        using (var study = storage.OpenStudy(stored: isB, space: without))
        {
            study.RunTo(14);

            // A trial that waits gets the value too.
            study.Release(study.Ask()!);
        }

        Assert.Equal("""{"kind":"b","n":2}""", storage.ReadTrialAttributes(storage.FindStudy("study")!.Id)[13]["logml:fixed"]);
        using (var back = storage.OpenStudy(stored: isB, space: Space(x)))
        {
            Assert.Empty(back.LeftOut);
            Assert.Equal(5, back.WithFixedValues);
            Assert.Equal(
                ["'n' was fixed at 2, and is now uniformint(1, 3)", "'kind' was fixed at \"b\", and is now choice"], back.SpaceChanges);
            Assert.All(back.History.Trials.Skip(10), trial => Assert.Equal(("b", 2), (trial.GetOption("kind"), trial.Values["n"])));
            Assert.Equal(16, 14 + back.RunTo(16).Count);
            Assert.Equal(16, back.History.Trials.Count);
        }

        // A trial that runs again keeps it.
        var record = storage.FindStudy("study")!;
        Assert.True(storage.TryRepeat(record.Id, storage.All(record)[12], 16, null));
        using (var again = storage.OpenStudy(stored: Ours, space: Space(x)))
        {
            var trial = Assert.Single(again.RunTo(16));
            Assert.Equal(("b", 2), (trial.GetOption("kind"), trial.Values["n"]));
        }

        Assert.Equal(16, storage.ViewStudy("study").History.Trials.Count);
        Assert.Equal(16, TakenTrials.Read(storage, "study", Space(x), Fixed()).Trials.Count);

        // What no longer fits is left out with the reason, and is a trial of an earlier space.
        using (var narrow = storage.OpenStudy(stored: Ours, space: Space(Distribution.Uniform(0, 10), Distribution.UniformInt(3, 5))))
        {
            Assert.Equal("'n' was fixed at 2, and is now an integer from 3 to 5", narrow.LeftOut[13]);
            Assert.Equal(narrow.LeftOut, narrow.OfEarlierSpace);
        }

        // A version that did not note the value.
        if (kind == StorageKind.Sqlite)
        {
            place.Execute("DELETE FROM trial_user_attributes WHERE \"key\" = 'logml:fixed'");
            using var unknown = storage.OpenStudy(stored: Ours, space: Space(x));
            Assert.Equal([10, 11, 13], unknown.OfEarlierSpace.Keys);
            Assert.EndsWith("does not tell at which value it was fixed", unknown.OfEarlierSpace[10], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_choice_with_branches_comes_back_with_the_branch_at_which_it_was_fixed()
    {
        using var place = new StoragePlace(StorageKind.Memory);
        var storage = place.Open();
        SearchSpace Whole(int degree) => new()
        {
            ["x"] = Distribution.Uniform(0, 1),
            ["kind"] = Distribution.Choice(
                new Branch("svm", new SearchSpace { ["kind.svm.degree"] = Distribution.UniformInt(1, degree) }), "bayes"),
        };
        storage.OpenStudy(stored: Ours, space: Whole(2)).RunTo(20);
        var x = new SearchSpace { ["x"] = Distribution.Uniform(0, 1) };
        var svm = Ours with { FixedParameters = Fixed(("kind", "\"svm\""), ("kind.svm.degree", "2")) };
        storage.OpenStudy(stored: svm, space: x).RunTo(22);
        using (var back = storage.OpenStudy(stored: svm, space: Whole(3)))
        {
            Assert.Empty(back.LeftOut);
            Assert.All(
                back.History.Trials.Skip(20),
                trial => Assert.Equal(("svm", 2), (trial.GetOption("kind"), trial.Values["kind.svm.degree"])));
        }

        // Only the parameter of the branch is fixed: a trial with another branch has no value for it.
        var choice = new SearchSpace { ["x"] = Distribution.Uniform(0, 1), ["kind"] = Distribution.Choice(new Branch("svm", []), "bayes") };
        using (var study = storage.OpenStudy(stored: Ours with { FixedParameters = Fixed(("kind.svm.degree", "2")) }, space: choice))
        {
            study.RunTo(40);
        }

        using var again = storage.OpenStudy(stored: Ours, space: Whole(2));
        Assert.Empty(again.LeftOut);
        Assert.All(again.History.Trials, trial => Assert.Equal(
            (string?)trial.GetOption("kind") == "svm", trial.Values.ContainsKey("kind.svm.degree")));
    }

    [Fact]
    public void A_parameter_of_a_branch_with_another_range_and_one_that_is_fixed_or_comes_back_are_said()
    {
        using var place = new StoragePlace(StorageKind.Memory);
        var storage = place.Open();
        SearchSpace Whole(Distribution? c, Distribution? number = null) => new()
        {
            ["x"] = Distribution.Uniform(0, 1),
            ["kind"] = Distribution.Choice(
                new Branch("svm", c is null ? [] : new SearchSpace { ["kind.svm.c"] = c }), "bayes",
                new Branch("uniform", new SearchSpace { ["kind.uniform"] = number ?? Distribution.Uniform(0, 1) })),
        };
        var half = Ours with { FixedParameters = Fixed(("kind.svm.c", "0.5")) };
        storage.OpenStudy(stored: Ours, space: Whole(Distribution.Uniform(0, 1))).RunTo(20);
        Says(Ours, Whole(Distribution.Uniform(0, 2)), "'kind.svm.c' was uniform(0, 1), and is now uniform(0, 2)");
        Says(Ours, Whole(Distribution.Normal(0.5, 1)), "'kind.svm.c' was uniform(0, 2), and is now normal(0.5, 1)");
        Says(half, Whole(null), "'kind.svm.c' was normal(0.5, 1), and is now fixed at 0.5");
        Says(Ours, Whole(Distribution.Uniform(0, 1)), "'kind.svm.c' was fixed at 0.5, and is now uniform(0, 1)");
        Says(Ours, Whole(Distribution.Uniform(0, 1), Distribution.Uniform(0, 3)), "'kind.uniform' was uniform(0, 1), and is now uniform(0, 3)");

        void Says(StoredStudyOptions options, SearchSpace space, string change)
        {
            using var study = storage.OpenStudy(stored: options, space: space);
            Assert.Equal([change], study.SpaceChanges);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_parameter_that_is_new_in_a_branch_is_another_space_whichever_branches_the_trials_have(bool isRenamed)
    {
        using var place = new StoragePlace(StorageKind.Memory);
        var storage = place.Open();
        SearchSpace Space(params string[] names)
        {
            var svm = new SearchSpace();
            foreach (var name in names)
            {
                svm[name] = Distribution.Uniform(0, 1);
            }

            return new SearchSpace { ["x"] = Distribution.Uniform(0, 1), ["kind"] = Distribution.Choice(new Branch("svm", svm), "bayes") };
        }

        var isFixed = Ours with { FixedParameters = Fixed(("kind.svm.c", "0.5")) };
        storage.OpenStudy(stored: Ours, space: Space("kind.svm.c")).RunTo(1);
        for (var trials = 1; trials <= 12; trials++)
        {
            string[] names = isRenamed ? ["kind.svm.cost"] : ["kind.svm.c", "kind.svm.cost"];
            var error = Assert.Throws<StorageException>(() => storage.OpenStudy(stored: isFixed, space: Space(names)));
            Assert.Equal(StorageProblem.OtherSpace, error.Problem);
            Assert.Contains("'kind.svm.cost' was no parameter, and is now a number from 0 to 1", error.Message, StringComparison.Ordinal);
            using var study = storage.OpenStudy(stored: Ours, space: Space("kind.svm.c"));
            study.RunTo(trials + 1);
        }

    }

    [Fact]
    public void A_choice_that_was_fixed_comes_back_also_with_a_branch_that_no_trial_has()
    {
        using var place = new StoragePlace(StorageKind.Memory);
        var storage = place.Open();
        var x = new SearchSpace { ["x"] = Distribution.Uniform(0, 1) };
        var svm = new Branch("svm", new SearchSpace { ["kind.svm.c"] = Distribution.Uniform(0, 1) });
        var whole = new SearchSpace { ["x"] = x["x"], ["kind"] = Distribution.Choice(svm, "bayes") };
        var bayes = Ours with
        {
            FixedParameters = Fixed(("kind", "\"bayes\"")),
            FirstPoints = [new Dictionary<string, double> { ["x"] = 0.5, ["kind"] = 1 }],
        };
        storage.OpenStudy(stored: bayes, space: whole).RunTo(1);
        storage.OpenStudy(stored: bayes, space: x).RunTo(2);
        using var back = storage.OpenStudy(stored: bayes, space: whole);
        Assert.Empty(back.LeftOut);
        Assert.Equal(2, back.History.Trials.Count);
    }

    [Fact]
    public void A_choice_with_branches_is_fixed_at_one_of_them()
    {
        using var place = new StoragePlace(StorageKind.Memory);
        var storage = place.Open();
        var svm = new Branch("svm", new SearchSpace { ["kind.svm.degree"] = Distribution.UniformInt(1, 2) });
        var space = new SearchSpace { ["x"] = Distribution.Uniform(0, 1), ["kind"] = Distribution.Choice(svm, "bayes") };
        storage.OpenStudy(stored: Ours, space: space).RunTo(40);
        var all = storage.All(storage.FindStudy("study")!);
        var x = new SearchSpace { ["x"] = Distribution.Uniform(0, 1) };
        foreach (var (values, index, degree) in new[]
        {
            (Fixed(("kind", "\"bayes\"")), 1, 0),
            (Fixed(("kind", "\"svm\""), ("kind.svm.degree", "2")), 0, 2),
        })
        {
            using var study = storage.OpenStudy(stored: Ours with { FixedParameters = values }, space: x);
            var fitting = all.Where(trial => Value(trial, "kind") == index && (degree == 0 || Value(trial, "kind.svm.degree") == degree));
            Assert.InRange(study.History.Trials.Count, 1, 39);
            Assert.Equal(fitting.Select(trial => trial.Number), study.History.Trials.Select(study.NumberOf));
        }
    }

    /// <summary>As <c>[null, ['uniformint', 1, 2]]</c> with the default 2.</summary>
    [Fact]
    public void A_choice_with_an_option_that_is_a_number_is_fixed_at_the_number()
    {
        using var place = new StoragePlace(StorageKind.Memory);
        var storage = place.Open();
        var number = new Branch("uniformint", new SearchSpace { ["n.uniformint"] = Distribution.UniformInt(1, 2) });
        var space = new SearchSpace { ["x"] = Distribution.Uniform(0, 1), ["n"] = Distribution.Choice(null, number) };
        storage.OpenStudy(stored: Ours, space: space).RunTo(40);
        var all = storage.All(storage.FindStudy("study")!);
        var x = new SearchSpace { ["x"] = Distribution.Uniform(0, 1) };
        var two = Ours with { FixedParameters = Fixed(("n", "2")) };
        using (var study = storage.OpenStudy(stored: two, space: x))
        {
            var fitting = all.Where(trial => trial.Parameters.Any(value => value is { Key: "n.uniformint", Value: 2 }));
            Assert.InRange(study.History.Trials.Count, 1, 39);
            Assert.Equal(fitting.Select(trial => trial.Number), study.History.Trials.Select(study.NumberOf));
            Assert.Equal(["'n' was choice, and is now fixed at 2"], study.SpaceChanges);
            study.RunTo(44);
        }

        using (var one = storage.OpenStudy(stored: Ours with { FixedParameters = Fixed(("n", "1")) }, space: x))
        {
            Assert.Equal(["'n' was fixed at 2, and is now fixed at 1"], one.SpaceChanges);
            Assert.Contains("'n' is 2, and it is now fixed at 1", one.LeftOut.Values);
        }

        // It comes back with the number.
        using (var back = storage.OpenStudy(stored: Ours, space: space))
        {
            Assert.Equal(["'n' was fixed at 1, and is now choice"], back.SpaceChanges);
            Assert.Empty(back.LeftOut);
            Assert.All(back.History.Trials.Skip(40), trial => Assert.Equal(2, trial.Values["n.uniformint"]));
        }

        // Another study takes over the same trials.
        var taken = TakenTrials.Read(storage, "study", x, two.FixedParameters);
        Assert.Equal(
            all.Count(trial => trial.Parameters.Any(value => value is { Key: "n.uniformint", Value: 2 })) + 4, taken.Trials.Count);

        using var none = storage.OpenStudy(stored: Ours with { FixedParameters = Fixed(("n", "null")) }, space: x);
        Assert.Equal(
            all.Where(trial => Value(trial, "n") == 0).Select(trial => trial.Number), none.History.Trials.Select(none.NumberOf));
    }

    [Theory]
    [LocalStorages]
    public void Another_study_gives_the_trials_that_fit_with_all_that_they_have(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        using (var source = storage.OpenStudy(stored: Ours, space: Space(Distribution.Uniform(0, 10))))
        {
            for (var i = 0; i < 30; i++)
            {
                var trial = source.Ask()!;
                trial.Report(1.5, 3);
                trial.Report(double.NaN, 4);
                trial.SetUserAttribute("note", i);
                source.Tell(trial, new TrialResult(Samples.Loss(trial.Values)) { Constraints = [-1] });
            }
        }

        // An option is new, the order of the options is another, a range is narrower, and one parameter is fixed.
        var space = new SearchSpace
        {
            ["kind"] = Distribution.Choice("c", "b", "a"),
            ["x"] = Distribution.Uniform(2, 20),
        };
        var all = storage.All(storage.FindStudy("study")!);
        var fitting = all.Where(trial => Value(trial, "n") == 2 && Value(trial, "x") >= 2).ToArray();
        Assert.InRange(fitting.Length, 1, 29);
        var taken = TakenTrials.Read(storage, "study", space, Fixed(("n", "2")));
        Assert.Equal((fitting.Length, 30 - fitting.Length), (taken.Trials.Count, taken.Others));
        Assert.InRange(taken.Points.Count, 1, 5);

        using var study = StoredStudy.Open(
            storage, "next", space, new StudyOptions { Sampler = Samplers.Tpe(1) }, Ours with { Taken = taken });
        Assert.Equal(("study", fitting.Length), TakenTrials.Of(study.Attributes));
        Assert.Equal(fitting.Length, study.History.Trials.Count);
        foreach (var (copy, trial) in study.History.Trials.Zip(fitting))
        {
            Assert.Equal(trial.Values[0], copy.Loss);
            Assert.Equal(Value(trial, "x"), copy.Values["x"]);
            Assert.Equal(Value(trial, "kind") == 0 ? "a" : "b", copy.GetOption("kind"));
            Assert.Equal([-1], copy.Constraints);
            Assert.Equal([3, 4], copy.Reports.Keys);
            Assert.True(double.IsNaN(copy.Reports[4]));
            Assert.Equal(trial.Number, copy.UserAttributes["note"].GetInt32());
        }

        var next = storage.All(storage.FindStudy("next")!);
        Assert.Equal(fitting.Select(trial => (trial.Started, trial.Completed)), next.Take(fitting.Length)
            .Select(trial => (trial.Started, trial.Completed)));
        Assert.Equal(
            $$"""{"study":"study","trial":{{fitting[0].Number}}}""",
            storage.ReadTrialAttributes(study.Id)[0][TakenTrials.Key]);

        // The option that is new comes first, and then the points; what they do not have, the sampler adds.
        Assert.Equal("c", study.Ask()!.GetOption("kind"));
        var asked = taken.Points.Select(_ => study.Ask()!).ToArray();
        Assert.All(
            asked.Zip(taken.Points),
            pair => Assert.All(pair.Second, value => Assert.Equal(value.Value, pair.First.Values[value.Key])));
    }

    [Fact]
    public void An_option_that_no_trial_taken_over_has_is_tried_first_with_the_values_of_the_best_trial()
    {
        using var place = new StoragePlace(StorageKind.Memory);
        var storage = place.Open();
        SearchSpace Of(params object[] options) => new()
        {
            ["x"] = Distribution.Uniform(0, 1),
            ["kind"] = Distribution.Choice(
                [new Branch("svm", new SearchSpace { ["kind.svm.c"] = Distribution.Uniform(0, 1) }), .. options]),
        };
        storage.OpenStudy(stored: Ours, space: Of("bayes")).RunTo(30);
        var knn = new Branch("knn", new SearchSpace
        {
            ["kind.knn.k"] = Distribution.UniformInt(1, 9),
            ["kind.knn.p"] = Distribution.UniformInt(1, 9),
            ["kind.knn.weights"] = Distribution.Choice("even", "near"),
        });
        var space = Of(knn, "bayes", "zero");
        var taken = TakenTrials.Read(storage, "study", space, Fixed(("kind", "\"knn\""), ("kind.knn.p", "2")));
        Assert.Equal(30, taken.Trials.Count);
        var x = storage.ViewStudy("study").Best!.Values["x"];
        Assert.Equal(
            [$"kind=1 kind.knn.k=5 kind.knn.p=2 kind.knn.weights=0 x={x:R}", $"kind=3 x={x:R}",
                $"kind=1 kind.knn.k=5 kind.knn.p=2 kind.knn.weights=1 x={x:R}"],
            taken.NewOptions.Select(option => Text(option.Point)));

        // One is among the points that the user gives.
        IReadOnlyDictionary<string, double> zero = new Dictionary<string, double> { ["kind"] = 3 };
        using (var study = Open("next", Ours with { Taken = taken, FirstPoints = [zero] }))
        {
            var asked = Enumerable.Range(0, 3).Select(_ => study.Ask()!).ToArray();
            Assert.Equal(["zero", "knn", "knn"], asked.Select(trial => trial.GetOption("kind")));
            Assert.Equal(["kind", "kind.knn.weights"], study.TriedNewOptions.Select(option => option.Choice));
        }

        // A search constraint refuses the middle, and then one option altogether.
        using (var study = Open("less", Ours with { Taken = taken }, Unless(values => values.GetValueOrDefault("kind.knn.k") == 5)))
        {
            Assert.Equal(3, study.TriedNewOptions.Count);
            Assert.NotEqual(5, study.Ask()!.Values["kind.knn.k"]);
        }

        using (var study = Open("none", Ours with { Taken = taken }, Unless(values => values["kind"] == 3)))
        {
            Assert.DoesNotContain(study.TriedNewOptions, option => option is { Choice: "kind", Index: 3 });
            Assert.Single(study.RefusedPoints);
        }

        var many = TakenTrials.Read(storage, "study", Of([.. Enumerable.Range(0, 14).Select(i => $"k{i}")]), Fixed());
        Assert.InRange(many.Trials.Count, 1, 29);
        Assert.Equal((10, 4), (many.NewOptions.Count, many.FurtherNewOptions));

        StoredStudy Open(string name, StoredStudyOptions stored, params SearchConstraint[] constraints) => StoredStudy.Open(
            storage, name, space, new StudyOptions { Sampler = Samplers.Auto(1), SearchConstraints = constraints }, stored);

        static SearchConstraint Unless(Func<IReadOnlyDictionary<string, double>, bool> isRefused) =>
            new("one", values => !isRefused(values));

        static string Text(IReadOnlyDictionary<string, double> point) =>
            string.Join(' ', point.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}={value.Value:R}"));
    }

    [Fact]
    public void A_space_without_common_trials_gets_the_best_points_far_from_each_other()
    {
        using var place = new StoragePlace(StorageKind.Memory);
        var storage = place.Open();
        storage.OpenStudy(space: Space(Distribution.Uniform(0, 10))).RunTo(50);
        var space = new SearchSpace { ["x"] = Distribution.Uniform(0, 10), ["new"] = Distribution.Uniform(0, 1) };
        var taken = TakenTrials.Read(storage, "study", space, Fixed());
        Assert.Empty(taken.Trials);
        Assert.Equal(5, taken.Points.Count);
        var best = storage.ViewStudy("study").History.Trials.OrderBy(trial => trial.Loss).ToArray();
        Assert.Equal(best[0].Values["x"], taken.Points[0]["x"]);
        var good = best.Take(10).Select(trial => trial.Values["x"]).ToArray();
        Assert.All(taken.Points, point => Assert.Contains(point["x"], good));
        Assert.Equal(good.MaxBy(x => Math.Abs(x - good[0])), taken.Points[1]["x"]);
        Assert.All(taken.Points, point => Assert.DoesNotContain("new", point.Keys));
    }

    [OptunaFact]
    public void Optuna_opens_a_study_whose_space_has_changed_and_one_that_has_taken_trials_over()
    {
        using var database = StudyDatabase.Create(DatabaseKind.Sqlite);
        using (var storage = database.Open())
        {
            storage.OpenStudy(stored: Ours, space: Space(Distribution.Uniform(0, 10))).RunTo(20);
            var smaller = new SearchSpace { ["x"] = Distribution.Uniform(1, 6), ["n"] = Distribution.UniformInt(1, 3) };
            var options = Ours with { FixedParameters = Fixed(("kind", "\"b\"")) };
            using var changed = storage.OpenStudy(stored: options, space: smaller);
            changed.RunTo(24);
            var more = Space(Distribution.Uniform(1, 6));
            more["kind"] = Distribution.Choice("a", "b", "c");
            using var next = StoredStudy.Open(
                storage, "next", more, new StudyOptions { Sampler = Samplers.Random(1) },
                Ours with { Taken = TakenTrials.Read(storage, "study", more, Fixed()) });
            next.RunTo(next.Evaluations + 2);
        }

        OptunaStudy.Run(
            """
            for name in ("study", "next"):
                study = optuna.load_study(study_name=name, storage=storage, sampler=optuna.samplers.TPESampler(n_startup_trials=2, seed=1))
                assert len(study.trials) == (24 if name == "study" else len(study.trials)) and study.best_value is not None
                def objective(trial):
                    trial.suggest_int("n", 1, 3)
                    if name == "next":
                        trial.suggest_categorical("kind", ["a", "b", "c"])
                    return trial.suggest_float("x", 1, 6)
                study.optimize(objective, n_trials=2)
            """,
            database.Url, "study");
    }

    private static double Value(TrialRecord trial, string name) => trial.Parameters.Single(value => value.Key == name).Value;

    private static SearchSpace Space(Distribution x, Distribution? n = null) => new()
    {
        ["x"] = x,
        ["n"] = n ?? Distribution.UniformInt(1, 3),
        ["kind"] = Distribution.Choice("a", "b"),
    };

    private static Dictionary<string, JsonElement> Fixed(params (string Name, string Json)[] values) =>
        values.ToDictionary(value => value.Name, value => JsonElement.Parse(value.Json), StringComparer.Ordinal);
}
