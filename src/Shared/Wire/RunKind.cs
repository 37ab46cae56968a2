namespace LogMl.Shared.Wire;

/// <summary>What a run of the workflow does besides the score of the validation part.</summary>
internal enum RunKind
{
    /// <summary>Nothing: it is a trial of a search.</summary>
    Search,

    /// <summary>It scores the training and the test part too.</summary>
    Scored,

    /// <summary>It also runs the steps of full runs, which predict and save.</summary>
    Full,
}
