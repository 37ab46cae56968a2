namespace LogMl.Optimization.Sampling;

/// <summary>The options of <see cref="Samplers.Tpe"/>. docs/tpe-ablation.md shows how each of them affects the quality.</summary>
public sealed record TpeOptions
{
    /// <summary>
    /// The number of complete, pruned or running trials from which on the model is used; at least 0. After twice this number of trials of
    /// any state, the model is used in any case, even if all have failed.
    /// </summary>
    public int StartupTrials { get; init; } = 10;

    /// <summary>
    /// The best ceil(Gamma * sqrt(N)) of N trials count as good, at least <see cref="MinGood"/> and at most <see cref="MaxGood"/>. It must
    /// be positive.
    /// </summary>
    public double Gamma { get; init; } = 0.75;

    /// <summary>The smallest number of good trials, if there are more trials than that; at least 1.</summary>
    public int MinGood { get; init; } = 2;

    /// <summary>The largest number of good trials, which takes precedence over <see cref="MinGood"/>; from 1 to 1000.</summary>
    public int MaxGood { get; init; } = 25;

    /// <summary>The number of candidates that are drawn from the density of the good trials. The best one is taken. At least 1.</summary>
    public int Candidates { get; init; } = 32;

    /// <summary>
    /// The share of the candidates that draw each parameter from the kernel of a different good trial, in [0, 1]. When parameters act
    /// independently of each other, such candidates can be better than any single good trial.
    /// </summary>
    public double Recombination { get; init; } = 0.2;

    /// <summary>
    /// The share of the proposals that explore, in [0, 1]. For these, the best quarter of the trials counts as good, with equal weights and
    /// wide bandwidths. They can find other minima after the other proposals have converged to one.
    /// </summary>
    public double Exploration { get; init; } = 0.3;

    /// <summary>The weight of the prior among the good and among the bad trials, in trials. Positive.</summary>
    public double PriorWeight { get; init; } = 4;

    /// <summary>
    /// The bandwidth of good trials in multiples of Scott's rule, which is the standard deviation times n^(-1/4). Positive.
    /// </summary>
    public double GoodBandwidth { get; init; } = 0.8;

    /// <summary>The bandwidth of n bad trials as a share of the length of an axis; it is also divided by n^(1/4). Positive.</summary>
    public double BadBandwidth { get; init; } = 0.2;

    /// <summary>
    /// The smallest probability with which the kernel of a choice draws from the prior, in [0, 1]; the probability is 1/(n + 1) if that is
    /// larger. For an integer or a quantized parameter with m values it is 2/m of that, so that a parameter with two values is searched
    /// like a choice of two options.
    /// </summary>
    public double ChoiceSmoothing { get; init; } = 0.05;

    /// <summary>
    /// The largest number of bad trials from which their density is estimated; from 1 to 10000. A hash of their numbers chooses them. It
    /// limits the time of a proposal, whatever the number of trials.
    /// </summary>
    public int MaxBad { get; init; } = 256;

    internal void Validate()
    {
        Require.AtLeast(StartupTrials, 0, nameof(StartupTrials));
        Require.Positive(Gamma, nameof(Gamma));
        Require.AtLeast(MinGood, 1, nameof(MinGood));
        RequireBetween(MaxGood, 1, 1000, nameof(MaxGood));
        Require.AtLeast(Candidates, 1, nameof(Candidates));
        RequireBetween(Recombination, 0, 1, nameof(Recombination));
        RequireBetween(Exploration, 0, 1, nameof(Exploration));
        Require.Positive(PriorWeight, nameof(PriorWeight));
        Require.Positive(GoodBandwidth, nameof(GoodBandwidth));
        Require.Positive(BadBandwidth, nameof(BadBandwidth));
        RequireBetween(ChoiceSmoothing, 0, 1, nameof(ChoiceSmoothing));
        RequireBetween(MaxBad, 1, 10000, nameof(MaxBad));
    }

    private static void RequireBetween(double value, double low, double high, string name)
    {
        if (!(value >= low && value <= high))
        {
            throw new ArgumentOutOfRangeException(name, Require.Text($"{name} must be from {low} to {high}; got {value}."));
        }
    }
}
