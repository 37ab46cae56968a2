using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>A branch as written: a name alone, or a mapping with one key, <c>{svm: {c: ...}}</c>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Key">Where it stands.</param>
/// <param name="Parameters">The parameters.</param>
internal sealed record BranchShape(string Name, YamlScalar Key, IReadOnlyList<MappingEntry> Parameters)
{
    private const int MaxShown = 4;

    /// <summary>The keys that name a branch in hyperopt's examples.</summary>
    private static readonly string[] NamingKeys = ["type", "name", "kind", "model", "ktype"];

    /// <summary>The branch that a mapping or a text is; null after a report.</summary>
    public static BranchShape? Of(YamlNode node, DiagnosticBag diagnostics)
    {
        if (node is YamlScalar name)
        {
            return new BranchShape(name.Text, name, []);
        }

        var entries = MappingEntries.Of(node, "An option", diagnostics, isOfParameters: true);
        if (entries.Count != 1)
        {
            // Without an entry, what the mapping has instead is reported, unless it is empty.
            if (entries.Count > 0 || node is YamlMapping { Pairs.Count: 0 })
            {
                Report(node, entries, $"a mapping with {entries.Count} keys", diagnostics);
            }

            return null;
        }

        var (key, value) = (entries[0].Key, entries[0].Value);
        if (value is YamlMapping or YamlScalar { IsNull: true })
        {
            return new BranchShape(key.Text, key, MappingEntries.Of(value, $"'{YamlScalar.Display(key.Text)}'", diagnostics, true));
        }

        MappingEntries.ReportTag(value, diagnostics);
        Report(node, entries, $"{value.Description} below '{YamlScalar.Display(key.Text)}'", diagnostics);
        return null;
    }

    private static void Report(YamlNode node, IReadOnlyList<MappingEntry> entries, string found, DiagnosticBag diagnostics) =>
        diagnostics.Report(ConfigurationDiagnostics.BranchShape, node, Meant(node, entries), found);

    /// <summary>The right shape of what was written.</summary>
    private static string Meant(YamlNode node, IReadOnlyList<MappingEntry> entries)
    {
        if (entries.Count == 0)
        {
            return "'{<name>: {<parameter>: ...}}'";
        }

        if (entries.Count == 1 && MeantDistribution.OfSpace(node) is { } distribution)
        {
            return $"'{distribution.Written}' for a distribution, and '{{<name>: {{<parameter>: ...}}}}' for a branch";
        }

        // In block style, parameters that are not indented stand beside their branch.
        if (entries.Count > 1 && entries[0].Value is YamlScalar { IsNull: true })
        {
            return $"{Written(entries[0].Name, entries.Skip(1))}, with the parameters indented below '{Shown(entries[0].Name)}:'";
        }

        var named = entries.Where(entry => entry.Value is YamlScalar { IsNull: false } value && EnumMembers.IsName(value.Text)).ToList();
        var naming = named.Find(entry => NamingKeys.Contains(entry.Name)) is { Key: not null } known ? known : named.FirstOrDefault();
        return naming.Key is null
            ? Written("<name>", entries)
            : Written(((YamlScalar)naming.Value).Text, entries.Where(entry => entry.Key != naming.Key));
    }

    private static string Written(string name, IEnumerable<MappingEntry> parameters)
    {
        var names = parameters.Select(parameter => Shown(parameter.Name) + ": ...").ToList();
        var shown = string.Join(", ", names.Take(MaxShown)) + (names.Count > MaxShown ? ", ..." : "");
        return names.Count == 0 ? $"'{Shown(name)}'" : $"'{{{Shown(name)}: {{{shown}}}}}'";
    }

    private static string Shown(string text) => YamlScalar.Display(text);
}
