namespace LogMl.Shared;

/// <summary>The names under which a study stores parameters and figures.</summary>
internal static class StoredNames
{
    /// <summary>How many characters a name may have: so wide are Optuna's columns, and PostgreSQL refuses more. SQLite would take it, but a study shall fit into both.</summary>
    public const int MaxLength = 512;

    /// <summary>Before the name of a figure that model_evaluate gives beside the loss.</summary>
    public const string MetricPrefix = "metrics.";
}
