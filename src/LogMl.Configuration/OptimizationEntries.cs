using LogMl.Configuration.Model;
using LogMl.Configuration.Reading;

namespace LogMl.Configuration;

/// <summary>The settings of a search by their keys, as the manifest has them.</summary>
public static class OptimizationEntries
{
    /// <summary>
    /// All settings: numbers, truth values, texts, arrays of <see cref="SettingConfiguration"/> and of <see cref="PointConfiguration"/>,
    /// and a <see cref="PrunerConfiguration"/>. What is not set is not there, but for the seed, which is null then.
    /// </summary>
    /// <param name="configuration">The settings.</param>
    /// <returns>Keys and values, in the order of the manifest.</returns>
    public static IEnumerable<KeyValuePair<string, object?>> Of(OptimizationConfiguration configuration) => OptimizationKeys.Table
        .Where(key => key.Value is not null)
        .Select(key => (Key: key, Value: key.Value!(configuration)))
        .Where(pair => pair.Value is not null || pair.Key.IsWrittenWhenNull)
        .Select(pair => new KeyValuePair<string, object?>(pair.Key.Name, pair.Value));
}
