using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>
/// What was meant by an option that has not the shape of a branch: several branches in one mapping, parameters that are not indented below
/// their branch, or a name that is the value of a key, as in hyperopt's examples.
/// </summary>
/// <param name="Branches">The branches; empty when their names are unknown.</param>
/// <param name="Written">The right shape, for a message.</param>
/// <param name="Found">What stands there, for a message.</param>
internal sealed record MeantBranches(IReadOnlyList<BranchShape> Branches, string Written, string Found)
{
    private const int MaxShown = 4;

    /// <summary>The keys that name a branch in hyperopt's examples.</summary>
    private static readonly string[] NamingKeys = ["type", "name", "kind", "model", "ktype"];

    private static readonly string[] Counts = ["two", "three", "four"];

    /// <summary>Whether the name of the branch is the value of a key.</summary>
    public bool IsNameAsValue { get; init; }

    /// <param name="node">What stands there.</param>
    /// <param name="entries">Its entries.</param>
    /// <param name="names">The branches that there are, for a default; null for an option.</param>
    /// <param name="diagnostics">Receives what is wrong with the parameters of the branches.</param>
    public static MeantBranches Of(
        YamlNode node, IReadOnlyList<MappingEntry> entries, IReadOnlyList<string>? names, DiagnosticBag diagnostics)
    {
        var found = entries is [{ Value: var value } single]
            ? $"{value.Description} below '{Shown(single.Name)}'"
            : $"a mapping with {entries.Count} keys";
        if (entries.Count == 0)
        {
            return new MeantBranches([], "'{<name>: {<parameter>: ...}}'", found);
        }

        if (MeantDistribution.OfSpace(node) is { } distribution)
        {
            var forBranch = "'{<name>: {<parameter>: ...}}' for a branch";
            return new MeantBranches([], $"'{distribution.Written}' for a distribution, and {forBranch}", found);
        }

        if (Naming(entries) is { } naming)
        {
            var name = (YamlScalar)naming.Value;
            var parameters = entries.Where(entry => entry.Key != naming.Key).SelectMany(entry => entry.Value is YamlMapping
                ? BranchShape.ParametersIn(entry, diagnostics)
                : [entry]);
            var branch = new BranchShape(name.Text, name, [.. parameters]);
            return new MeantBranches(
                [branch],
                Text(branch) + ", and so for each option",
                $"the form of hyperopt, with the name as the value of '{Shown(naming.Name)}'") { IsNameAsValue = true };
        }

        if (entries is [{ Value: YamlSequence { Items.Count: > 0 } list } only] && list.Items.All(item => item is YamlMapping))
        {
            var branch = new BranchShape(only.Name, only.Key, WithoutRepeated(list.Items.SelectMany(
                item => MappingEntries.Of(item, "A parameter", diagnostics, isOfParameters: true))));
            return new MeantBranches([branch], Text(branch) + ", with the parameters in one mapping", found);
        }

        return entries is [{ Value: YamlScalar scalar } alone]
            ? OfScalar(alone, scalar, found)
            : OfGroups(entries, names, found, diagnostics);
    }

    /// <summary>A key with a text: a parameter without its branch, or a branch whose one parameter has no colon.</summary>
    private static MeantBranches OfScalar(MappingEntry entry, YamlScalar value, string found)
    {
        var name = Shown(entry.Name);
        var (written, text) = value.IsPlain && FlowSlips.KeyIn(value.Text) is var (parameter, _, missing)
            ? ($"'{{{name}: {{{Shown(parameter)}: ...}}}}'", $"'{Shown(value.Text)}' without {missing} below '{name}'")
            : ($"'{{<name>: {{{name}: ...}}}}'", found);
        return new MeantBranches([new BranchShape(entry.Name, entry.Key, []) { MissesParameters = true }], written, text);
    }

