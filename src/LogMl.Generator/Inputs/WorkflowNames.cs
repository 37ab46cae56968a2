using LogMl.Shared;

namespace LogMl.Generator.Inputs;

/// <summary>The end of a message about a name that no workflow has.</summary>
internal static class WorkflowNames
{
    /// <param name="wrong">The name.</param>
    /// <param name="known">The names of the workflows that have one.</param>
    /// <param name="otherwise">What to do when there are none.</param>
    /// <param name="unnamed">How the workflow without a name is named, as the end of the list; empty when there is none.</param>
    public static string Advice(string wrong, IReadOnlyCollection<string> known, string otherwise, string unnamed = "")
    {
        var nearest = NearestName.Find(wrong, known);
        return known.Count == 0 ? "; " + otherwise
            : (nearest is null ? "; there are: " : $"; did you mean '{nearest}'? There are: ")
                + string.Join(", ", known.Select(name => $"'{name}'")) + unnamed;
    }
}
