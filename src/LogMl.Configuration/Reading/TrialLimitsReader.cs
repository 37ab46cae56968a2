using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;
using LogMl.Shared;

namespace LogMl.Configuration.Reading;

/// <summary>
/// Reads the keys that control how trials are run: how many at the same time, with how much memory, how often again, and how many may fail.
/// </summary>
internal sealed class TrialLimitsReader(ReadSession session)
{
    private readonly OptionsReader _options = new(session);

    public int? ReadWorkers(YamlNode node) => ReadInteger(OptionRule.Integer("workers", 1, SettingLimits.MostWorkers), node);

    public int? ReadRetries(YamlNode node) => ReadInteger(OptionRule.Integer("max_retries", 0, SettingLimits.MostRetries), node);

    public int? ReadFailures(YamlNode node) => ReadInteger(OptionRule.Integer("max_failures", 1), node);

    /// <summary>Bytes, or null after a report.</summary>
    public long? ReadMemory(YamlNode node)
    {
        if (node is YamlScalar scalar && MemorySize.Read(scalar.Text) is { } bytes)
        {
            return bytes;
        }

        session.Diagnostics.Report(
            ConfigurationDiagnostics.WrongKindOfValue, node, "'trial_memory'", MemorySize.Expected, node.Description);
        return null;
    }

    private int? ReadInteger(OptionRule rule, YamlNode node) => (int?)(_options.ReadValue(rule, node) as ConfigurationValue.Integer)?.Value;
}
