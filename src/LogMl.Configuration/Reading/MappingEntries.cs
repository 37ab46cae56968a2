using System.Globalization;
using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>One key of a mapping with its value.</summary>
internal readonly record struct MappingEntry(string Name, YamlScalar Key, YamlNode Value);

/// <summary>Reads a node as a mapping: its keys are names, each once, merge keys resolved.</summary>
internal static class MappingEntries
{
    private const string MergeKey = "<<";

    /// <summary>The entries of a section; none when it is empty (null) or, reported, something else than a mapping.</summary>
    /// <param name="node">The section.</param>
    /// <param name="what">Its name in messages.</param>
    /// <param name="diagnostics">Receives the mistakes.</param>
    /// <param name="isOfParameters">Whether the values are defaults or distributions.</param>
    /// <param name="expected">What the section must be, for a message.</param>
    public static IReadOnlyList<MappingEntry> Of(
        YamlNode node, string what, DiagnosticBag diagnostics, bool isOfParameters = false, string expected = "a mapping of keys to values")
    {
        ReportTag(node, diagnostics);
        switch (node)
        {
            case YamlMapping mapping:
                return Resolve(mapping, diagnostics, isOfParameters);
            case YamlScalar { IsNull: true }:
                break;
            default:
                diagnostics.Report(ConfigurationDiagnostics.WrongKindOfValue, node, what, expected, node.Description);
                break;
        }

        return [];
    }

    /// <summary>
    /// Reports a custom tag of a node that is read, because the product has none; and a standard tag that its text does not fit.
    /// </summary>
    public static void ReportTag(YamlNode node, DiagnosticBag diagnostics)
    {
        if (node.CustomTag is { } tag)
        {
            diagnostics.Report(ConfigurationDiagnostics.UnsupportedTag, node.Start, node.End, tag);
        }
        else if (node is YamlScalar { TaggedKind: { } kind } scalar && !ScalarReader.Fits(scalar, kind))
        {
            diagnostics.Report(
                ConfigurationDiagnostics.WrongKindOfValue, node, "A value with this tag", CommonType.NameOf(kind),
                "'" + YamlScalar.Display(scalar.Text) + "'");
        }
    }

    private static List<MappingEntry> Resolve(YamlMapping mapping, DiagnosticBag diagnostics, bool isOfParameters)
    {
        var entries = new List<MappingEntry>();
        var own = new Dictionary<string, YamlScalar>(StringComparer.Ordinal);
        var merges = new List<YamlNode>();
        foreach (var (key, value) in FlowSlips.Repair(mapping.Pairs, isOfParameters, diagnostics))
        {
            if (key is not YamlScalar name || name.IsNull)
            {
                ReportTag(key, diagnostics);
                diagnostics.Report(ConfigurationDiagnostics.KeyKind, key, key.Description);
            }
            else if (name.IsPlain && name.Text == MergeKey)
            {
                merges.Add(value);
            }
            else if (own.TryGetValue(name.Text, out var first))
            {
                var line = diagnostics.LineOf(first.Start).ToString(CultureInfo.InvariantCulture);
                diagnostics.Report(ConfigurationDiagnostics.DuplicateKey, key, YamlScalar.Display(name.Text), line);
            }
            else
            {
                ReportTag(name, diagnostics);
                own.Add(name.Text, name);
                entries.Add(new MappingEntry(name.Text, name, value));
            }
        }

        Merge(merges, entries, diagnostics, isOfParameters);
        return entries;
    }

    /// <summary>Adds the entries of merge keys that the mapping itself does not have. An earlier merge wins over a later one.</summary>
    private static void Merge(List<YamlNode> merges, List<MappingEntry> entries, DiagnosticBag diagnostics, bool isOfParameters)
    {
        var known = new HashSet<string>(entries.Select(entry => entry.Name), StringComparer.Ordinal);
        foreach (var source in merges.SelectMany(merge => merge is YamlSequence list ? list.Items : [merge]))
        {
            if (source is not YamlMapping mapping)
            {
                diagnostics.Report(ConfigurationDiagnostics.MergeKind, source, source.Description);
                continue;
            }

            // The recursion is as deep as the mappings in the file, which is limited.
            entries.AddRange(Resolve(mapping, diagnostics, isOfParameters).Where(entry => known.Add(entry.Name)));
        }
    }
}
