using LogMl.Configuration.Model;

namespace LogMl.Configuration.Reading;

/// <summary>Recognizes a parameter whose name is probably a misspelling of another one.</summary>
internal static class Misspelling
{
    /// <summary>The least length of a name for which a misspelling is suspected. Shorter names resemble each other by accident.</summary>
    private const int ShortestName = 4;

    /// <summary>The name that was probably meant, or null.</summary>
    public static string? Find(string name, IReadOnlyCollection<string> candidates, DiagnosticBag diagnostics) =>
        name.Length >= ShortestName
        && diagnostics.Nearest(name, candidates) is { } meant
        && WithoutDigits(meant) != WithoutDigits(name)
            ? meant
            : null;

    /// <summary>The name that was meant by one with the same C# name, in other cases or with other separators; or null.</summary>
    public static string? FindNamesake(string name, IEnumerable<string> candidates) =>
        CSharpNames.ToPascalCase(name) is { } property
            ? candidates.FirstOrDefault(other => CSharpNames.ToPascalCase(other) == property)
            : null;

    /// <summary>The names layer_1 and layer_2 are neighbours and no misspelling.</summary>
    private static string WithoutDigits(string name) => string.Concat(name.Where(c => !char.IsDigit(c)));
}
