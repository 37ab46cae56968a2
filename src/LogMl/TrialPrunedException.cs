namespace LogMl;

/// <summary>
/// Thrown by a step to end its trial early: the trial is pruned, which is no failure. See <see cref="ITrial.ThrowIfPruned"/>.
/// </summary>
public sealed class TrialPrunedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public TrialPrunedException()
        : this("The trial was given up before its end.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why the trial ended.</param>
    public TrialPrunedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why the trial ended.</param>
    /// <param name="innerException">What led to it.</param>
    public TrialPrunedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether an exception of user code is this one, alone or as the only one in a group.</summary>
    internal static bool Is(Exception exception) =>
        exception is TrialPrunedException || (exception is AggregateException { InnerExceptions: [var only] } && Is(only));
}
