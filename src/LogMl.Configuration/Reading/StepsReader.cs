using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>Reads <c>functions</c> and <c>space</c> together: they speak of the same parameters.</summary>
internal sealed class StepsReader(ReadSession session)
{
    private const string Functions = "functions";

    /// <summary>A shorter name is near to every other short name by accident.</summary>
    private const int ShortestMisspelling = 4;

    /// <summary>Steps of Log(ML) that a workflow here does not have.</summary>
    private static readonly string[] UnusedSteps = ["dataset_transform"];

    private readonly ParameterReader _parameters = new(session);
    private readonly TypesReader _types = new(session);

    public EquatableArray<StepConfiguration> Read(YamlNode? functions, YamlNode? space)
    {
        var functionsByStep = ReadSection(Functions, functions);
        var spaceByStep = ReadSection("space", space);
        var types = _types.Read(EntriesOf(functionsByStep, TypesReader.Key));
        var steps = StepNames.All
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

        foreach (var (name, key, value) in MappingEntries.Of(node, $"'{section}'", session.Diagnostics))
        {
            var isTypes = name == TypesReader.Key && section == Functions;
            if ((isTypes ? name : StepNames.Canonical(name)) is not { } step)
            {
                ReportUnknownStep(section, name, key);
            }
            else if (steps.TryGetValue(step, out var first))
            {
                session.Diagnostics.Report(ConfigurationDiagnostics.DuplicateStep, key, first.WrittenName, name);
            }
            else
            {
                session.Mark($"{section}.{step}", key);
                steps.Add(step, new StepEntries(name, MappingEntries.Of(value, $"'{section}.{name}'", session.Diagnostics)));
            }
        }

        return steps;
    }

    private void ReportUnknownStep(string section, string name, YamlScalar key)
    {
        if (UnusedSteps.Contains(name))
        {
            session.Diagnostics.Report(ConfigurationDiagnostics.UnusedSection, key, $"{section}.{name}");
            return;
        }

        var suggestion = session.Diagnostics.Suggest(name, section == Functions ? StepNames.All.Append(TypesReader.Key) : StepNames.All);
        session.Diagnostics.Report(ConfigurationDiagnostics.UnknownStep, key, YamlScalar.Shown(name), suggestion);
    }

    private StepConfiguration ReadStep(
        string step, IReadOnlyList<MappingEntry> functions, IReadOnlyList<MappingEntry> space, IReadOnlyDictionary<string, ParameterType?> types)
    {
        var enabled = true;
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        var parameters = new List<ParameterConfiguration>();
        var spaceByName = space.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        foreach (var entry in functions)
        {
            session.Cancellation.ThrowIfCancellationRequested();
            session.Mark($"functions.{step}.{entry.Name}", entry.Key);
            if (entry.Name == ParameterNames.Enable)
            {
                enabled = ReadEnable(step, entry.Value);
            }
            else if (Accept(step, entry, properties))
            {
                var isSearched = spaceByName.TryGetValue(entry.Name, out var searched);
                var parameter = _parameters.Read(entry.Name, entry.Value, isSearched ? searched.Value : null, TypeOf(types, entry.Name));
                parameters.Add(parameter with { Description = CommentOf(entry) ?? (isSearched ? CommentOf(searched) : null) });
            }
        }

        AddSpaceOnly(step, functions, space, types, properties, parameters);
        return new StepConfiguration(step, enabled, parameters.ToEquatableArray());
    }

    private void AddSpaceOnly(
        string step,
        IReadOnlyList<MappingEntry> functions,
        IReadOnlyList<MappingEntry> space,
        IReadOnlyDictionary<string, ParameterType?> types,
        Dictionary<string, string> properties,
        List<ParameterConfiguration> parameters)
    {
        var defaults = new HashSet<string>(functions.Select(entry => entry.Name), StringComparer.Ordinal);
        defaults.Remove(ParameterNames.Enable);
        foreach (var entry in space)
        {
            session.Cancellation.ThrowIfCancellationRequested();
            session.Mark($"space.{step}.{entry.Name}", entry.Key);
            if (!defaults.Contains(entry.Name) && Accept(step, entry, properties))
            {
                ReportWithoutDefault(step, entry, defaults.Except(space.Select(other => other.Name)));
                parameters.Add(_parameters.Read(entry.Name, null, entry.Value, TypeOf(types, entry.Name)) with { Description = CommentOf(entry) });
            }
        }
    }

