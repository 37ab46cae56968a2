using System.ComponentModel;

namespace LogMl.Runtime;

/// <summary>One run of the step trial_finished, for generated code. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FinishedTrialRun
{
    private readonly long _seed;

    internal FinishedTrialRun(
        FinishedTrial trial, IStudy study, ParameterValues parameters, long seed, CancellationToken cancellationToken)
    {
        Trial = trial;
        Study = study;
        Parameters = parameters;
        _seed = seed;
        CancellationToken = cancellationToken;
    }

    /// <summary>The trial.</summary>
    public FinishedTrial Trial { get; }

    /// <summary>The study.</summary>
    public IStudy Study { get; }

    /// <summary>The parameter values of the trial.</summary>
    public ParameterValues Parameters { get; }

    /// <summary>Is cancelled when the search is stopped.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>A generator for the step: a function of the trial's seed and the step's name.</summary>
    public Random Random(string step) => new(StepSeed.Of(_seed, step));
}
