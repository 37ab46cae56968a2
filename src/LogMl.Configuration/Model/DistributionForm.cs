namespace LogMl.Configuration.Model;

/// <summary>What a distribution draws from, before logarithms and rounding.</summary>
public enum DistributionLaw
{
    /// <summary>A list of options.</summary>
    Options,

    /// <summary>A range.</summary>
    Uniform,

    /// <summary>A bell.</summary>
    Normal,
}

/// <summary>The parts of a kind of distribution. Everything that depends on the kind follows from its row.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Law">What it draws from.</param>
/// <param name="IsLog">Whether the law is that of the natural logarithm of the value.</param>
/// <param name="IsQuantized">Whether values are rounded to a multiple of q, the third argument.</param>
/// <param name="IsInteger">Whether the values are whole numbers by definition.</param>
public sealed record DistributionForm(
    DistributionKind Kind, DistributionLaw Law, bool IsLog = false, bool IsQuantized = false, bool IsInteger = false)
{
    /// <summary>All forms, in the order of their kinds.</summary>
    public static IReadOnlyList<DistributionForm> All { get; } =
    [
        new(DistributionKind.Choice, DistributionLaw.Options),
        new(DistributionKind.PChoice, DistributionLaw.Options),
        new(DistributionKind.RandInt, DistributionLaw.Uniform, IsInteger: true),
        new(DistributionKind.Uniform, DistributionLaw.Uniform),
        new(DistributionKind.QUniform, DistributionLaw.Uniform, IsQuantized: true),
        new(DistributionKind.UniformInt, DistributionLaw.Uniform, IsInteger: true),
        new(DistributionKind.LogUniform, DistributionLaw.Uniform, IsLog: true),
        new(DistributionKind.QLogUniform, DistributionLaw.Uniform, IsLog: true, IsQuantized: true),
        new(DistributionKind.Normal, DistributionLaw.Normal),
        new(DistributionKind.QNormal, DistributionLaw.Normal, IsQuantized: true),
        new(DistributionKind.LogNormal, DistributionLaw.Normal, IsLog: true),
        new(DistributionKind.QLogNormal, DistributionLaw.Normal, IsLog: true, IsQuantized: true),
    ];

    /// <summary>True for choice and pchoice.</summary>
    public bool HasOptions => Law == DistributionLaw.Options;

    /// <summary>Whether any number of a range can be a value: no list of options, no whole numbers, no multiples.</summary>
    public bool IsContinuous => !HasOptions && !IsQuantized && !IsInteger;

    /// <summary>The form of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Its row.</returns>
    public static DistributionForm Of(DistributionKind kind) => All[(int)kind];
}
