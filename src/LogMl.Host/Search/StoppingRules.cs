using LogMl.Host.Sampling;

namespace LogMl.Host.Search;

/// <summary>Why a search that nobody stopped has no further trials.</summary>
internal enum SearchEnd
{
    /// <summary>max_evals is used up, or the search still runs.</summary>
    None,

    /// <summary>loss_threshold is reached.</summary>
    LossThreshold,

    /// <summary>no_improvement.</summary>
    NoImprovement,

    /// <summary>The sampler has proposed all points that there are.</summary>
    Exhausted,
}

/// <summary>Ends a search early by what its trials gave, in the order in which they end.</summary>
/// <param name="lossThreshold">A loss at or below this is good enough; null: none is.</param>
/// <param name="noImprovement">How long the search may do without a better trial; null: for ever.</param>
internal sealed class StoppingRules(double? lossThreshold, NoImprovement? noImprovement)
{
    private double? _reference;
    private int _since;

    /// <summary>Takes a trial that has ended.</summary>
    /// <param name="loss">Its loss; null when it failed or was pruned.</param>
    /// <returns>Why no further trial shall begin, or <see cref="SearchEnd.None"/>.</returns>
    public SearchEnd Told(double? loss)
    {
        if (loss <= lossThreshold)
        {
            return SearchEnd.LossThreshold;
        }

        if (noImprovement is null)
        {
            return SearchEnd.None;
        }

        if (loss is { } value && (_reference is not { } best || value < best - (noImprovement.MinRelative * Math.Abs(best))))
        {
            _reference = value;
            _since = 0;
        }
        else if (_reference is not null)
        {
            _since++;
        }

        return _since >= noImprovement.Trials ? SearchEnd.NoImprovement : SearchEnd.None;
    }
}

/// <summary>The end of a search that no longer improves.</summary>
/// <param name="Trials">So many trials in a row are not better.</param>
/// <param name="MinRelative">Better means: by this part of the best loss's magnitude.</param>
internal sealed record NoImprovement(int Trials, double MinRelative)
{
    public static NoImprovement Read(OptionValues values) => new(values.Integer(Shared.StoppingOptions.Trials, 1), values.Number("min_relative_improvement", 0));
}
