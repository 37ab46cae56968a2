using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;
using LogMl.Shared;

namespace LogMl.Configuration.Reading;

/// <summary>Reads <c>algorithm</c>: a name, or a mapping with a name and options.</summary>
internal sealed class AlgorithmReader(ReadSession session)
{
    private readonly OptionsReader _options = new(session);

    /// <summary>The algorithm and its options, none of them after a report.</summary>
    public (string? Name, EquatableArray<SettingConfiguration> Options) Read(YamlNode node)
    {
        switch (node)
        {
            case YamlScalar scalar:
                return (ReadName(scalar), default);
            case YamlMapping:
                var entries = MappingEntries.Of(node, "'algorithm'", session.Diagnostics);
                return _options.NameOf(entries, node, SearchKeys.Algorithm) is { } nameNode && ReadName(nameNode) is { } name
                    ? WithOptions(name, entries)
                    : default;
            default:
                session.Diagnostics.Report(
                    ConfigurationDiagnostics.WrongKindOfValue,
                    node,
                    "'algorithm'",
                    "a name, or a mapping with a name and options",
                    node.Description);
                return default;
        }
    }

    private string? ReadName(YamlNode node)
    {
        if (node is not YamlScalar { Text: var name })
        {
            session.Diagnostics.Report(
                ConfigurationDiagnostics.WrongKindOfValue, node, "The name of an algorithm", "a name", node.Description);
            return null;
        }

        if (Algorithms.Names.Contains(name))
        {
            return name;
        }

        session.Diagnostics.Report(
            ConfigurationDiagnostics.UnknownAlgorithm, node, YamlScalar.Display(name), session.Diagnostics.Choices(name, Algorithms.Names));
        return null;
    }

    private (string Name, EquatableArray<SettingConfiguration> Options) WithOptions(string name, IReadOnlyList<MappingEntry> entries)
    {
        var owner = $"the algorithm '{name}'";
        string[] others = [];
        if (name == Algorithms.Tpe)
        {
            others = [Algorithms.Compatibility.Name];
            foreach (var entry in entries.Where(
                entry => entry.Name == Algorithms.Compatibility.Name && entry.Value is not YamlScalar { IsNull: true }))
            {
                name = _options.ReadValue(Algorithms.Compatibility, entry.Value) is null ? name : Algorithms.HyperoptTpe;
            }
        }

        return (name, _options.Read(entries, owner, Algorithms.OptionsOf(name), others));
    }
}
