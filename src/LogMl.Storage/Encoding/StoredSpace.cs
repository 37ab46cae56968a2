using System.Text.Json;
using LogMl.Optimization;

namespace LogMl.Storage.Encoding;

/// <summary>
/// The search space that is stored as an attribute of a study. It has the true distributions, some of which Optuna's classes cannot
/// express.
/// </summary>
internal static class StoredSpace
{
    /// <returns>Null when there is none, or when the attribute is another program's.</returns>
    public static SearchSpace? Read(string? attribute)
    {
        try
        {
            return attribute is null ? null : SearchSpace.Parse(attribute);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return null;
        }
    }
}
