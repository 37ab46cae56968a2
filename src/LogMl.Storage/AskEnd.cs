namespace LogMl.Storage;

/// <summary>Why there is no trial to run.</summary>
public enum AskEnd
{
    /// <summary>There is one.</summary>
    None,

    /// <summary>The study has all its evaluations, and they are over.</summary>
    MaxEvals,

    /// <summary>There is no further point.</summary>
    Exhausted,

    /// <summary>Others run the last ones. When one of them dies, its trial is to be run again.</summary>
    Others,
}
