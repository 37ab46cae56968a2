namespace LogMl.Tool;

/// <summary>The ids of the tool's errors and warnings; docs/diagnostics has a page for each.</summary>
internal static class ToolErrors
{
    /// <summary>The command line is wrong.</summary>
    public const string Usage = "LOGML3001";

    /// <summary>There is no storage, there are several, or its location cannot be used. As a warning: others can read its file.</summary>
    public const string Location = "LOGML3002";

    /// <summary>The storage cannot be read or written.</summary>
    public const string Storage = "LOGML3003";

    /// <summary>There is no such study, or there are several and none is named.</summary>
    public const string Study = "LOGML3004";

    /// <summary>There is no such trial, or none that is the best.</summary>
    public const string Trial = "LOGML3005";

    /// <summary>The expression of a filter is wrong.</summary>
    public const string Filter = "LOGML3006";

    /// <summary>The result cannot be written.</summary>
    public const string Output = "LOGML3007";

    /// <summary>No importance can be estimated.</summary>
    public const string Importance = "LOGML3008";

    /// <summary>The study is being searched, or nobody has said that it is to be deleted.</summary>
    public const string NotDeleted = "LOGML3009";

    /// <summary>There is a study of the name of the copy already.</summary>
    public const string Copy = "LOGML3010";

    /// <summary>A value of an enqueued point is wrong.</summary>
    public const string Point = "LOGML3011";

    /// <summary>A file, the storage or an answer of a conversation is wrong.</summary>
    public const string AskTell = "LOGML3020";

    /// <summary>The study is there already with another space or other objectives.</summary>
    public const string OtherStudy = "LOGML3021";

    /// <summary>A watched study is not there, or cannot be read now. A warning.</summary>
    public const string Watched = "LOGML3030";

    /// <summary>The port of a watch cannot be used.</summary>
    public const string Port = "LOGML3031";

    /// <summary>A tracking server of MLflow is not named, cannot be reached, or refuses what it is sent.</summary>
    public const string Mlflow = "LOGML3032";

    /// <summary>There is no bundle, or it cannot be started.</summary>
    public const string Bundle = "LOGML3040";

    /// <summary>Slurm is not there, or has not done what it was asked.</summary>
    public const string Slurm = "LOGML3050";

    /// <summary>A host of a launch cannot be reached, or its worker has failed.</summary>
    public const string Launch = "LOGML3070";
}
