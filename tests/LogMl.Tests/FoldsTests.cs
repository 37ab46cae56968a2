using System.Text.Json;
using CsCheck;
using LogMl.Runtime;
using LogMl.TestKit.Optuna;

namespace LogMl.Tests;

/// <summary>The methods of cross-validation, compared with scikit-learn itself.</summary>
public sealed class FoldsTests
{
    /// <summary>For each case of the input: the rows of each fold, or the error.</summary>
    private const string Sklearn = """
        import json, sys, warnings
        import numpy as np
        import sklearn.model_selection as ms
        warnings.simplefilter("ignore")
        answers = []
        for case in json.loads(sys.argv[1]):
            labels = np.array(case["labels"])
            options = {k: v for k, v in case["options"].items() if v is not None}
            try:
                folds = list(getattr(ms, case["method"])(**options).split(np.zeros((len(labels), 1)), labels))
                answers.append({"folds": [[a.tolist(), b.tolist()] for a, b in folds]})
            except ValueError as error:
                answers.append({"error": str(error)})
        print(json.dumps(answers))
        """;

    private static readonly Gen<int[]> Labels =
        from rows in Gen.Int[4, 60]
        from classes in Gen.Int[1, 4]
        from labels in Gen.Int[0, classes - 1].Array[rows]
        select labels;

    private static readonly Gen<Case> Cases = Gen.OneOf(
        from labels in Labels
        from isStratified in Gen.Bool
        from parts in Gen.Int[2, 9]
        from shuffle in Gen.Bool
        select new Case(
            isStratified ? "StratifiedKFold" : "KFold", labels, new() { ["n_splits"] = parts, ["shuffle"] = shuffle }),
        from labels in Labels
        from parts in Gen.Int[2, 5]
        from repeats in Gen.Int[1, 3]
        select new Case("RepeatedKFold", labels, new() { ["n_splits"] = parts, ["n_repeats"] = repeats }),
        from labels in Labels
        select new Case("LeaveOneOut", labels, []),
        from rows in Gen.Int[1, 9]
        from p in Gen.Int[1, 4]
        select new Case("LeavePOut", new int[rows], new() { ["p"] = p }),
        from labels in Labels
        from isStratified in Gen.Bool
        from splits in Gen.Int[1, 3]
        from test in SizeUpTo(0.6, 12)
        from train in SizeUpTo(0.4, 20)
        select new Case(
            isStratified ? "StratifiedShuffleSplit" : "ShuffleSplit", labels,
            new() { ["n_splits"] = splits, ["test_size"] = test, ["train_size"] = train }));

    [OptunaFact]
    public void Each_method_makes_the_folds_of_scikit_learn() => Cases.Array[250].Sample(Compare, iter: 1);

    [Fact]
    public void No_row_is_trained_on_and_validated_on_and_each_partition_validates_on_each_row_once() => Cases.Sample(one =>
    {
        if (Record.Exception(one.Make) is InvalidOperationException)
        {
            return;
        }

        var folds = one.Make().Folds.ToList();
        Assert.All(folds, fold => Assert.Equal(fold.Train.Length + fold.Validate.Length, fold.Train.Union(fold.Validate).Count()));
        if (one.Method is "KFold" or "StratifiedKFold" or "LeaveOneOut")
        {
            Assert.Equal(Enumerable.Range(0, one.Labels.Length), folds.SelectMany(fold => fold.Validate).Order());
            Assert.All(folds, fold => Assert.Equal(one.Labels.Length, fold.Train.Length + fold.Validate.Length));
        }

        // A fold that a worker makes alone is the one that it would be after the others.
        Assert.Equal(folds.Select(Rows), Enumerable.Range(0, folds.Count).Select(number => Rows(one.Make().At(number))));

        // A seed gives the same folds each time.
        Assert.Equal(folds.Select(fold => fold.Train), one.Make().Folds.Select(fold => fold.Train));
    });

    [Fact]
    public void Another_seed_shuffles_in_another_way_and_a_repetition_too()
    {
        var first = Folds.KFold(40, 4, shuffle: true, randomState: 1).Folds.First().Validate;
        Assert.NotEqual(first, Folds.KFold(40, 4, shuffle: true, randomState: 2).Folds.First().Validate);
        var repeated = Folds.RepeatedKFold(40, 4, 2, randomState: 1).Folds.ToList();
        Assert.NotEqual(repeated[0].Validate, repeated[4].Validate);
    }

    [Fact]
    public void A_row_without_a_class_is_of_the_class_of_those() => Assert.Equal(
        [2, 2],
        Folds.StratifiedKFold<string?>(["a", null, "a", null], 2, shuffle: false, randomState: 1).Folds
            .Select(fold => fold.Validate.Length));

