namespace LogMl.Optimization;

/// <summary>
/// The <see cref="StudyOptions.SearchConstraints"/> refuse a given point, or all points that were found for a trial. No trial starts.
/// </summary>
public sealed class NoAllowedPointException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    public NoAllowedPointException()
        : this("The search constraints refuse the point.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was refused.</param>
    public NoAllowedPointException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was refused.</param>
    /// <param name="innerException">The cause of this exception.</param>
    public NoAllowedPointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The number of refused points by the name of the constraint. A point may be refused by several.</summary>
    public IReadOnlyDictionary<string, int> Refusals { get; internal init; } = new Dictionary<string, int>();
}
