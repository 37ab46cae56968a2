using LogMl.Tool.Studies;

namespace LogMl.Tool.Filters;

/// <summary>A side of a comparison.</summary>
/// <param name="Name">The name that trials have a value under; null for a value that stands there.</param>
/// <param name="Value">The value that stands there.</param>
internal readonly record struct FilterSide(FilterName? Name, FilterValue Value)
{
    /// <summary>Whether it is a word without quotes that is no name: a text, or a mistyped name.</summary>
    public bool IsWord { get; init; }

    /// <summary>What a trial has there; null for nothing.</summary>
    public FilterValue? Of(TrialData trial) => Name is { } name ? name.Get(trial) : Value;
}
