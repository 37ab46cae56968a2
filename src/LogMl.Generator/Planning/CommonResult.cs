using LogMl.Configuration;
using LogMl.Generator.Model;

namespace LogMl.Generator.Planning;

/// <summary>
/// Finds the type of what the methods for the branches of a choice give: the one that they all give, or one of theirs to which the others
/// convert, or else an object that fits where all of them do.
/// </summary>
internal static class CommonResult
{
    private const string Anything = "object";

    /// <summary>The type; null when there is none.</summary>
    /// <param name="results">What the methods give.</param>
    public static GivenType? Of(IReadOnlyList<GivenType> results)
    {
        var mayBeNull = results.Any(result => result.MayBeNull);
        var isUnknown = results.Any(result => result.IsUnknown);
        if (results.All(result => result.Scores is { IsNumber: true }) && results.Any(result => result.Name != results[0].Name))
        {
            return results[0] with { Name = "double", ShortName = "double", Fits = EquatableArray.Of("double", Anything) };
        }

        if (results.FirstOrDefault(result => results.All(other => other.ConvertsTo(result))) is { } common)
        {
            return common with { MayBeNull = mayBeNull, IsUnknown = isUnknown };
        }

        var fits = results[0].Fits.Where(type => results.All(result => result.Fits.Contains(type))).ToEquatableArray();
        return fits.All(type => type == Anything) && !isUnknown
            ? null
            : new GivenType(
                Anything,
                string.Join(" or ", results.Select(result => result.ShortName).Distinct(StringComparer.Ordinal)),
                fits, isUnknown, Emptiness.Never, null, default, null, mayBeNull)
            {
                IsUnion = true,
                IsPublic = true,
            };
    }
}
