using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;
using LogMl.Shared;

namespace LogMl.Configuration.Reading;

/// <summary>Reads the keys that end a search early, and <c>duplicates</c>.</summary>
internal sealed class StoppingReader(ReadSession session)
{
    private readonly OptionsReader _options = new(session);
    private readonly ScalarReader _scalars = new(session.Diagnostics);

    /// <summary>Seconds, or null after a report.</summary>
    public double? ReadTimeout(string key, YamlNode node)
    {
        // The text is read, and not a number: YAML 1.1 reads 1:10:00 as 4200, YAML 1.2 as text.
        if (node is YamlScalar scalar && Duration.ReadSeconds(scalar.Text) is { } seconds)
        {
            return seconds;
        }

        session.Diagnostics.Report(ConfigurationDiagnostics.WrongKindOfValue, node, $"'{key}'", Duration.Expected, node.Description);
        return null;
    }

    public double? ReadLossThreshold(YamlNode node) =>
        (_options.ReadValue(OptionRule.Number("loss_threshold"), node) as ConfigurationValue.Number)?.Value;

    /// <summary>A number of trials, or a mapping with one.</summary>
    public EquatableArray<SettingConfiguration> ReadNoImprovement(YamlNode node)
    {
        const string Key = "no_improvement";
        if (node is not YamlMapping)
        {
            return _options.ReadValue(OptionRule.Integer(Key, 1), node) is { } count
                ? EquatableArray.Of(new SettingConfiguration(StoppingOptions.Trials, count))
                : default;
        }

        var entries = MappingEntries.Of(node, $"'{Key}'", session.Diagnostics);
        var options = _options.Read(entries, $"'{Key}'", StoppingOptions.NoImprovement);
        if (entries.All(entry => entry.Name != StoppingOptions.Trials))
        {
            session.Diagnostics.Report(
                ConfigurationDiagnostics.OptionConflict, node, $"'{Key}' needs the option '{StoppingOptions.Trials}'");
        }

        return options;
    }

    /// <summary>True or false, or a mapping of options; null for false and after a report.</summary>
    public EquatableArray<SettingConfiguration>? ReadTerminator(YamlNode node)
    {
        const string Key = "terminator";
        if (node is YamlMapping)
        {
            return _options.Read(MappingEntries.Of(node, $"'{Key}'", session.Diagnostics), $"'{Key}'", StoppingOptions.Terminator);
        }

        if (node is YamlScalar scalar && _scalars.ReadAs(scalar, ParameterKind.Bool) is ConfigurationValue.Bool wanted)
        {
            return wanted.Value ? EquatableArray.Of<SettingConfiguration>() : null;
        }

        session.Diagnostics.Report(
            ConfigurationDiagnostics.WrongKindOfValue, node, $"'{Key}'", "true or false, or a mapping of options", node.Description);
        return null;
    }

    public string? ReadDuplicates(YamlNode node) =>
        (_options.ReadValue(OptionRule.Word("duplicates", StoppingOptions.Duplicates), node) as ConfigurationValue.Text)?.Value;
}
