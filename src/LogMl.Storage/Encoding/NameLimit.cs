using LogMl.Shared;

namespace LogMl.Storage.Encoding;

/// <summary>Checks the limits that all storages have in common, so that a study fits into each of them.</summary>
internal static class NameLimit
{
    private const int ShownLength = 40;

    /// <exception cref="ArgumentException">The name is too long.</exception>
    public static void Require(string name, string what)
    {
        if (name.Length > StoredNames.MaxLength)
        {
            throw new ArgumentException(
                $"{what} '{name[..ShownLength]}...' has a name of {name.Length} characters; a study has room for {StoredNames.MaxLength}.");
        }
    }

    /// <exception cref="ArgumentException">A name is too long.</exception>
    public static void RequireAll(IEnumerable<ParameterRecord> parameters, IReadOnlyDictionary<string, string> attributes)
    {
        foreach (var parameter in parameters)
        {
            Require(parameter.Name, "The parameter");
        }

        foreach (var key in attributes.Keys)
        {
            Require(key, "The attribute");
        }
    }
}