    /// <summary>
    /// Entries with a mapping, or with nothing, are branches. What follows one of them and is something else is a parameter of it.
    /// </summary>
    private static MeantBranches OfGroups(
        IReadOnlyList<MappingEntry> entries, IReadOnlyList<string>? names, string found, DiagnosticBag diagnostics)
    {
        // Where the first key has no value and another one is no branch, all others are its parameters.
        var isOneBranch = entries[0].Value is YamlScalar { IsNull: true }
            && (names is not null || entries.Skip(1).Any(entry => !MayBeBranch(entry)));
        var groups = new List<List<MappingEntry>>();
        foreach (var entry in entries)
        {
            var isBranch = MayBeBranch(entry)
                && (groups.Count == 0 || (names is null ? !isOneBranch : names.Contains(entry.Name)));
            if (isBranch)
            {
                groups.Add([entry]);
            }
            else if (groups.Count > 0)
            {
                groups[groups.Count - 1].Add(entry);
            }
        }

        if (groups.Count == 0)
        {
            return new MeantBranches([], Text("<name>", entries), found);
        }

        var branches = groups.ConvertAll(group => new BranchShape(
            group[0].Name, group[0].Key, WithoutRepeated(BranchShape.ParametersIn(group[0], diagnostics).Concat(group.Skip(1)))));
        return new MeantBranches(branches, TextOf(branches, groups, isValue: names is not null), found);
    }

    private static string TextOf(List<BranchShape> branches, List<List<MappingEntry>> groups, bool isValue)
    {
        if (branches.Count == 1)
        {
            var name = Shown(branches[0].Name);
            var what = groups[0][0].Value is YamlScalar ? "the parameters" : string.Join(", ", groups[0].Skip(1).Take(MaxShown)
                .Select(entry => $"'{Shown(entry.Name)}'"));
            return $"{Text(branches[0])}, with {what} indented below '{name}:'";
        }

        var texts = branches.ConvertAll(Text);
        if (isValue)
        {
            return $"one of them, such as {texts[0]}";
        }

        var count = branches.Count - 2 < Counts.Length ? Counts[branches.Count - 2] : "several";
        return $"{count} list items, " + string.Join(", ", texts.Take(MaxShown)) + (texts.Count > MaxShown ? ", ..." : "");
    }

    private static bool MayBeBranch(MappingEntry entry) => entry.Value is YamlMapping or YamlScalar { IsNull: true };

    /// <summary>The entry whose value is the name: of the usual key, or of any one when all others are distributions.</summary>
    private static MappingEntry? Naming(IReadOnlyList<MappingEntry> entries)
    {
        if (MayBeBranch(entries[0]) && entries.Count > 1)
        {
            return null;
        }

        var named = entries.Where(entry => entry.Value is YamlScalar { IsNull: false } value && EnumMembers.IsName(value.Text)).ToList();
        var naming = named.Find(entry => NamingKeys.Contains(entry.Name));
        if (naming.Key is not null)
        {
            return naming;
        }

        return named.Count == 1 && entries.Count > 1 && entries.Count(entry => entry.Value is YamlSequence) == entries.Count - 1
            ? named[0]
            : null;
    }

    private static IReadOnlyList<MappingEntry> WithoutRepeated(IEnumerable<MappingEntry> entries)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        return [.. entries.Where(entry => names.Add(entry.Name))];
    }

    private static string Text(BranchShape branch) => Text(branch.Name, branch.Parameters);

    private static string Text(string name, IEnumerable<MappingEntry> parameters)
    {
        var names = parameters.Select(parameter => Shown(parameter.Name) + ": ...").ToList();
        var shown = string.Join(", ", names.Take(MaxShown)) + (names.Count > MaxShown ? ", ..." : "");
        return names.Count == 0 ? $"'{Shown(name)}'" : $"'{{{Shown(name)}: {{{shown}}}}}'";
    }

    private static string Shown(string text) => YamlScalar.Display(text);
}
