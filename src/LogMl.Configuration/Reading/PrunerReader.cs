using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;
using LogMl.Shared;

namespace LogMl.Configuration.Reading;

/// <summary>Reads <c>pruner</c>: a name, or a mapping with a name and options.</summary>
internal sealed class PrunerReader(ReadSession session)
{
    private readonly OptionsReader _options = new(session);

    /// <summary>Each fold_bound that was read: its place, and whether it has the one and the other bound.</summary>
    private readonly List<(YamlNode Place, bool HasLower, bool HasUpper)> _foldBounds = [];

    /// <summary>The pruner, a mapping of its name, its options and perhaps the wrapped one; null after a report.</summary>
    /// <param name="key">pruner, or wrapped.</param>
    /// <param name="node">Its value.</param>
    public ConfigurationValue? Read(string key, YamlNode node)
    {
        MappingEntries.ReportTag(node, session.Diagnostics);
        switch (node)
        {
            case YamlScalar scalar:
                return ReadName(scalar) is { } known ? WithOptions(known, [], node) : null;
            case YamlMapping:
                var entries = MappingEntries.Of(node, $"'{key}'", session.Diagnostics);
                return _options.NameOf(entries, node, key) is { } nameNode && ReadName(nameNode) is { } name
                    ? WithOptions(name, entries, nameNode)
                    : null;
            default:
                session.Diagnostics.Report(
                    ConfigurationDiagnostics.WrongKindOfValue, node, $"'{key}'", "a name, or a mapping with a name and options",
                    node.Description);
                return null;
        }
    }

    /// <summary>Requires the bound of the side on which the values of the objective are better.</summary>
    /// <param name="objective">The one objective, as it is displayed.</param>
    /// <param name="isMaximized">Its direction.</param>
    public void RequireBounds(string objective, bool isMaximized)
    {
        foreach (var (place, hasLower, hasUpper) in _foldBounds)
        {
            if (!(isMaximized ? hasUpper : hasLower))
            {
                session.Diagnostics.Report(ConfigurationDiagnostics.OptionConflict, place, isMaximized
                    ? $"'fold_bound' needs the option 'upper_bound', a value that no fold's {objective} is above, because {objective} is "
                        + "maximized"
                    : $"'fold_bound' needs the option 'lower_bound', a value that no fold's {objective} is below, because {objective} is "
                        + "minimized");
            }
        }
    }

    private string? ReadName(YamlNode node)
    {
        if (node is not YamlScalar { Text: var name })
        {
            session.Diagnostics.Report(ConfigurationDiagnostics.WrongKindOfValue, node, "The name of a pruner", "a name", node.Description);
            return null;
        }

        if (PrunerOptions.Names.Contains(name))
        {
            return name;
        }

        session.Diagnostics.Report(
            ConfigurationDiagnostics.UnknownPruner, node, YamlScalar.Display(name), session.Diagnostics.Choices(name, PrunerOptions.Names));
        return null;
    }

    private ConfigurationValue.Mapping WithOptions(string name, IReadOnlyList<MappingEntry> entries, YamlNode place)
    {
        string[] others = name == PrunerOptions.Patient ? [PrunerOptions.Wrapped] : [];
        var options = _options.Read(entries, $"the pruner '{name}'", PrunerOptions.Of(name), others);
        ConfigurationValue? wrapped = null;
        foreach (var entry in entries.Where(entry => others.Contains(entry.Name) && entry.Value is not YamlScalar { IsNull: true }))
        {
            // The recursion is as deep as the mappings in the file, which is limited.
            wrapped = Read(PrunerOptions.Wrapped, entry.Value);
        }

        // A refused option counts as set here, so that one mistake is one error.
        double? Value(string option) =>
            OptionsReader.NumberOf(options, option) ?? (entries.Any(entry => entry.Name == option) ? double.NaN : null);
        if (PrunerOptions.Conflict(name, Value) is { } conflict)
        {
            session.Diagnostics.Report(ConfigurationDiagnostics.OptionConflict, place, conflict);
        }
        else if (name == PrunerOptions.FoldBound)
        {
            _foldBounds.Add((place, Value(PrunerOptions.LowerBound) is not null, Value(PrunerOptions.UpperBound) is not null));
        }

        var parts = new List<SettingConfiguration>
        {
            new(OptionsReader.Name, new ConfigurationValue.Text(name)), new("options", new ConfigurationValue.Mapping(options)),
        };
        if (wrapped is not null)
        {
            parts.Add(new SettingConfiguration(PrunerOptions.Wrapped, wrapped));
        }

        return new ConfigurationValue.Mapping(parts.ToEquatableArray());
    }
}
