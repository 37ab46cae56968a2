namespace LogMl.Report;

/// <summary>What the intermediate values of a trial stand for.</summary>
public enum ReportedBy
{
    /// <summary>The progress of one training: epochs, batches.</summary>
    Step,

    /// <summary>The folds of a cross-validation, of which the result is the mean.</summary>
    Fold,
}
