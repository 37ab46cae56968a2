using System.Globalization;

namespace LogMl.Configuration.Model;

/// <summary>The section <c>cross_validation</c>, when it is enabled.</summary>
/// <param name="Method">The name of the method, such as <c>KFold</c>.</param>
/// <param name="Options">Its options, in the order of the table, with their defaults.</param>
/// <param name="Label">What names the class of a row, for a stratified method; else null.</param>
public sealed record CrossValidationConfiguration(string Method, EquatableArray<SettingConfiguration> Options, string? Label)
{
    /// <summary>How many folds of one trial run at the same time; -1 for as many as there are workers.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>What the loss is, for the user: <c>the mean over 5 folds (KFold)</c>.</summary>
    public string Meaning => Folds is { } folds
        ? $"the mean over {folds.ToString(CultureInfo.InvariantCulture)} {(folds == 1 ? "fold" : "folds")} ({Method})"
        : $"the mean over the folds of {Method}";

    /// <summary>The number of folds; null when it depends on the number of rows.</summary>
    public double? Folds => CrossValidationMethod.FoldsOf(NumberOf);

    /// <summary>Whether the method shuffles with the seed of the study, because the file has no <c>random_state</c>.</summary>
    public bool TakesSeedOfStudy =>
        CrossValidationMethod.Find(Method)!.Options.Any(option => option.Name == CrossValidationMethod.RandomState)
        && Options.All(option => option.Name != CrossValidationMethod.RandomState);

    private double? NumberOf(string option) =>
        Options.FirstOrDefault(set => set.Name == option)?.Value is ConfigurationValue.Integer { Value: var number } ? number : null;
}
