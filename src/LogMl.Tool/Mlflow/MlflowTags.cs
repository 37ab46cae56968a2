namespace LogMl.Tool.Mlflow;

/// <summary>The tags by which an export finds the runs of an earlier one.</summary>
internal static class MlflowTags
{
    /// <summary>A digest of the name of the study, which may have any characters.</summary>
    public const string Study = "logml.study_key";

    /// <summary>The number of the trial; the run of the study has none.</summary>
    public const string Trial = "logml.trial";

    /// <summary>When the first trial of the study began: another study may have the same name.</summary>
    public const string Begun = "logml.begun";

    /// <summary>How many values of metrics the run has.</summary>
    public const string Logged = "logml.logged";

    /// <summary>A digest of what the run has.</summary>
    public const string Digest = "logml.digest";

    /// <summary>The run in which this one is nested.</summary>
    public const string Parent = "mlflow.parentRunId";
}
