namespace LogMl.Optimization.Distributions;

/// <summary>A distribution that hyperopt's TPE treats as categorical: it counts how often each value was observed.</summary>
internal interface ICategorical
{
    /// <summary>The number of values.</summary>
    double Count { get; }
}
