namespace LogMl.Shared;

/// <summary>Limits and prefixes of the names in a stored study.</summary>
internal static class StoredNames
{
    /// <summary>
    /// The greatest length of a name in characters: the width of Optuna's columns. PostgreSQL refuses longer names. SQLite would accept
    /// them, but a study must fit into both.
    /// </summary>
    public const int MaxLength = 512;

    /// <summary>The prefix of a score that model_evaluate returns besides the loss.</summary>
    public const string MetricPrefix = "metrics.";

    /// <summary>The attribute of a study, and of each trial, with the id of the inputs from which it was computed.</summary>
    public const string Inputs = "logml:inputs";

    /// <summary>The attribute of a study with the sentence that says what has ended its latest search.</summary>
    public const string End = "logml:end";
}
