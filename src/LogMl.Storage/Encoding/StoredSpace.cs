using System.Text.Json;
using LogMl.Optimization;

namespace LogMl.Storage.Encoding;

/// <summary>The search space that is an attribute of a study, with its true priors: Optuna's distributions lack some of them.</summary>
internal static class StoredSpace
{
    /// <returns>Null when there is none, or it is something else: another program's attribute of this name.</returns>
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
