using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>
/// Reads <c>points_to_evaluate</c>: a list of mappings step -> parameter -> value. Each value must be in the space. A value of a choice
/// with branches has the shape of one branch; its parameters may also be given by their paths, <c>classifier.svm.c: 1.0</c>.
/// </summary>
internal sealed class PointsReader(ReadSession session)
{
    private readonly PointBranches _branches = new(session);

    /// <summary>
    /// The points: mappings of step.parameter to a value as a trial has it, a number or the index of an option. Null when there is none.
    /// </summary>
    public ConfigurationValue? Read(YamlNode node, EquatableArray<StepConfiguration> steps)
    {
        MappingEntries.ReportTag(node, session.Diagnostics);
        if (node is YamlSequence list)
        {
            var points = list.Items.Select(item => ReadPoint(item, steps)).ToEquatableArray();
            return points.IsEmpty ? null : new ConfigurationValue.List(points);
        }

        if (node is not YamlScalar { IsNull: true })
        {
            session.Diagnostics.Report(
                ConfigurationDiagnostics.WrongKindOfValue, node, "'points_to_evaluate'", "a list of mappings, step: {parameter: value}",
                node.Description);
        }

        return null;
    }

    private ConfigurationValue ReadPoint(YamlNode node, EquatableArray<StepConfiguration> steps)
    {
        var point = new PointValues(session.Diagnostics);
        foreach (var (name, key, value) in MappingEntries.Of(node, "A point", session.Diagnostics))
        {
            session.Cancellation.ThrowIfCancellationRequested();
            if (steps.FirstOrDefault(step => step.Name == StepTable.Canonical(name)) is { } step)
            {
                ReadStep(step, MappingEntries.Of(value, $"'{name}' of a point", session.Diagnostics), point);
            }
            else if (!session.IsIncomplete)
            {
                var searched = steps.Where(known => Searched(known).Any()).ToList();
                session.Diagnostics.Report(
                    ConfigurationDiagnostics.PointParameter,
                    key,
                    $"step '{YamlScalar.Display(name)}'",
                    Placement(name, searched) ?? session.Diagnostics.Choices(name, [.. searched.Select(known => known.Name)]));
            }
        }

        return new ConfigurationValue.Mapping(point.Values.ToEquatableArray());
    }

    private void ReadStep(StepConfiguration step, IReadOnlyList<MappingEntry> entries, PointValues point)
    {
        var searched = Searched(step).ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        foreach (var (name, key, value) in entries)
        {
            MappingEntries.ReportTag(value, session.Diagnostics);
            if (searched.TryGetValue(name, out var parameter))
            {
                _branches.Read(step.Name + "." + name, parameter.Distribution!, parameter.Type, value, point);
            }
            else if (!_branches.ReadPath(step, name, key, value, point) && !session.HasMistakeIn($"space.{step.Name}.{name}"))
            {
                session.Diagnostics.Report(
                    ConfigurationDiagnostics.PointParameter, key, $"parameter '{YamlScalar.Display(name)}' of step '{step.Name}'",
                    session.Diagnostics.Choices(name, searched.Keys.ToList()));
            }
        }
    }

    /// <summary>The right form of a parameter in place of a step; null when it is no parameter.</summary>
    private static string? Placement(string name, IEnumerable<StepConfiguration> searched)
    {
        var (step, parameter) = ParameterNames.Split(name);
        return searched.FirstOrDefault(known => (step is null || known.Name == step)
            && Searched(known).Any(other => other.Name == parameter)) is { } found
            ? $"; write {ParameterNames.Nested(found.Name, parameter)}"
            : null;
    }

    private static IEnumerable<ParameterConfiguration> Searched(StepConfiguration step) =>
        step.Parameters.Where(parameter => parameter.Distribution is not null);
}
