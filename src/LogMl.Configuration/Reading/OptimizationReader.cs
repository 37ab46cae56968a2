using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;
using LogMl.Shared;

namespace LogMl.Configuration.Reading;

/// <summary>Reads the section <c>hyper_parameter_optimization</c>, except the content of its <c>space</c>.</summary>
internal sealed class OptimizationReader(ReadSession session)
{
    public const string Section = "hyper_parameter_optimization";

    private readonly OptionsReader _options = new(session);
    private readonly AlgorithmReader _algorithm = new(session);
    private readonly PrunerReader _pruner = new(session);
    private readonly StoppingReader _stopping = new(session);
    private readonly GoalsReader _goals = new(session);

    /// <summary>
    /// The settings that the file has, and the nodes of <c>space</c> and <c>points_to_evaluate</c>; null when there is none.
    /// </summary>
    public (Dictionary<string, ConfigurationValue> Settings, YamlNode? Space, YamlNode? Points) Read(YamlNode node)
    {
        var settings = new Dictionary<string, ConfigurationValue>(StringComparer.Ordinal);
        YamlNode? space = null;
        YamlNode? points = null;
        var entries = MappingEntries.Of(node, $"'{Section}'", session.Diagnostics);
        foreach (var (written, key, value) in entries)
        {
            session.Mark($"{Section}.{written}", key);
            if ((IsKey(written) ? written : MeantBy(written, key, entries)) is not { } name)
            {
                continue;
            }

            if (name == SearchKeys.Space)
            {
                session.Mark(SearchKeys.Space, key);
                space = value;
            }
            else if (name == SearchKeys.Points)
            {
                points = value;
            }
            else
            {
                MappingEntries.ReportTag(value, session.Diagnostics);
                if (value is not YamlScalar { IsNull: true })
                {
                    ReadKey(name, value, settings);
                }
            }
        }

        _goals.RequireOneObjective(settings, entries);
        if (GoalsReader.ObjectiveOf(settings) is var (objective, isMaximized))
        {
            _pruner.RequireBounds(YamlScalar.Display(objective), isMaximized);
        }

        return (settings, space, points);
    }

    /// <summary>Takes the value of a key; what is wrong with it is reported, and changes nothing.</summary>
    private void ReadKey(string name, YamlNode node, Dictionary<string, ConfigurationValue> settings)
    {
        var value = name switch
        {
            SearchKeys.Algorithm => ReadAlgorithm(node, settings),
            SearchKeys.Pruner => _pruner.Read(name, node),
            SearchKeys.NoImprovement => _stopping.ReadNoImprovement(node),
            SearchKeys.Terminator => _stopping.ReadTerminator(node),
            SearchKeys.Objectives => _goals.ReadObjectives(node),
            SearchKeys.Constraints => _goals.ReadConstraints(node),
            _ => _options.ReadValue(SearchKeys.Find(name).Rule!, node),
        };
        if (value is not null)
        {
            settings[name] = value;
        }
    }

    private ConfigurationValue? ReadAlgorithm(YamlNode node, Dictionary<string, ConfigurationValue> settings)
    {
        var (name, options) = _algorithm.Read(node);
        if (!options.IsEmpty)
        {
            settings[SearchKeys.AlgorithmOptions] = new ConfigurationValue.Mapping(options);
        }

        return name is null ? null : new ConfigurationValue.Text(name);
    }

    public static bool IsKey(string name) => SearchKeys.Names.Contains(name);

    /// <summary>
    /// Reports an unknown key, and returns the key that was probably meant. Null when there is no such guess, or when the section has that
    /// key too.
    /// </summary>
    private string? MeantBy(string name, YamlScalar key, IReadOnlyList<MappingEntry> entries)
    {
        var synonym = ForeignKeys.SynonymOf(name);
        var advice = (synonym is null ? ForeignKeys.AdviceFor(name) : $"write '{synonym}'") is { } words
            ? "; " + words
            : session.Diagnostics.Choices(name, SearchKeys.Names);
        var meant = synonym ?? session.Diagnostics.Nearest(name, SearchKeys.Names);
        session.Diagnostics.Report(ConfigurationDiagnostics.UnknownOptimizationKey, key, YamlScalar.Display(name), advice);
        return entries.Any(entry => entry.Name == meant) ? null : meant;
    }
}
