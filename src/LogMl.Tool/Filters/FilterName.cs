using LogMl.Tool.Studies;

namespace LogMl.Tool.Filters;

/// <summary>What a name in an expression means.</summary>
/// <param name="Full">The whole name.</param>
/// <param name="Get">The value of a trial; null when it has none.</param>
internal sealed record FilterName(string Full, Func<TrialData, FilterValue?> Get)
{
    private const int MostListed = 12;

    /// <summary>All values that it can have; null when there are any number of them.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>Refuses a value that it never has, with which a comparison would select nothing.</summary>
    /// <param name="value">The other side of an <c>=</c>.</param>
    /// <exception cref="FormatException">It is none of <see cref="Values"/>.</exception>
    public void Require(FilterValue value)
    {
        if (Values is not { } values || values.Any(known => new FilterValue(null, known).IsEqual(value)))
        {
            return;
        }

        var meant = Full == FilterNames.State ? TrialWords.Meant(value.Text) : Shared.NearestName.Find(value.Text, values);
        throw new FormatException(
            $"'{Full}' is never '{value.Text}'{(meant is null ? "." : $"; did you mean '{meant}'?")} "
            + $"It is one of {string.Join(", ", values.Take(MostListed))}{(values.Count > MostListed ? " ..." : "")}.");
    }
}
