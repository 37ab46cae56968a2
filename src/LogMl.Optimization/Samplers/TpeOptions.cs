namespace LogMl.Optimization;

/// <summary>The options of <see cref="Samplers.Tpe"/>. docs/tpe-ablation.md shows what each of them does to the quality.</summary>
public sealed record TpeOptions
{
    /// <summary>How many trials must be complete, pruned or running before the model is used; at least 0. After twice as many trials the model is
    /// used in any case, and then learns from failures alone.</summary>
    public int StartupTrials { get; init; } = 10;

    /// <summary>
    /// The best ceil(Gamma * sqrt(N)) of N trials count as good (Bergstra et al. 2011 use the square root too), within
    /// <see cref="MinGood"/> and <see cref="MaxGood"/>. Positive.
    /// </summary>
    public double Gamma { get; init; } = 0.75;

    /// <summary>At least so many trials are good, if there are more than that; at least 1.</summary>
    public int MinGood { get; init; } = 4;

    /// <summary>At most so many trials are good; at least <see cref="MinGood"/>.</summary>
    public int MaxGood { get; init; } = 25;

    /// <summary>How many candidates are drawn from the density of the good trials, of which the best is taken; at least 1.</summary>
    public int Candidates { get; init; } = 64;

    /// <summary>
    /// The share of the candidates that take every parameter from the kernel of another good trial, in [0, 1]. Where parameters act
    /// independently of each other these are better than any single good trial.
    /// </summary>
    public double Recombination { get; init; } = 0.3;

    /// <summary>The weight of the prior among the good and among the bad trials, in trials. Positive.</summary>
    public double PriorWeight { get; init; } = 1;

    /// <summary>
    /// The bandwidth of good trials in multiples of Scott's rule, which is the standard deviation times n^(-1/4). Positive.
    /// </summary>
    public double GoodBandwidth { get; init; } = 1;

    /// <summary>
    /// The bandwidth of bad trials as a share of the length of an axis, which is divided by n^(1/4) too. Positive.
    /// </summary>
    public double BadBandwidth { get; init; } = 0.2;

    /// <summary>The probability, at least, with which the kernel of a choice draws from the prior; in (0, 1].</summary>
    public double ChoiceSmoothing { get; init; } = 0.1;

    /// <summary>
    /// The density of the bad trials is estimated from at most so many of them, chosen by a hash of their numbers; at least 1. Bounds the time
    /// of a suggestion, whatever the number of trials.
    /// </summary>
    public int MaxBad { get; init; } = 256;

    internal void Validate()
    {
        Require.AtLeast(StartupTrials, 0, nameof(StartupTrials));
        Require.Positive(Gamma, nameof(Gamma));
        Require.AtLeast(MinGood, 1, nameof(MinGood));
        Require.AtLeast(MaxGood, MinGood, nameof(MaxGood));
        Require.AtLeast(Candidates, 1, nameof(Candidates));
        RequireShare(Recombination, allowZero: true, nameof(Recombination));
        Require.Positive(PriorWeight, nameof(PriorWeight));
        Require.Positive(GoodBandwidth, nameof(GoodBandwidth));
        Require.Positive(BadBandwidth, nameof(BadBandwidth));
        RequireShare(ChoiceSmoothing, allowZero: false, nameof(ChoiceSmoothing));
        Require.AtLeast(MaxBad, 1, nameof(MaxBad));
    }

    private static void RequireShare(double value, bool allowZero, string name)
    {
        if (!(value >= 0 && value <= 1) || (value == 0 && !allowZero))
        {
            throw new ArgumentOutOfRangeException(
                name, Require.Text($"{name} must be in {(allowZero ? "[0, 1]" : "(0, 1]")}; got {value}."));
        }
    }
}
