using LogMl.Shared;

namespace LogMl.Configuration.Model;

/// <summary>
/// A method of <c>cross_validation</c>, with scikit-learn's names and options. The reader of the YAML, the generated call and the manifest
/// follow from its row.
/// </summary>
/// <param name="Name">Its name in the YAML, and the name of the method of <c>LogMl.Runtime.Folds</c>.</param>
/// <param name="Options">Its options, without <see cref="Label"/>.</param>
internal sealed record CrossValidationMethod(string Name, params FoldOption[] Options)
{
    /// <summary>The option of a stratified method that names the class of a row.</summary>
    public const string Label = "label";

    /// <summary>The seed of a method that shuffles; when it is absent, that of the study.</summary>
    public const string RandomState = "random_state";

    private const string Splits = "n_splits";
    private const string Repeats = "n_repeats";
    private const string Shuffle = "shuffle";
    private const string P = "p";
    private const string TestSize = "test_size";
    private const string TrainSize = "train_size";

    private static readonly FoldOption Seed = new(OptionRule.Any(RandomState, OptionKind.Long));

    private static readonly FoldOption[] Cuts =
        [new(OptionRule.Integer(Splits, 2), "5"), new(OptionRule.Any(Shuffle, OptionKind.Flag), "false"), Seed];

    private static readonly FoldOption[] Draws =
    [
        new(OptionRule.Integer(Splits, 1), "10"), new(OptionRule.Between(TestSize, 0)), new(OptionRule.Between(TrainSize, 0)), Seed,
    ];

    /// <summary>The key beside the method: how many folds of one trial run at the same time. It changes no result.</summary>
    public static readonly OptionRule Jobs = OptionRule.Integer("n_jobs", 1, or: -1);

    public static readonly CrossValidationMethod[] Table =
    [
        new("KFold", Cuts),
        new("RepeatedKFold", new(OptionRule.Integer(Splits, 2), "5"), new(OptionRule.Integer(Repeats, 1), "10"), Seed),
        new("LeaveOneOut"),
        new("LeavePOut", new FoldOption(OptionRule.Integer(P, 1))),
        new("ShuffleSplit", Draws),
        new("StratifiedKFold", Cuts) { IsStratified = true },
        new("StratifiedShuffleSplit", Draws) { IsStratified = true },
    ];

    public static readonly string[] Names = [.. Table.Select(method => method.Name)];

    /// <summary>Whether each fold has the same share of each class, so that the method needs <see cref="Label"/>.</summary>
    public bool IsStratified { get; private init; }

    /// <summary>The row of a name, or null.</summary>
    public static CrossValidationMethod? Find(string name) => Array.Find(Table, method => method.Name == name);

    /// <summary>The number of folds as far as the options alone give it; null when it depends on the number of rows.</summary>
    /// <param name="value">Returns the value of an option; null when it is not set and has no default.</param>
    public static double? FoldsOf(Func<string, double?> value) => value(Splits) * (value(Repeats) ?? 1);

    /// <summary>What the rows are for that an option with a size leaves; null for another option.</summary>
    public static string? OtherPartOf(string option) => option switch
    {
        TestSize => "train on",
        TrainSize => "validate on",
        _ => null,
    };

    /// <summary>The problem of options that are valid one by one but do not go together; null when there is none.</summary>
    /// <param name="value">Returns the value of an option, 1 for true; null when it is not set and has no default.</param>
    public string? Conflict(Func<string, double?> value)
    {
        if (Array.Exists(Options, option => option.Name == P) && value(P) is null)
        {
            return $"'{Name}' needs the option '{P}', the number of rows that each fold leaves out";
        }

        if (value(RandomState) is not null && value(Shuffle) == 0)
        {
            return $"'{RandomState}' has no effect without 'shuffle: true'";
        }

        if (FoldsOf(value) is > FoldLimit.Most and var folds)
        {
            return FoldLimit.Problem(Name, folds);
        }

        foreach (var size in new[] { TestSize, TrainSize })
        {
            if (value(size) is >= 1 and var count && Math.Floor(count) != count)
            {
                return $"'{size}' is a share below 1, or a whole number of rows";
            }
        }

        return value(TestSize) < 1 && value(TrainSize) < 1 && value(TestSize) + value(TrainSize) > 1
            ? $"'{TestSize}' and '{TrainSize}' are together more than 1"
            : null;
    }
}

/// <summary>An option of a method of <c>cross_validation</c>.</summary>
/// <param name="Rule">Its name and range.</param>
/// <param name="Default">The default as it would be written; null when there is none.</param>
internal sealed record FoldOption(OptionRule Rule, string? Default = null)
{
    public string Name => Rule.Name;
}
