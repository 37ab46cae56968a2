using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;
using LogMl.Shared.Parameters;
using LogMl.Shared;

namespace LogMl.Configuration.Reading;

/// <summary>Reads <c>functions</c> and <c>space</c> together, because they have the same parameters.</summary>
internal sealed class StepsReader(ReadSession session)
{
    private const string Functions = "functions";

    /// <summary>Steps of Log(ML) that a workflow here does not have.</summary>
    private static readonly string[] UnusedSteps = ["dataset_transform"];

    private readonly ParameterReader _parameters = new(session);
    private readonly TypesReader _types = new(session);
    private readonly OptionsReader _options = new(session);
    private YamlNode? _misplacedSpace;

    public EquatableArray<StepConfiguration> Read(YamlNode? functions, YamlNode? space)
    {
        var functionsByStep = ReadSection(Functions, functions);
        session.IsIncomplete |= space is not null && _misplacedSpace is not null;
        var spaceByStep = ReadSection(SearchKeys.Space, space ?? _misplacedSpace);
        var types = _types.Read(EntriesOf(functionsByStep, TypesReader.Key));
        var steps = StepTable.Names
            .Where(step => functionsByStep.ContainsKey(step) || spaceByStep.ContainsKey(step))
            .Select(step => ReadStep(step, EntriesOf(functionsByStep, step), EntriesOf(spaceByStep, step), TypesOf(types, step)))
            .ToEquatableArray();
        foreach (var step in types.Keys)
        {
            ReportUnknownParameters(step, types[step], steps.FirstOrDefault(candidate => candidate.Name == step));
        }

        return steps;
    }

    private Dictionary<string, StepEntries> ReadSection(string section, YamlNode? node)
    {
        var steps = new Dictionary<string, StepEntries>(StringComparer.Ordinal);
        if (node is null)
        {
            return steps;
        }

        var entries = MappingEntries.Of(node, $"'{section}'", session.Diagnostics, isOfParameters: true);
        foreach (var (name, key, value) in entries)
        {
            var isTypes = name == TypesReader.Key && section == Functions;
            if ((isTypes ? name : StepTable.Canonical(name) ?? MeantBy(section, name, key, value, entries)) is not { } step)
            {
                continue;
            }

            if (steps.TryGetValue(step, out var first))
            {
                session.Diagnostics.Report(ConfigurationDiagnostics.DuplicateStep, key, first.WrittenName, name);
            }
            else
            {
                session.Mark($"{section}.{step}", key);
                steps.Add(step, new StepEntries(
                    name, MappingEntries.Of(value, $"'{section}.{name}'", session.Diagnostics, isOfParameters: true)));
            }
        }

        return steps;
    }

    /// <summary>
    /// Reports an unknown step. Returns the step that is read in its place; null when that is unknown, or is in the file too.
    /// </summary>
    private string? MeantBy(string section, string name, YamlScalar key, YamlNode value, IReadOnlyList<MappingEntry> entries)
    {
        if (UnusedSteps.Contains(name))
        {
            session.Diagnostics.Report(ConfigurationDiagnostics.UnusedSection, key, $"{section}.{name}");
            return null;
        }

        if (section == Functions && name is SearchKeys.Space or OptimizationReader.Section)
        {
            ReportMisplaced(name, key, value);
            return null;
        }

        var isParameter = ParameterNames.Split(name).Step is not null || value is YamlSequence or YamlScalar { IsNull: false };
        var meant = isParameter ? null : session.Diagnostics.Nearest(name, StepTable.Names);
        meant = entries.Any(entry => StepTable.Canonical(entry.Name) == meant) ? null : meant;
        session.Diagnostics.Report(
            ConfigurationDiagnostics.UnknownStep,
            key,
            YamlScalar.Display(name),
            isParameter
                ? Placement(name)
                : session.Diagnostics.Choices(name, section == Functions ? [.. StepTable.Names, TypesReader.Key] : StepTable.Names));
        session.IsIncomplete |= meant is null;
        return meant;
    }

    /// <summary>Reports a key below <c>functions</c> that belongs elsewhere. A space is read all the same.</summary>
    private void ReportMisplaced(string name, YamlScalar key, YamlNode value)
    {
        var isSpace = name == SearchKeys.Space && value is YamlMapping;
        var place = name == SearchKeys.Space ? $"into '{OptimizationReader.Section}'" : $"beside '{Functions}', and not below it";
        session.Diagnostics.Report(ConfigurationDiagnostics.UnknownStep, key, name, $"; it belongs {place}");
        session.IsIncomplete |= !isSpace;
        if (isSpace)
        {
            session.Mark(name, key);
            _misplacedSpace = value;
        }
    }

    /// <summary>The right form of a parameter in place of a step.</summary>
    private static string Placement(string name)
    {
        var (step, parameter) = ParameterNames.Split(name);
        return "; write a parameter below its step: " + ParameterNames.Nested(step ?? "<step>", parameter);
    }

