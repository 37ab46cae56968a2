using System.Text.Json;
using LogMl.Report.Reading;
using LogMl.Shared;
using LogMl.Storage;

namespace LogMl.Report.Model;

/// <summary>Makes the columns of the trials.</summary>
/// <param name="content">The study.</param>
/// <param name="context">What the caller knows.</param>
/// <param name="texts">Receives the texts.</param>
internal sealed class TrialTable(StudyContent content, ReportContext context, TextTable texts)
{
    private readonly IReadOnlyList<TrialRecord> _trials = content.Trials;
    private readonly TrialFacts _facts = new(content);

    /// <summary>The columns.</summary>
    /// <param name="parameters">The parameters.</param>
    public TrialColumns Columns(IReadOnlyList<ParameterModel> parameters)
    {
        var origin = _trials.Where(trial => trial.Started is not null).Select(trial => Milliseconds(trial.Started!.Value))
            .DefaultIfEmpty(context.Written.ToUnixTimeMilliseconds()).Min();
        return new TrialColumns
        {
            Number = Column(trial => trial.Number),
            State = string.Concat(_trials.Select(_facts.Letter)),
            Origin = origin,
            Start = Column<double?>(trial => trial.Started is { } started ? Milliseconds(started) - origin : null),
            Seconds = Column(trial => _facts.Times(trial).Seconds),
            Objectives = [.. content.Study.Directions.Select((_, k) => Column(trial => ObjectiveOf(trial, k)))],
            LastReport = Column(TrialFacts.LastReport) is { } last && Array.Exists(last, value => value is not null) ? last : null,
            Violation = content.HasConstraints
                ? Column<double?>(trial => trial.State == StoredState.Complete ? trial.Violation : null)
                : null,
            Values = Values(parameters),
            Metrics = Metrics(),
            Host = Text(trial => NoteReader.Text(_facts.Notes(trial), TrialNoteNames.Host)),
            Worker = Text(trial => NoteReader.Worker(_facts.Notes(trial))),
            Reason = Text(_facts.Reason),
            Step = Text(trial => NoteReader.Text(_facts.Notes(trial), TrialNoteNames.FailStep)),
            Stack = Text(trial => NoteReader.Text(_facts.Notes(trial), TrialNoteNames.FailStack)),
            Log = Text(trial => NoteReader.Text(_facts.Notes(trial), TrialNoteNames.FailOutput)),
            Attributes = Text(Attributes),
        };
    }

    private T[] Column<T>(Func<TrialRecord, T> value) => [.. _trials.Select(value)];

    private int[] Text(Func<TrialRecord, string?> text) => Column(trial => texts.Add(text(trial)));

    private static double? ObjectiveOf(TrialRecord trial, int k) =>
        TrialFacts.Objectives(trial) is { } values && k < values.Count ? values[k] : null;

    private static string? Attributes(TrialRecord trial) => trial.UserAttributes.Count == 0 ? null : ReadableJson.Write(json =>
    {
        json.WriteStartObject();
        foreach (var (name, value) in trial.UserAttributes)
        {
            json.WritePropertyName(name);
            try
            {
                json.WriteRawValue(value);
            }
            catch (JsonException)
            {
                // Python writes NaN, and people write anything.
                json.WriteStringValue(value);
            }
        }

        json.WriteEndObject();
    });

    private double?[][] Values(IReadOnlyList<ParameterModel> parameters)
    {
        var index = parameters.Select((parameter, i) => (parameter.Name, i))
            .ToDictionary(pair => pair.Name, pair => pair.i, StringComparer.Ordinal);
        var distributions = content.View?.History.Parameters.ToDictionary(
            parameter => parameter.Name, parameter => parameter.Distribution, StringComparer.Ordinal) ?? [];
        double?[][] columns = [.. parameters.Select(_ => new double?[_trials.Count])];
        for (var i = 0; i < _trials.Count; i++)
        {
            foreach (var (name, stored) in _trials[i].Parameters)
            {
                if (index.TryGetValue(name, out var column))
                {
                    // The exact value, where the stored one is of the space.
                    columns[column][i] = distributions.GetValueOrDefault(name)?.ValueOf(stored) ?? stored;
                }
            }
        }

        return columns;
    }

    private List<MetricColumn> Metrics()
    {
        var columns = new OrderedDictionary<string, double?[]>(StringComparer.Ordinal);
        for (var i = 0; i < _trials.Count; i++)
        {
            foreach (var (name, value) in NoteReader.Metrics(_facts.Notes(_trials[i])))
            {
                if (!columns.TryGetValue(name, out var column))
                {
                    columns.Add(name, column = new double?[_trials.Count]);
                }

                column[i] = value;
            }
        }

        return [.. columns.Select(column => new MetricColumn(column.Key, column.Value))];
    }

    private static long Milliseconds(DateTime time) =>
        new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)).ToUnixTimeMilliseconds();
}
