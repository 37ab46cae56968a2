using System.Globalization;
using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;
using LogMl.Shared;

namespace LogMl.Configuration.Reading;

/// <summary>
/// Reads <c>objectives</c> and <c>constraints</c>: mappings from what model_evaluate gives to a direction, or to a bound. Whether it gives
/// them is checked where the methods are known.
/// </summary>
internal sealed class GoalsReader(ReadSession session)
{
    private const int MaxShown = 4;

    /// <summary>The objectives with their directions; null when there are none.</summary>
    public ConfigurationValue? ReadObjectives(YamlNode node) => Read(SearchKeys.Objectives, node, ObjectiveWords.Maximize, (name, value) =>
    {
        if (value is YamlScalar { Text: var text } && ObjectiveWords.Directions.Contains(text))
        {
            return text;
        }

        session.Diagnostics.Report(
            ConfigurationDiagnostics.NotADirection, value, value.Description, YamlScalar.Display(name),
            value is YamlScalar scalar ? session.Diagnostics.Suggest(scalar.Text, ObjectiveWords.Directions) : "");

        // It is an objective all the same, so that nothing else is reported because of this mistake.
        return ObjectiveWords.Minimize;
    });

    /// <summary>The constraints with their bounds, in the one form of those; null when there are none.</summary>
    public ConfigurationValue? ReadConstraints(YamlNode node) => Read(SearchKeys.Constraints, node, "'<= 1'", (name, value) =>
    {
        if (value is YamlScalar { Text: var text } && MetricBound.Read(text) is { } bound)
        {
            return bound.ToString();
        }

        var advice = value is YamlScalar scalar && MetricBound.MeantBy(scalar.Text) is { } meant
            ? $"write '{meant}', which a metric of exactly this value keeps"
            : "write " + MetricBound.Expected;
        session.Diagnostics.Report(
            ConfigurationDiagnostics.NotAConstraint, value, value.Description, YamlScalar.Display(name), advice);
        return null;
    });

    /// <summary>The one objective, and whether it is maximized: by default the loss, which is not; null when there are several.</summary>
    /// <param name="settings">The settings that were read.</param>
    public static (string Name, bool IsMaximized)? ObjectiveOf(IReadOnlyDictionary<string, ConfigurationValue> settings) =>
        !settings.TryGetValue(SearchKeys.Objectives, out var value) ? (ObjectiveWords.Loss, false)
        : value is ConfigurationValue.Mapping { Entries: [var only] }
            ? (only.Name, only.Value is ConfigurationValue.Text { Value: ObjectiveWords.Maximize })
        : null;

    /// <summary>Reports what takes one objective in a search that has several.</summary>
    /// <param name="settings">The settings that were read.</param>
    /// <param name="entries">The entries of the section.</param>
    public void RequireOneObjective(IReadOnlyDictionary<string, ConfigurationValue> settings, IReadOnlyList<MappingEntry> entries)
    {
        if (!settings.TryGetValue(SearchKeys.Objectives, out var value)
            || value is not ConfigurationValue.Mapping { Entries: { Count: > 1 } objectives })
        {
            return;
        }

        foreach (var (name, key, node) in entries)
        {
            if (settings.TryGetValue(name, out var setting) && TakesOne(name, setting) is var (what, advice))
            {
                session.Diagnostics.Report(
                    ConfigurationDiagnostics.OneObjective, node is YamlScalar ? node : key,
                    objectives.Count.ToString(CultureInfo.InvariantCulture), what, advice);
            }
        }
    }

    private static (string What, string Advice)? TakesOne(string key, ConfigurationValue setting) => (key, setting) switch
    {
        (SearchKeys.Algorithm, ConfigurationValue.Text { Value: var name }) when !Algorithms.ForSeveralObjectives.Contains(name) =>
            ($"the algorithm '{name}'", "for several there are " + string.Join(", ", Algorithms.ForSeveralObjectives)),
        (SearchKeys.Pruner, ConfigurationValue.Mapping pruner)
            when pruner.Entries.Any(entry => entry.Value is ConfigurationValue.Text { Value: not PrunerOptions.None }) =>
            ("a pruner", "remove the pruner"),
        (SearchKeys.LossThreshold or SearchKeys.NoImprovement or SearchKeys.Terminator, _) =>
            ($"'{key}'", "remove it, so that the search ends with max_evals or timeout"),
        _ => null,
    };

    private ConfigurationValue.Mapping? Read(string key, YamlNode node, string example, Func<string, YamlNode, string?> read)
    {
        var goals = new List<SettingConfiguration>();
        var expected = $"a mapping such as {{ {string.Join(", ", NamesIn(node).Select(name => $"{name}: {example}"))} }}";
        foreach (var (name, place, value) in MappingEntries.Of(node, $"'{key}'", session.Diagnostics, expected: expected))
        {
            session.Mark($"{OptimizationReader.Section}.{key}.{name}", place);
            MappingEntries.ReportTag(value, session.Diagnostics);
            if (read(name, value) is { } text)
            {
                goals.Add(new SettingConfiguration(name, new ConfigurationValue.Text(text)));
            }
        }

        return goals.Count == 0 ? null : new ConfigurationValue.Mapping(goals.ToEquatableArray());
    }

    /// <summary>The names that a text or a list, which is no mapping, probably means; the loss when it has none.</summary>
    private static IEnumerable<string> NamesIn(YamlNode node)
    {
        var names = (node is YamlSequence list ? list.Items : [node])
            .Select(item => item is YamlMapping { Pairs: [{ Key: var key }, ..] } ? key : item)
            .OfType<YamlScalar>()
            .Where(scalar => EnumMembers.IsName(scalar.Text))
            .Select(scalar => scalar.Text)
            .Take(MaxShown)
            .ToList();
        return names.Count == 0 ? [ObjectiveWords.Loss] : names;
    }
}
