using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>Reads the parameters of a branch, from the space and from a default that names the branch.</summary>
internal sealed class BranchParameters(ReadSession session, ParameterReader parameters)
{
    /// <param name="branch">The branch.</param>
    /// <param name="key">Where its name stands.</param>
    /// <param name="space">Its entries in the space; null when the choice is not searched.</param>
    /// <param name="functions">Its entries in the default; none when the default names another branch.</param>
    /// <param name="declared">Its declared type, or null.</param>
    /// <param name="missesParameters">Whether a mistake hides parameters, so that those of the default may be in the space.</param>
    public EquatableArray<ParameterConfiguration> Read(
        ParameterPlace branch, YamlScalar key, IReadOnlyList<MappingEntry>? space, IReadOnlyList<MappingEntry> functions,
        OptionType? declared, bool missesParameters)
    {
        var isIncomplete = session.IsBranchIncomplete;
        session.IsBranchIncomplete |= missesParameters || declared is { MissesParameters: true };
        var read = Read(branch, key, space, functions, declared);
        session.IsBranchIncomplete = isIncomplete;
        return read;
    }

    private EquatableArray<ParameterConfiguration> Read(
        ParameterPlace branch, YamlScalar key, IReadOnlyList<MappingEntry>? space, IReadOnlyList<MappingEntry> functions,
        OptionType? declared)
    {
        var defaults = functions.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        var read = new List<ParameterConfiguration>();
        foreach (var entry in space ?? [])
        {
            var isSet = defaults.TryGetValue(entry.Name, out var value);
            session.Mark(branch.Parameter(entry.Name).InSpace, entry.Key);
            Add(read, branch, isSet ? value : null, entry, declared);
        }

        var searched = new HashSet<string>((space ?? []).Select(entry => entry.Name), StringComparer.Ordinal);
        var unset = searched.Where(name => !defaults.ContainsKey(name)).ToList();
        foreach (var entry in functions)
        {
            session.Mark(branch.Parameter(entry.Name).InFunctions, entry.Key);
            if (!searched.Contains(entry.Name) && !IsMisspelt(branch, entry, unset, declared))
            {
                Add(read, branch, entry, null, declared);
            }
        }

        AddDeclared(read, branch, key, declared, space is not null);
        return read.ToEquatableArray();
    }

    private void Add(
        List<ParameterConfiguration> read, ParameterPlace branch, MappingEntry? function, MappingEntry? searched, OptionType? declared)
    {
        var (name, key, _) = searched ?? function!.Value;
        var place = branch.Parameter(name);
        if (!session.Names.Take(place, key))
        {
            session.IsIncomplete = true;
            return;
        }

        var type = declared?.Parameters.FirstOrDefault(parameter => parameter.Name == name)?.Type;
        if (declared is null or { MissesParameters: true } || type is not null)
        {
            read.Add(parameters.Read(place, function, searched, type));
            return;
        }

        session.Diagnostics.Report(
            ConfigurationDiagnostics.DeclaredTypeMismatch, key, branch.Shown, declared.Written,
            $"it has the parameter '{YamlScalar.Display(name)}'");
    }

    /// <summary>Reports a parameter that only the default has, when its name is probably that of another one.</summary>
    private bool IsMisspelt(ParameterPlace branch, MappingEntry entry, List<string> unset, OptionType? declared)
    {
        if (declared is null
            ? (Misspelling.FindNamesake(entry.Name, unset) ?? Misspelling.Find(entry.Name, unset, session.Diagnostics)) is null
            : declared.MissesParameters || declared.Parameters.Any(parameter => parameter.Name == entry.Name))
        {
            return false;
        }

        var candidates = declared is null ? unset : declared.Parameters.Select(parameter => parameter.Name).ToList();
        session.Diagnostics.Report(
            ConfigurationDiagnostics.UnknownBranch, entry.Key, YamlScalar.Display(entry.Name), $"a parameter of '{branch.Shown}'",
            declared is null
                ? session.Diagnostics.Suggest(entry.Name, candidates)
                : session.Diagnostics.Choices(entry.Name, candidates));
        return true;
    }

    /// <summary>
    /// Adds the parameters that are only declared, which are null. One that cannot be null needs a value: a branch that is searched or
    /// chosen would run with an arbitrary one.
    /// </summary>
    private void AddDeclared(
        List<ParameterConfiguration> read, ParameterPlace branch, YamlScalar key, OptionType? declared, bool isSearched)
    {
        var names = new HashSet<string>(read.Select(parameter => parameter.Name), StringComparer.Ordinal);
        foreach (var (name, type) in declared is null ? default : declared.Parameters)
        {
            if (names.Contains(name))
            {
                continue;
            }

            if (!type.IsNullable)
            {
                session.Diagnostics.Report(
                    ConfigurationDiagnostics.MissingBranchValue, key, branch.Parameter(name).Shown,
                    isSearched
                        ? "give it a distribution in the space, '[choice, [<value>]]' for a fixed value"
                        : $"write '{YamlScalar.Display(name)}: <value>' below '{YamlScalar.Display(branch.Name)}'");
            }

            read.Add(new ParameterConfiguration(name, type, type.IsNullable ? new ConfigurationValue.Null() : null, null));
        }
    }
}
