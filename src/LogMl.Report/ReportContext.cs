namespace LogMl.Report;

/// <summary>What the caller of a report knows about a study and its storage does not. All of it may be left out.</summary>
public sealed record ReportContext
{
    /// <summary>When the report is made.</summary>
    public DateTimeOffset Written { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>The studies to show beside this one. Their objectives are the same.</summary>
    public IReadOnlyList<ComparedStudy> Compared { get; init; } = [];

    /// <summary>Sentences to show in the summary.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>
    /// The importances of the study, when they have been computed already; null to compute them. An estimate takes up to seconds.
    /// </summary>
    public IReadOnlyList<ObjectiveImportance>? Importances { get; init; }

    /// <summary>
    /// Says what is different in the inputs with an id (the attribute <c>logml:inputs</c> of a trial) from the present ones; null for an id
    /// that is not known. Without it the report only says between which trials the inputs changed.
    /// </summary>
    public Func<string, string?>? DescribeInputs { get; init; }
}
