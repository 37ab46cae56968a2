namespace LogMl.Optimization.Distributions;

/// <summary>A distribution over labels, for which TPE as hyperopt has it counts how often each was seen.</summary>
internal interface ICountable
{
    /// <summary>How many labels there are.</summary>
    double Count { get; }
}
