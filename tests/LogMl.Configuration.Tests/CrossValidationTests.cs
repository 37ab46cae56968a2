using System.Text.RegularExpressions;
using LogMl.Configuration.Model;
using LogMl.Shared;
using static LogMl.Configuration.Tests.MarkedYaml;

namespace LogMl.Configuration.Tests;

/// <summary>The section cross_validation.</summary>
public sealed class CrossValidationTests
{
    [Fact]
    public void A_method_has_the_options_of_the_file_and_its_defaults()
    {
        var folds = ReadClean("cross_validation:\n  enable: true\n  KFold:\n    n_splits: 3\n    shuffle: yes\n").CrossValidation!;

        Assert.Equal("KFold", folds.Method);
        Assert.Equal(
            [new("n_splits", new ConfigurationValue.Integer(3)), new("shuffle", new ConfigurationValue.Bool(true))], folds.Options);
        Assert.Equal("the mean over 3 folds (KFold)", folds.Meaning);
        Assert.True(folds.TakesSeedOfStudy);
    }

    [Theory]
    [InlineData("n_jobs: 4", 4)]
    [InlineData("n_jobs: -1", -1)]
    [InlineData("n_jobs:", 1)]
    [InlineData("", 1)]
    public void How_many_folds_run_at_the_same_time_stands_beside_the_method(string key, int jobs)
    {
        Assert.Equal(jobs, ReadClean($"cross_validation:\n  KFold:\n  {key}\n").CrossValidation!.Jobs);
        Assert.Contains(
            $"`{CrossValidationMethod.Jobs.Name}` is {CrossValidationMethod.Jobs.Expected}", Repository.Read("docs/yaml.md"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RepeatedKFold:", "the mean over 50 folds (RepeatedKFold)")]
    [InlineData("RepeatedKFold: { n_splits: 5, n_repeats: 2, random_state: -4 }", "the mean over 10 folds (RepeatedKFold)")]
    [InlineData("LeaveOneOut:", "the mean over the folds of LeaveOneOut")]
    [InlineData("LeaveOneOut: {}", "the mean over the folds of LeaveOneOut")]
    [InlineData("LeavePOut: { p: 2 }", "the mean over the folds of LeavePOut")]
    [InlineData("ShuffleSplit: { n_splits: 1, test_size: 0.25 }", "the mean over 1 fold (ShuffleSplit)")]
    [InlineData("ShuffleSplit: { n_splits: 10000, test_size: 1 }", "the mean over 10000 folds (ShuffleSplit)")]
    [InlineData("ShuffleSplit: { test_size: 30, train_size: 0.5 }", "the mean over 10 folds (ShuffleSplit)")]
    [InlineData("StratifiedKFold: { label: Digit, shuffle: true, random_state: 4 }", "the mean over 5 folds (StratifiedKFold)")]
    [InlineData("StratifiedShuffleSplit: { label: Digit }", "the mean over 10 folds (StratifiedShuffleSplit)")]
    public void Each_method_of_scikit_learn_is_taken(string method, string meaning) =>
        Assert.Equal(meaning, ReadClean($"cross_validation:\n  {method}\n").CrossValidation!.Meaning);

    [Theory]
    [InlineData("cross_validation:\n")]
    [InlineData("cross_validation: {}\n")]
    [InlineData("cross_validation:\n  enable: false\n  KFold:\n  LeaveOneOut:\n  Bootstrap: 3\n")]
    public void A_section_that_is_empty_or_off_is_none(string yaml) => Assert.Null(ReadClean(yaml).CrossValidation);

    [Theory]
    [InlineData(
        "[|Kfold|]: { n_splits: 5 }", "LOGML0075",
        "'Kfold' is not a method of 'cross_validation'; did you mean 'KFold'? There are: KFold, ...")]
    [InlineData("[|GroupKFold|]:", "LOGML0075", "'GroupKFold' is not a method of 'cross_validation'; there are: KFold, ...")]
    [InlineData("KFold:\n  n_jobs: [|0|]", "LOGML0019", "'n_jobs' must be a whole number of at least 1, or -1; found 0")]
    [InlineData("KFold:\n  n_jobs: [|all|]", "LOGML0017", "'n_jobs' must be a whole number of at least 1, or -1; found ...")]
    [InlineData("KFold:\n  [|n_job|]: 2", "LOGML0075", "'n_job' is not a method of 'cross_validation'; did you mean 'n_jobs'?")]
    [InlineData(
        "KFold:\n  [|LeaveOneOut|]:", "LOGML0076",
        "'cross_validation' needs exactly one method: 'KFold' is named in line 3 already")]
    [InlineData("KFold: { [|splits|]: 3 }", "LOGML0043", "'splits' is not an option of 'KFold'...")]
    [InlineData("LeaveOneOut: { [|p|]: 3 }", "LOGML0043", "'p' is not an option of 'LeaveOneOut', which has none")]
    [InlineData("KFold: { n_splits: [|1|] }", "LOGML0019", "'n_splits' must be a whole number of at least 2; found 1")]
    [InlineData("ShuffleSplit: { test_size: [|0.0|] }", "LOGML0019", "'test_size' must be a number above 0; found 0.0")]
    [InlineData(
        "ShuffleSplit: { test_size: [|1.0|] }", "LOGML0019",
        "'test_size' must be a share below 1, or a whole number of rows; found 1.0, a share of all rows, which leaves none to train on; "
        + "write 1 for one row")]
    [InlineData(
        "ShuffleSplit: { test_size: 0.5, train_size: [|1e0|] }", "LOGML0019",
        "'train_size' must be a share below 1, or a whole number of rows; found 1e0, a share of all rows, which leaves none to validate on; "
        + "write 1 for one row")]
    [InlineData(
        "[|RepeatedKFold|]: { n_splits: 4, n_repeats: 4000 }", "LOGML0045",
        "The options do not go together: RepeatedKFold makes 16,000 folds, each of which is a training; at most 10,000 are possible")]
    [InlineData("KFold: { shuffle: [|maybe|] }", "LOGML0017", "'shuffle' must be true or false; found ...")]
    [InlineData(
        "[|LeavePOut|]:", "LOGML0045",
        "The options do not go together: 'LeavePOut' needs the option 'p', the number of rows that each fold leaves out")]
    [InlineData(
        "[|KFold|]: { random_state: 3 }", "LOGML0045",
        "The options do not go together: 'random_state' has no effect without 'shuffle: true'")]
    [InlineData(
        "[|ShuffleSplit|]: { train_size: 1.5 }", "LOGML0045",
        "The options do not go together: 'train_size' is a share below 1, or a whole number of rows")]
    [InlineData(
        "[|ShuffleSplit|]: { train_size: 0.7, test_size: 0.4 }", "LOGML0045",
        "The options do not go together: 'test_size' and 'train_size' are together more than 1")]
    [InlineData(
        "[|StratifiedKFold|]: { n_splits: 3 }", "LOGML0045",
        "The options do not go together: 'StratifiedKFold' needs the option 'label', the property of a row that is its class")]
    [InlineData("StratifiedKFold: { label: [|[a, b]|] }", "LOGML0017", "'label' must be the name of a property; found ...")]
    [InlineData("KFold: { [|label|]: Digit }", "LOGML0043", "'label' is not an option of 'KFold'...")]
    [InlineData("KFold: [|3|]", "LOGML0017", "'KFold' must be a mapping of keys to values; found ...")]
    public void A_mistake_is_one_error_at_its_place(string method, string id, string message)
    {
        var result = ExpectOne($"cross_validation:\n  enable: true\n  {method}\n", id, message);
        Assert.Null(result.Configuration.CrossValidation);
        Assert.True(result.Configuration.IsIncomplete);
    }

    [Fact]
    public void A_section_without_a_method_is_an_error_at_its_line() => ExpectOne(
        "model:\n[|cross_validation|]:\n  enable: true\n", "LOGML0076",
        "'cross_validation' needs exactly one method: it names none; there are: KFold, RepeatedKFold, ...");

    [Fact]
    public void The_page_lists_the_methods_and_options_in_their_order_with_their_defaults()
    {
        var table = Repository.Read("docs/yaml.md").Split("| method | option | value | default |\n")[1].Split("\n\n")[0];

        var rows = Regex.Matches(table, "^\\| `([A-Za-z]+)` \\| (?:`([a-z_]+)`)? ?\\| ([^|]*) \\| ([^|]*) \\|", RegexOptions.Multiline)
            .Select(row => (row.Groups[1].Value, row.Groups[2].Value, row.Groups[4].Value)).ToList();

        Assert.Equal(
            CrossValidationMethod.Table.SelectMany(
                method => OptionsOf(method).Select(option => (method.Name, option.Name, option.Default))),
            rows);
    }

    private static IEnumerable<(string Name, string Default)> OptionsOf(CrossValidationMethod method)
    {
        var options = method.Options.Select(option => (option.Name, option.Default ?? option.Name switch
        {
            "random_state" => "the seed of the study",
            "p" => "needed",
            "test_size" => "what `train_size` leaves; 0.1 without it",
            _ => "what `test_size` leaves",
        })).ToList();
        if (method.IsStratified)
        {
            options.Add(("label", "needed"));
        }

        return options.Count == 0 ? [("", "")] : options;
    }
}
