namespace LogMl.Optimization.Sampling;

/// <summary>The options of <see cref="Samplers.Tpe"/>. docs/tpe-ablation.md shows what each of them does to the quality.</summary>
public sealed record TpeOptions
{
    /// <summary>How many trials must be complete, pruned or running before the model is used; at least 0. After twice as many trials the model is
    /// used in any case, and then learns from failures alone.</summary>
    public int StartupTrials { get; init; } = 10;

    /// <summary>
    /// The best ceil(Gamma * sqrt(N)) of N trials count as good, at least <see cref="MinGood"/> and at most <see cref="MaxGood"/>. Positive.
    /// </summary>
    public double Gamma { get; init; } = 0.75;

    /// <summary>At least so many trials are good, if there are more than that; at least 1.</summary>
    public int MinGood { get; init; } = 2;

    /// <summary>At most so many trials are good, whatever <see cref="MinGood"/> says; from 1 to 1000.</summary>
    public int MaxGood { get; init; } = 25;

    /// <summary>How many candidates are drawn from the density of the good trials, of which the best is taken; at least 1.</summary>
    public int Candidates { get; init; } = 32;

    /// <summary>
    /// The share of the candidates that take every parameter from the kernel of another good trial, in [0, 1]. Where parameters act
    /// independently of each other these are better than any single good trial.
    /// </summary>
    public double Recombination { get; init; } = 0.2;

    /// <summary>
    /// The share of the proposals that look wider, in [0, 1]: for these the best quarter of the trials is good, all with the same weight and wide
    /// bandwidths. They find other valleys when the rest has settled in one.
    /// </summary>
    public double Exploration { get; init; } = 0.3;

    /// <summary>The weight of the prior among the good and among the bad trials, in trials. Positive.</summary>
    public double PriorWeight { get; init; } = 4;

    /// <summary>
    /// The bandwidth of good trials in multiples of Scott's rule, which is the standard deviation times n^(-1/4). Positive.
    /// </summary>
    public double GoodBandwidth { get; init; } = 0.8;

    /// <summary>
    /// The bandwidth of bad trials as a share of the length of an axis, which is divided by n^(1/4) too. Positive.
    /// </summary>
    public double BadBandwidth { get; init; } = 0.2;

    /// <summary>
    /// The probability, at least, with which the kernel of a choice draws from the prior, in [0, 1]; 1/(n + 1) when that is more. For an integer or a quantised
    /// number with m values it is 2/m of that, so that an axis of two values is searched like a choice of two options.
    /// </summary>
    public double ChoiceSmoothing { get; init; } = 0.05;

    /// <summary>
    /// The density of the bad trials is estimated from at most so many of them, chosen by a hash of their numbers; from 1 to 10000. Bounds
    /// the time of a suggestion, whatever the number of trials.
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