    private StepConfiguration ReadStep(
        string step, IReadOnlyList<MappingEntry> functions, IReadOnlyList<MappingEntry> space,
        IReadOnlyDictionary<string, ParameterType?> types)
    {
        var enabled = true;
        var parameters = new List<ParameterConfiguration>();
        var misspelt = FindMisspelt(step, functions, space);
        var spaceByName = space.ToDictionary(
            entry => misspelt.TryGetValue(entry.Name, out var meant) ? meant : entry.Name, StringComparer.Ordinal);
        foreach (var entry in functions)
        {
            session.Cancellation.ThrowIfCancellationRequested();
            session.Mark($"functions.{step}.{entry.Name}", entry.Key);
            if (entry.Name == StepKeys.Enable)
            {
                enabled = ReadEnable(step, entry.Value);
            }
            else
            {
                Add(parameters, step, entry, spaceByName.TryGetValue(entry.Name, out var searched) ? searched : null, types);
            }
        }

        AddSpaceOnly(step, functions, space.Where(entry => !misspelt.ContainsKey(entry.Name)), types, parameters);
        return new StepConfiguration(step, enabled, parameters.ToEquatableArray());
    }

    private void AddSpaceOnly(
        string step,
        IReadOnlyList<MappingEntry> functions,
        IEnumerable<MappingEntry> space,
        IReadOnlyDictionary<string, ParameterType?> types,
        List<ParameterConfiguration> parameters)
    {
        var defaults = new HashSet<string>(functions.Select(entry => entry.Name), StringComparer.Ordinal);
        defaults.Remove(StepKeys.Enable);
        foreach (var entry in space)
        {
            session.Cancellation.ThrowIfCancellationRequested();
            session.Mark($"space.{step}.{entry.Name}", entry.Key);
            if (!defaults.Contains(entry.Name) && Add(parameters, step, null, entry, types))
            {
                session.Diagnostics.Report(
                    ConfigurationDiagnostics.ParameterWithoutDefault, entry.Key, YamlScalar.Display(entry.Name), step);
            }
        }
    }

    /// <summary>Adds a parameter. Returns false, after a report, when it cannot have its name.</summary>
    private bool Add(
        List<ParameterConfiguration> parameters, string step, MappingEntry? function, MappingEntry? searched,
        IReadOnlyDictionary<string, ParameterType?> types)
    {
        var (name, key, _) = function ?? searched!.Value;
        var place = ParameterPlace.Of(step, name);
        if (!session.Names.Take(place, key))
        {
            session.IsIncomplete = true;
            return false;
        }

        var parameter = _parameters.Read(place, function, searched, TypeOf(types, name));
        if (!session.Names.TakeTypes(place, parameter.Type, key))
        {
            session.IsIncomplete = true;
            return false;
        }

        session.IsIncomplete |= parameter.Type.IsIncomplete;
        parameters.Add(parameter);
        return true;
    }

    /// <summary>
    /// The names of <c>space</c> that are misspellings of a parameter of <c>functions</c>, which are reported, with the parameter that gets
    /// the distribution.
    /// </summary>
    private Dictionary<string, string> FindMisspelt(string step, IReadOnlyList<MappingEntry> functions, IReadOnlyList<MappingEntry> space)
    {
        var defaults = new HashSet<string>(functions.Select(entry => entry.Name), StringComparer.Ordinal);
        var unsearched = defaults.Except(space.Select(entry => entry.Name)).Where(name => name != StepKeys.Enable).ToList();
        var misspelt = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in space.Where(entry => !defaults.Contains(entry.Name)))
        {
            if (Misspelling.Find(entry.Name, unsearched, session.Diagnostics) is { } meant)
            {
                session.Mark($"space.{step}.{meant}", entry.Key);
                session.Diagnostics.Report(
                    ConfigurationDiagnostics.MisspeltParameter, entry.Key, YamlScalar.Display(entry.Name), step, meant);
                misspelt.Add(entry.Name, meant);
                unsearched.Remove(meant);
            }
        }

        return misspelt;
    }

    private bool ReadEnable(string step, YamlNode value)
    {
        MappingEntries.ReportTag(value, session.Diagnostics);
        var rule = OptionRule.Any($"functions.{step}.enable", OptionKind.Flag);
        return value is YamlScalar { IsNull: true } || _options.ReadValue(rule, value) is not ConfigurationValue.Bool { Value: false };
    }

    private void ReportUnknownParameters(string step, IReadOnlyList<DeclaredType> types, StepConfiguration? configuration)
    {
        var names = new HashSet<string>(
            configuration is null ? [] : configuration.Parameters.Select(parameter => parameter.Name), StringComparer.Ordinal);
        foreach (var type in types.Where(type => !names.Contains(type.Name)))
        {
            session.Diagnostics.Report(
                ConfigurationDiagnostics.TypeOfUnknownParameter,
                type.Key,
                YamlScalar.Display(type.Name),
                step,
                session.Diagnostics.Suggest(type.Name, names));
        }
    }

    private static Dictionary<string, ParameterType?> TypesOf(
        IReadOnlyDictionary<string, IReadOnlyList<DeclaredType>> types, string step) =>
        types.TryGetValue(step, out var declared)
            ? declared.ToDictionary(type => type.Name, type => type.Type, StringComparer.Ordinal)
            : [];

    private static ParameterType? TypeOf(IReadOnlyDictionary<string, ParameterType?> types, string name) =>
        types.TryGetValue(name, out var type) ? type : null;

    private static IReadOnlyList<MappingEntry> EntriesOf(Dictionary<string, StepEntries> steps, string step) =>
        steps.TryGetValue(step, out var found) ? found.Entries : [];

    /// <summary>The entries of a step, with its name in the file.</summary>
    private sealed record StepEntries(string WrittenName, IReadOnlyList<MappingEntry> Entries);
}
