namespace LogMl.Report.Model;

/// <summary>The data of a page. Trials are columns, so that the many values are written without their names.</summary>
internal sealed record ReportModel
{
    /// <summary>The study as a whole.</summary>
    public required StudyModel Study { get; init; }

    /// <summary>The parameters: those of the space in its order, then those that only other trials have.</summary>
    public required IReadOnlyList<ParameterModel> Parameters { get; init; }

    /// <summary>The trials, in the order of their numbers.</summary>
    public required TrialColumns Trials { get; init; }

    /// <summary>The intermediate values.</summary>
    public required ReportColumns Reports { get; init; }

    /// <summary>The importances; none when there are too few trials.</summary>
    public required IReadOnlyList<ImportanceModel> Importances { get; init; }

    /// <summary>The study beside others; null without any.</summary>
    public required ComparisonModel? Comparison { get; init; }

    /// <summary>The hypervolume after each trial that has enlarged it; empty for one objective.</summary>
    public required IReadOnlyList<HypervolumePoint> Hypervolume { get; init; }

    /// <summary>Texts, each once. Columns of texts have indices into this list, and -1 for none.</summary>
    public required IReadOnlyList<string> Texts { get; init; }

    /// <summary>The version of the model, for a page that follows the study; null for a report.</summary>
    public string? Live { get; init; }
}
