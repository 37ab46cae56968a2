namespace LogMl.Report.Page;

/// <summary>The script of a page: its files in the order in which one uses the other, in a scope of their own.</summary>
internal static class PageScript
{
    private static readonly string[] Files =
    [
        "dom.js", "format.js", "data.js", "scales.js", "selection.js", "theme.js", "tooltip.js", "figure.js", "layer.js", "plot.js",
        "brush.js", "yaml.js", "expression.js", "detail.js", "summary.js", "history.js", "importance.js", "parallel.js", "slice.js",
        "pair.js", "curves.js", "folds.js", "timeline.js", "distribution.js", "front.js", "duration.js", "filter.js", "table.js",
        "main.js",
    ];

    private static readonly Lazy<string> Joined = new(() => $"\"use strict\";\n{{\n{string.Concat(Files.Select(PageResources.Read))}}}\n");

    /// <summary>The whole script.</summary>
    public static string Text => Joined.Value;
}
