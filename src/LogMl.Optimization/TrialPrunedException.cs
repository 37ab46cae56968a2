namespace LogMl.Optimization;

/// <summary>
/// Thrown by an objective that gives its trial up before the end: the trial is pruned, which is no failure. See
/// <see cref="Trial.ThrowIfPruned"/>.
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
}