    [Fact]
    public void Too_few_rows_and_too_many_folds_are_errors_that_say_the_sizes()
    {
        AssertRefused(
            "KFold with n_splits = 5 needs at least 5 rows; there are 3 besides the test part.",
            () => Folds.KFold(3, 5, false, 1));
        AssertRefused(
            "LeavePOut with p = 3 needs at least 4 rows; there are 3 besides the test part.",
            () => Folds.LeavePOut(3, 3));
        AssertRefused(
            "LeavePOut makes 166,167,000 folds, each of which is a training; at most 10,000 are possible. Use another method.",
            () => Folds.LeavePOut(1000, 3));
        AssertRefused(
            "LeaveOneOut makes 10,001 folds, each of which is a training; at most 10,000 are possible. Use another method.",
            () => Folds.LeaveOneOut(10_001));
        AssertRefused(
            "StratifiedKFold with n_splits = 3 needs a class of as many rows; the largest of 2 has 2.",
            () => Folds.StratifiedKFold([1, 1, 2, 2], 3, false, 1));
        AssertRefused(
            "StratifiedShuffleSplit needs at least 2 rows of each class; one of 2 classes has 1.",
            () => Folds.StratifiedShuffleSplit([1, 1, 2], 3, 1));
        AssertRefused(
            "ShuffleSplit would train on 5 and validate on 6 of 10 rows; change test_size or train_size.",
            () => Folds.ShuffleSplit(10, 1, 1, 6, 0.5));
        Assert.Equal(10_000, Folds.LeaveOneOut(10_000).Count);
    }

    private static string Rows(Fold fold) => string.Join(' ', fold.Train) + "; " + string.Join(' ', fold.Validate);

    private static Gen<object?> SizeUpTo(double share, int count) => Gen.OneOf(
        Gen.Const((object?)null), Gen.Double[0.05, share].Select(size => (object?)size), Gen.Int[1, count].Select(size => (object?)size));

    private static void AssertRefused(string message, Func<object> make) =>
        Assert.Equal("cross_validation: " + message, Assert.Throws<InvalidOperationException>(make).Message);

    private static void Compare(Case[] cases)
    {
        using var answers = JsonDocument.Parse(OptunaScript.Run(Sklearn, JsonSerializer.Serialize(
            cases.Select(one => new { method = one.Method, labels = one.Labels, options = one.Options }))));

        foreach (var (one, answer) in cases.Zip(answers.RootElement.EnumerateArray()))
        {
            if (answer.TryGetProperty("error", out var error))
            {
                var ours = Record.Exception(one.Make);
                Assert.True(
                    ours is InvalidOperationException,
                    $"{one} is an error of scikit-learn: {error}; here it is {ours?.ToString() ?? "none"}");
                continue;
            }

            var theirs = answer.GetProperty("folds").EnumerateArray()
                .Select(fold => (Train: Ints(fold[0]), Validate: Ints(fold[1])))
                .ToList();
            Assert.Equal(theirs.Count, one.Make().Count);
            foreach (var (fold, their) in one.Make().Folds.Zip(theirs))
            {
                Assert.Equal((their.Train.Length, their.Validate.Length), (fold.Train.Length, fold.Validate.Length));
                if (one.IsDrawn)
                {
                    if (one.Method.StartsWith("Stratified", StringComparison.Ordinal))
                    {
                        AssertNear(Counts(their.Train, one.Labels), Counts(fold.Train, one.Labels));
                        AssertNear(Counts(their.Validate, one.Labels), Counts(fold.Validate, one.Labels));
                    }
                }
                else
                {
                    Assert.Equal(their.Train, fold.Train);
                    Assert.Equal(their.Validate, fold.Validate);
                }
            }
        }
    }

    /// <summary>Where remainders are equal, both draw who gets a row more, each with a generator of its own.</summary>
    private static void AssertNear(int[] expected, int[] actual)
    {
        Assert.Equal(expected.Sum(), actual.Sum());
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - 1, pair.First + 1));
    }

    private static int[] Counts(int[] rows, int[] labels) =>
        [.. Enumerable.Range(0, 4).Select(one => rows.Count(row => labels[row] == one))];

    private static int[] Ints(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetInt32())];

    private sealed record Case(string Method, int[] Labels, Dictionary<string, object?> Options)
    {
        public bool IsDrawn =>
            Method is "RepeatedKFold" or "ShuffleSplit" or "StratifiedShuffleSplit" || Options.GetValueOrDefault("shuffle") is true;

        public FoldSet Make() => Method switch
        {
            "KFold" => Folds.KFold(Labels.Length, Int("n_splits"), (bool)Options["shuffle"]!, 7),
            "StratifiedKFold" => Folds.StratifiedKFold(Labels, Int("n_splits"), (bool)Options["shuffle"]!, 7),
            "RepeatedKFold" => Folds.RepeatedKFold(Labels.Length, Int("n_splits"), Int("n_repeats"), 7),
            "LeaveOneOut" => Folds.LeaveOneOut(Labels.Length),
            "LeavePOut" => Folds.LeavePOut(Labels.Length, Int("p")),
            "ShuffleSplit" => Folds.ShuffleSplit(Labels.Length, Int("n_splits"), 7, Size("test_size"), Size("train_size")),
            _ => Folds.StratifiedShuffleSplit(Labels, Int("n_splits"), 7, Size("test_size"), Size("train_size")),
        };

        public override string ToString() => $"{Method} of {Labels.Length} rows with {JsonSerializer.Serialize(Options)}";

        private int Int(string name) => (int)Options[name]!;

        private double? Size(string name) =>
            Options[name] is { } size ? Convert.ToDouble(size, System.Globalization.CultureInfo.InvariantCulture) : null;
    }
}