    private string? CommentOf(MappingEntry entry) => session.Comments.Of(entry.Key, entry.Value);

    private void ReportWithoutDefault(string step, MappingEntry entry, IEnumerable<string> unsearched)
    {
        var meant = entry.Name.Length < ShortestMisspelling ? null : session.Diagnostics.Nearest(entry.Name, unsearched);

        // layer_1 and layer_2 are neighbours, not a slip.
        if (meant is null || WithoutDigits(meant) == WithoutDigits(entry.Name))
        {
            session.Diagnostics.Report(ConfigurationDiagnostics.ParameterWithoutDefault, entry.Key, YamlScalar.Shown(entry.Name), step);
        }
        else
        {
            session.Diagnostics.Report(ConfigurationDiagnostics.MisspeltParameter, entry.Key, YamlScalar.Shown(entry.Name), step, meant);
        }
    }

    /// <summary>False, reported, when the name cannot be a property of its own.</summary>
    private bool Accept(string step, MappingEntry entry, Dictionary<string, string> properties)
    {
        if (ParameterNames.Problem(step, entry.Name) is { } problem)
        {
            session.Diagnostics.Report(ConfigurationDiagnostics.InvalidName, entry.Key, YamlScalar.Shown(entry.Name), problem);
            return false;
        }

        var property = CSharpNames.ToPascalCase(entry.Name)!;
        if (properties.TryGetValue(property, out var first))
        {
            session.Diagnostics.Report(
                ConfigurationDiagnostics.NameCollision, entry.Key, YamlScalar.Shown(first), YamlScalar.Shown(entry.Name), property);
            return false;
        }

        properties.Add(property, entry.Name);
        return true;
    }

    private bool ReadEnable(string step, YamlNode value)
    {
        MappingEntries.ReportTag(value, session.Diagnostics);
        return value is YamlScalar { IsNull: true }
            || (new OptimizationReader(session).ReadBool($"functions.{step}.enable", value) ?? true);
    }

    private void ReportUnknownParameters(string step, IReadOnlyList<DeclaredType> types, StepConfiguration? configuration)
    {
        var names = new HashSet<string>(configuration is null ? [] : configuration.Parameters.Select(parameter => parameter.Name), StringComparer.Ordinal);
        foreach (var type in types.Where(type => !names.Contains(type.Name)))
        {
            session.Diagnostics.Report(
                ConfigurationDiagnostics.TypeOfUnknownParameter,
                type.Key,
                YamlScalar.Shown(type.Name),
                step,
                session.Diagnostics.Suggest(type.Name, names));
        }
    }

    private static Dictionary<string, ParameterType?> TypesOf(IReadOnlyDictionary<string, IReadOnlyList<DeclaredType>> types, string step) =>
        types.TryGetValue(step, out var declared) ? declared.ToDictionary(type => type.Name, type => type.Type, StringComparer.Ordinal) : [];

    private static ParameterType? TypeOf(IReadOnlyDictionary<string, ParameterType?> types, string name) =>
        types.TryGetValue(name, out var type) ? type : null;

    private static string WithoutDigits(string name) => string.Concat(name.Where(c => !char.IsDigit(c)));

    private static IReadOnlyList<MappingEntry> EntriesOf(Dictionary<string, StepEntries> steps, string step) =>
        steps.TryGetValue(step, out var found) ? found.Entries : [];

    /// <summary>The entries of a step under the name that the file gave it.</summary>
    private sealed record StepEntries(string WrittenName, IReadOnlyList<MappingEntry> Entries);
}
