using LogMl.Configuration.Model;

namespace LogMl.Generator.Binding;

/// <summary>Compares names of the YAML with C# names: <c>num_samples</c> equals <c>numSamples</c>.</summary>
internal static class Identifiers
{
    /// <summary>Lower case, without the signs that separate words.</summary>
    public static string Normalize(string name) =>
        new string(name.Where(c => c is not ('_' or '-' or '.' or ' ')).ToArray()).ToLowerInvariant();

    public static bool AreSame(string a, string b) => string.Equals(Normalize(a), Normalize(b), StringComparison.Ordinal);

    /// <summary>The camelCase form of a step or parameter name.</summary>
    public static string ToCamelCase(string name)
    {
        var pascal = CSharpNames.ToPascalCase(name) ?? name;
        return char.ToLowerInvariant(pascal[0]) + pascal.Substring(1);
    }
}
