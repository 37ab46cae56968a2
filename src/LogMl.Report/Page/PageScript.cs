using LogMl.Report.Model;

namespace LogMl.Report.Page;

/// <summary>The script of a page: its files in the order in which one uses the other, in a scope of their own.</summary>
internal static class PageScript
{
    private static readonly string[] Files =
    [
        "dom.js", "format.js", "data.js", "scales.js", "selection.js", "theme.js", "tooltip.js", "figure.js", "layer.js", "plot.js",
        "brush.js", "yaml.js", "expression.js", "detail.js", "summary.js", "history.js", "importance.js", "parallel.js", "slice.js",
        "pair.js", "curves.js", "folds.js", "timeline.js", "distribution.js", "front.js", "duration.js", "compare.js", "filter.js",
        "table.js", "main.js",
    ];

    private static readonly Lazy<string> OfReport = new(() => Join(Files));
    private static readonly Lazy<string> OfLivePage = new(() => Join([.. Files, "changes.js", "live.js"]));

    /// <summary>The whole script of a page: that of a report, or that of a page which follows its study.</summary>
    public static string Of(ReportModel model) => (model.Live is null ? OfReport : OfLivePage).Value;

    private static string Join(IEnumerable<string> files) =>
        $"\"use strict\";\n{{\n{string.Concat(files.Select(PageResources.Read))}}}\n";
}
