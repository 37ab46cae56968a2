using LogMl.Configuration.Editing;

namespace LogMl.Configuration.Tests.Editing;

/// <summary>What of a file changes when values are written into it, and what is refused.</summary>
public class EditingTests
{
    private const string Space = """

        hyper_parameter_optimization:
          max_evals: 5
          space:
            model_train:
              rate: ['loguniform', -9, 0]
              epochs: ['quniform', 1, 64, 1]
              kind: ['choice', [relu, 'no', "two\nlines"]]
              depth: ['choice', [null, 3, 5]]
              layers: ['choice', [[64, 32], [128]]]
              model: ['choice', [none, {svm: {c: ['uniform', 0, 9], kernel: ['choice', [linear, rbf]]}}, {tree: {depth: ['randint', 9]}}]]

        """;

    private const string Usual = """
        functions:
          model_train:
            rate: 1e-3       # the rate
            epochs: 8
            kind: "relu"
            depth: ~
            layers: [64, 32]
            model: {svm: {c: 1.0, kernel: 'linear'}}
        """;

    private static readonly string[] Names = ["rate", "epochs", "kind", "depth", "layers", "model"];

    [Fact]
    public void A_value_that_is_written_differently_is_left_as_it_is()
    {
        var edit = Apply(Usual + Space, Usual, "rate: 0.001", "epochs: 8", "kind: relu", "depth: null", "layers: [64, 32]",
            "model: {svm: {c: 1, kernel: linear}}");
        Assert.Empty(edit.Edits);
        Assert.Empty(edit.Diff);
    }

    [Fact]
    public void A_value_keeps_its_style_and_the_diff_shows_its_line()
    {
        var edit = Apply(Usual + Space, """
            functions:
              model_train:
                rate: 2.5e-05       # the rate
                epochs: 64
                kind: "no"
                depth: 5
                layers: [128]
                model: {svm: {c: 2.0, kernel: 'rbf'}}
            """, "rate: 2.5e-05", "epochs: 64", "kind: 'no'", "depth: 5", "layers: [128]", "model: {svm: {c: 2.0, kernel: rbf}}");
        Assert.Equal(
            ["@@ -3,6 +3,6 @@", "-    rate: 1e-3       # the rate", "-    epochs: 8"], edit.Diff.Take(3));
        Assert.Equal(["-    layers: [64, 32]", "-    model: {svm: {c: 1.0, kernel: 'linear'}}", "+    rate: 2.5e-05       # the rate"],
            edit.Diff.Skip(5).Take(3));
    }

    [Fact]
    public void A_text_is_quoted_when_it_would_be_something_else()
    {
        var plain = Usual.Replace("\"relu\"", "relu", StringComparison.Ordinal);
        Apply(plain + Space, plain.Replace("kind: relu", "kind: 'no'", StringComparison.Ordinal), "kind: 'no'");
        Apply(plain + Space, plain.Replace("kind: relu", "kind: \"two\\nlines\"", StringComparison.Ordinal), "kind: \"two\\nlines\"");
        var block = Usual.Replace("\"relu\"", "|-  # words\n      relu\n", StringComparison.Ordinal);
        Apply(block + Space, block.Replace("      relu", "      no", StringComparison.Ordinal), "kind: 'no'");
        Apply(block + Space, block.Replace("      relu", "      two\n      lines", StringComparison.Ordinal), "kind: \"two\\nlines\"");
        var folded = block.Replace("|-", ">-", StringComparison.Ordinal);
        Apply(
            folded + Space,
            folded.Replace(">-", "\"two\\nlines\"", StringComparison.Ordinal).Replace("\n      relu", "", StringComparison.Ordinal),
            "kind: \"two\\nlines\"");
    }

    [Fact]
    public void Another_branch_is_written_where_the_old_one_was()
    {
        const string Old = "svm:\n         c: 1.0\n         kernel: linear";
        var block = Usual.Replace(
            "{svm: {c: 1.0, kernel: 'linear'}}", $"\n      # the model\n      {Old}\n    # end", StringComparison.Ordinal);
        Apply(
            block + Space, block.Replace(Old, "tree:\n         depth: 4", StringComparison.Ordinal),
            "model: {tree: {depth: 4}}");
        Apply(block + Space, block.Replace(Old, "none", StringComparison.Ordinal), "model: none");
        var none = Usual.Replace("{svm: {c: 1.0, kernel: 'linear'}}", "none", StringComparison.Ordinal);
        Apply(none + Space, none.Replace(": none", ": {tree: {depth: 4}}", StringComparison.Ordinal), "model: {tree: {depth: 4}}");
        var list = Usual.Replace("layers: [64, 32]", "layers:\n    - 64\n    - 32  # last", StringComparison.Ordinal);
        Apply(list + Space, list.Replace("- 64\n    - 32  # last", "  [128]", StringComparison.Ordinal), "layers: [128]");
    }

