using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;
using LogMl.Shared;

namespace LogMl.Configuration.Reading;

/// <summary>Reads the keys that end a search early and have options.</summary>
internal sealed class StoppingReader(ReadSession session)
{
    private readonly OptionsReader _options = new(session);
    private readonly ScalarReader _scalars = new(session.Diagnostics);

    /// <summary>A number of trials, or a mapping with one.</summary>
    public ConfigurationValue? ReadNoImprovement(YamlNode node)
    {
        const string Key = SearchKeys.NoImprovement;
        if (node is not YamlMapping)
        {
            return _options.ReadValue(OptionRule.Integer(Key, 1), node) is { } count
                ? new ConfigurationValue.Mapping(EquatableArray.Of(new SettingConfiguration(StoppingOptions.Trials, count)))
                : null;
        }

        var entries = MappingEntries.Of(node, $"'{Key}'", session.Diagnostics);
        var options = _options.Read(entries, $"'{Key}'", StoppingOptions.NoImprovement);
        if (entries.All(entry => entry.Name != StoppingOptions.Trials))
        {
            session.Diagnostics.Report(
                ConfigurationDiagnostics.OptionConflict, node, $"'{Key}' needs the option '{StoppingOptions.Trials}'");
        }

        return options.IsEmpty ? null : new ConfigurationValue.Mapping(options);
    }

    /// <summary>True or false, or a mapping of options; null for false and after a report.</summary>
    public ConfigurationValue? ReadTerminator(YamlNode node)
    {
        const string Key = SearchKeys.Terminator;
        if (node is YamlMapping)
        {
            var entries = MappingEntries.Of(node, $"'{Key}'", session.Diagnostics);
            return new ConfigurationValue.Mapping(_options.Read(entries, $"'{Key}'", StoppingOptions.Terminator));
        }

        if (node is YamlScalar scalar && _scalars.ReadAs(scalar, ParameterKind.Bool) is ConfigurationValue.Bool wanted)
        {
            return wanted.Value ? new ConfigurationValue.Mapping(default) : null;
        }

        session.Diagnostics.Report(
            ConfigurationDiagnostics.WrongKindOfValue, node, $"'{Key}'", "true or false, or a mapping of options", node.Description);
        return null;
    }
}
