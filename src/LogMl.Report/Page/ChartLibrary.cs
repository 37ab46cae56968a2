namespace LogMl.Report.Page;

/// <summary>
/// Apache ECharts, which draws the plots. The package that carries it has one script: ECharts, then a plug-in for statistics and glue of
/// the package that evaluates text. A page takes ECharts alone.
/// </summary>
internal static class ChartLibrary
{
    private const string Notice =
        "/*! Apache ECharts 6.0.0, https://echarts.apache.org. Copyright 2017-2025 The Apache Software Foundation. "
        + "Licensed under the Apache License 2.0, https://www.apache.org/licenses/LICENSE-2.0 */\n";

    /// <summary>Where the next module begins.</summary>
    private const string NextModule = ",function(t,e){\"object\"==typeof exports&&\"object\"==typeof module?module.exports=e()";

    private static readonly Lazy<string> Cut = new(() =>
    {
        var bundle = PageResources.Read("charts.js");
        var end = bundle.IndexOf(NextModule, StringComparison.Ordinal);
        return end > 0
            ? Notice + bundle[..end] + ";"
            : throw new InvalidOperationException("The script of the package Vizor.ECharts is not the one that this version knows.");
    });

    /// <summary>The script. It defines the global object <c>echarts</c>.</summary>
    public static string Script => Cut.Value;
}
