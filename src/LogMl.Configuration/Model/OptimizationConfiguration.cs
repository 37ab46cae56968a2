using LogMl.Shared;

namespace LogMl.Configuration.Model;

/// <summary>The section <c>hyper_parameter_optimization</c> without its space.</summary>
/// <param name="Settings">
/// The settings by their keys, as the manifest has them: those that the file sets, and the defaults of some. A time is in seconds, a size
/// of memory in bytes.
/// </param>
public sealed record OptimizationConfiguration(EquatableArray<SettingConfiguration> Settings)
{
    /// <summary>False only when the file says so: a section without <c>enable</c> is enabled.</summary>
    public bool IsEnabled => this["enable"] is not ConfigurationValue.Bool { Value: false };

    /// <summary>The value of a key; null when it is not set and has no default that is always there.</summary>
    /// <param name="key">Its name.</param>
    public ConfigurationValue? this[string key] => Settings.FirstOrDefault(setting => setting.Name == key)?.Value;

    /// <summary>The objectives: for each a direction. Empty when the file names none, so that the loss is minimized.</summary>
    public EquatableArray<SettingConfiguration> Objectives => EntriesOf(SearchKeys.Objectives);

    /// <summary>The constraints: for each metric a bound.</summary>
    public EquatableArray<SettingConfiguration> Constraints => EntriesOf(SearchKeys.Constraints);

    /// <summary>The settings in the order of <see cref="SearchKeys.Table"/>.</summary>
    /// <param name="values">What the file sets.</param>
    internal static OptimizationConfiguration Of(IReadOnlyDictionary<string, ConfigurationValue> values) => new(SearchKeys.Table
        .Where(key => key.IsAlwaysWritten || values.ContainsKey(key.Name))
        .Select(key => new SettingConfiguration(key.Name, values.TryGetValue(key.Name, out var value) ? value : Default(key)))
        .ToEquatableArray());

    private EquatableArray<SettingConfiguration> EntriesOf(string key) =>
        this[key] is ConfigurationValue.Mapping mapping ? mapping.Entries : default;

    private static ConfigurationValue Default(SearchKey key) =>
        key.Default is { } text ? ConfigurationValue.Of(key.Rule!.Read(text)!) : new ConfigurationValue.Null();
}