    [Fact]
    public void Comments_of_a_branch_that_is_replaced_go_with_it_or_stay_beside_another_one_and_each_is_named()
    {
        const string Old = "svm: # ours\n         # of the margin\n         c: 1.0 # strict\n         kernel: linear # fast";
        var block = Usual.Replace(
            "{svm: {c: 1.0, kernel: 'linear'}}", $"  # the model\n      # found in May\n      {Old}\n       # gamma: 1\n    # end",
            StringComparison.Ordinal);
        var edit = Apply(
            block + Space, block.Replace(Old, "tree:\n         depth: 4", StringComparison.Ordinal), "model: {tree: {depth: 4}}");
        Assert.Equal(
            [
                "The comment '# ours' goes with 'svm', the branch of 'functions.model_train.model' that is replaced",
                "The comment '# of the margin' goes with 'svm', the branch of 'functions.model_train.model' that is replaced",
                "The comment '# strict' goes with 'svm', the branch of 'functions.model_train.model' that is replaced",
                "The comment '# fast' goes with 'svm', the branch of 'functions.model_train.model' that is replaced",
                "The comment '# found in May' was written beside 'svm', the branch of 'functions.model_train.model' that is replaced, "
                + "and stands beside 'tree' now",
                "The comment '# gamma: 1' was written beside 'svm', the branch of 'functions.model_train.model' that is replaced, "
                + "and stands beside 'tree' now",
            ],
            edit.Notices.Select(notice => notice.Message));
        Assert.All(edit.Notices, notice => Assert.Equal('#', (block + Space)[notice.Span.Start]));
        Assert.Empty(Apply(
            block + Space, block.Replace("c: 1.0", "c: 2.0", StringComparison.Ordinal), "model: {svm: {c: 2.0, kernel: linear}}").Notices);
    }

    [Theory]
    [InlineData(
        "rate: 1e-3", "rate: &r 1e-3\n    other: *r",
        "rate", "rate: 0.5", "its value stands in several places: an alias repeats '&r'")]
    [InlineData(
        "epochs: 8", "epochs:", "epochs", "epochs: 9",
        "'functions.model_train.epochs' has no value. Write one behind the colon: 9")]
    [InlineData("    epochs: 8\n", "", "model_train", "epochs: 9", "Add 'epochs: 9' below 'model_train' in 'functions'")]
    [InlineData(
        Usual, "functions:\n  dataset_load:\n    epochs: 8", "functions", "epochs: 9",
        "'functions' has no 'model_train.epochs', so that there is nothing to change. Add 'model_train: {epochs: 9}' below 'functions'")]
    [InlineData(
        "{c: 1.0, kernel: 'linear'}", "{c: 1.0}", "svm", "model: {svm: {c: 1.0, kernel: rbf}}",
        "Add 'kernel: rbf' to the mapping below 'svm'")]
    [InlineData("epochs: 8", "epochs: 8.0", "epochs", "epochs: 9", "Declare it: 'epochs: double' below 'model_train' in 'functions.types'")]
    [InlineData("rate: 1e-3", "rate: [1e-3", "", "rate: 0.5", "not well-formed YAML")]
    public void A_file_that_would_change_in_more_than_the_value_is_refused_at_its_place(
        string old, string now, string key, string value, string message)
    {
        var text = (Usual + Space).Replace(old, now, StringComparison.Ordinal);
        var edit = Run(text, value);
        Assert.NotNull(edit.Problem);
        Assert.Contains(message, edit.Problem.Message, StringComparison.Ordinal);
        Assert.Equal(text, edit.Text);
        if (key.Length > 0)
        {
            Assert.Equal(key, text.Substring(edit.Problem.Span.Start, edit.Problem.Span.Length));
        }
    }

    [Fact]
    public void A_value_of_a_merged_mapping_is_refused_and_one_beside_it_changes()
    {
        var merged = "functions:\n  dataset_load: &base {rows: 1, rate: 0.5}\n  model_train:\n    <<: *base\n    epochs: 8\n" + Space;
        Assert.Contains("an alias repeats '&base'", Run(merged, "rate: 0.25").Problem!.Message, StringComparison.Ordinal);
        var edit = Run(merged, "epochs: 9");
        Assert.Null(edit.Problem);
        Assert.Equal(merged.Replace("epochs: 8", "epochs: 9", StringComparison.Ordinal), edit.Text);
    }

    private static DefaultsEdit Apply(string text, string expected, params string[] values)
    {
        var edit = Run(text, values);
        Assert.Null(edit.Problem);
        Assert.Equal(expected + Space, edit.Text);
        return edit;
    }

    private static DefaultsEdit Run(string text, params string[] values) => DefaultsEditor.Apply(
        text,
        "functions:\n  model_train:\n" + string.Concat(values.Select(value => $"    {value}\n")),
        [
            .. Names.Where(name => values.Any(value => value.StartsWith(name + ":", StringComparison.Ordinal)))
                .Select(name => "model_train." + name),
        ],
        CancellationToken.None);
}
