namespace LogMl.Report.Live;

/// <summary>What a live page is sent.</summary>
/// <param name="Kind"><see cref="All"/> or <see cref="Change"/>.</param>
/// <param name="Version">The version of the model that the page has then.</param>
/// <param name="Json">The data, in one line.</param>
internal sealed record LiveUpdate(string Kind, string Version, string Json)
{
    /// <summary>The whole model.</summary>
    public const string All = "all";

    /// <summary>A <see cref="ReportChange"/>.</summary>
    public const string Change = "change";
}
