namespace LogMl.Tool.Verbs;

/// <summary>The form in which a verb prints its result.</summary>
internal enum OutputForm
{
    /// <summary>Text for people.</summary>
    Text,

    /// <summary>JSON.</summary>
    Json,

    /// <summary>The form that only this verb has: YAML or CSV.</summary>
    Other,
}
