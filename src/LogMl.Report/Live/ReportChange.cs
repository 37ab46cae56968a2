using LogMl.Report.Model;

namespace LogMl.Report.Live;

/// <summary>What is different between two models of a study, for a page that has the earlier one. What is null has not changed.</summary>
internal sealed record ReportChange
{
    /// <summary>The version of the model that the page has then.</summary>
    public required string Live { get; init; }

    /// <summary>The study as a whole.</summary>
    public StudyModel? Study { get; init; }

    /// <summary>The trials that are new or have changed.</summary>
    public TrialRows? Trials { get; init; }

    /// <summary>The intermediate values of the trials that have others now.</summary>
    public ReportRows? Reports { get; init; }

    /// <summary>The importances.</summary>
    public IReadOnlyList<ImportanceModel>? Importances { get; init; }

    /// <summary>The growth of the hypervolume.</summary>
    public IReadOnlyList<HypervolumePoint>? Hypervolume { get; init; }

    /// <summary>The texts to add to those that the page has.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];
}

/// <summary>Some of the trials.</summary>
/// <param name="Rows">The indices of the trials, ascending. Those beyond the last one that the page has are new.</param>
/// <param name="Columns">Their columns, with a value for each of the rows.</param>
internal sealed record TrialRows(int[] Rows, TrialColumns Columns);

/// <summary>The intermediate values of some of the trials.</summary>
/// <param name="Rows">The indices of the trials whose values these are; such a trial has no other ones.</param>
/// <param name="Columns">The values.</param>
internal sealed record ReportRows(int[] Rows, ReportColumns Columns);
