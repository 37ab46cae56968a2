using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>A branch as written: a name alone, or a mapping with one key, <c>{svm: {c: ...}}</c>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Key">Where it stands.</param>
/// <param name="Parameters">The parameters.</param>
internal sealed record BranchShape(string Name, YamlScalar Key, IReadOnlyList<MappingEntry> Parameters)
{
    /// <summary>Whether it is written in another shape, which is reported.</summary>
    public bool IsMeant { get; init; }

    /// <summary>Whether what is reported hides its parameters.</summary>
    public bool MissesParameters { get; init; }

    /// <summary>
    /// The branch that an option is. In another shape, which is reported, it may be several branches, or none that is known.
    /// </summary>
    public static IReadOnlyList<BranchShape> OfOption(YamlNode node, ReadSession session) => Of(node, session, null);

    /// <summary>The branch that a default or a point names; null after a report, when it is not known.</summary>
    /// <param name="node">The default.</param>
    /// <param name="session">The session.</param>
    /// <param name="names">The branches that there are.</param>
    public static BranchShape? OfValue(YamlNode node, ReadSession session, IReadOnlyList<string> names) =>
        Of(node, session, names) is [var first, ..] ? first : null;

    private static IReadOnlyList<BranchShape> Of(YamlNode node, ReadSession session, IReadOnlyList<string>? names)
    {
        if (node is YamlScalar name)
        {
            return [new BranchShape(name.Text, name, [])];
        }

        var entries = MappingEntries.Of(node, "An option", session.Diagnostics, isOfParameters: true);
        if (entries is [{ Value: YamlMapping or YamlScalar { IsNull: true } } only])
        {
            return [new BranchShape(only.Name, only.Key, ParametersIn(only, session.Diagnostics))];
        }

        // Without an entry, what the mapping has instead is reported, unless it is empty.
        if (entries.Count == 0 && node is not YamlMapping { Pairs.Count: 0 })
        {
            return [];
        }

        if (entries is [{ Value: var value }])
        {
            MappingEntries.ReportTag(value, session.Diagnostics);
        }

        var meant = MeantBranches.Of(node, entries, names, session.Diagnostics);
        if (!meant.IsNameAsValue || !session.HasNameAsValue)
        {
            session.Diagnostics.Report(ConfigurationDiagnostics.BranchShape, node, meant.Written, meant.Found);
        }

        session.HasNameAsValue |= meant.IsNameAsValue;
        return [.. meant.Branches.Select(branch => branch with { IsMeant = true })];
    }

    /// <summary>The parameters below the name of a branch.</summary>
    public static IReadOnlyList<MappingEntry> ParametersIn(MappingEntry branch, DiagnosticBag diagnostics) =>
        MappingEntries.Of(branch.Value, $"'{YamlScalar.Display(branch.Name)}'", diagnostics, isOfParameters: true);
}
