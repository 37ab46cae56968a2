namespace LogMl.Optimization;

/// <summary>
/// An objective throws it to end its trial early. The trial is then pruned, not failed. See <see cref="Trial.ThrowIfPruned"/>.
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
    /// <param name="innerException">The cause of this exception.</param>
    public TrialPrunedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal static TrialPrunedException Of(TrialView trial) =>
        new($"Trial {trial.Number} was given up by the pruner '{trial.Study.Options.Pruner}'.");
}
