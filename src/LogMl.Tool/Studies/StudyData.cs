using System.Text.Json;
using LogMl.Optimization;
using LogMl.Report.Model;
using LogMl.Report.Reading;
using LogMl.Shared;
using LogMl.Shared.Spaces;
using LogMl.Storage;
using LogMl.Storage.Encoding;

namespace LogMl.Tool.Studies;

/// <summary>A study as the tool shows it. The study may be another program's, and may have no space that all its trials share.</summary>
internal sealed class StudyData
{
    /// <summary>Each level of branches takes four levels of JSON.</summary>
    private const int MaxDepth = 4000;

    private StudyData(StudyContent content)
    {
        Content = content;
        Objectives = content.Objectives;
        var integers = content.Distributions.Where(pair => pair.Distribution.Kind == StoredKind.Int).Select(pair => pair.Name)
            .Concat(content.Functions.Integers).ToHashSet(StringComparer.Ordinal);
        TopParameters = content.Space is { } space ? OfSpace(space, integers) : OfTrials(content.Distributions, new HashSet<string>());
        SpaceParameter[] searched = [.. TopParameters.SelectMany(parameter => parameter.WithBranches)];
        var names = searched.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        Parameters = [.. searched, .. OfTrials(content.Distributions, names)];
        Trials = ReadTrials();
    }

    /// <summary>What is stored.</summary>
    public StudyContent Content { get; }

    /// <summary>The name.</summary>
    public string Name => Content.Study.Name;

    /// <summary>The objectives with their names.</summary>
    public IReadOnlyList<StudyObjective> Objectives { get; }

    /// <summary>The parameters of the space outside of branches; without a space those of all trials.</summary>
    public IReadOnlyList<SpaceParameter> TopParameters { get; }

    /// <summary>All parameters: those of the space with its branches, then those that only other trials have.</summary>
    public IReadOnlyList<SpaceParameter> Parameters { get; }

    /// <summary>The metrics that the constraints bound; none where they are not known.</summary>
    public IReadOnlyList<string> ConstrainedMetrics => StoredConstraints.MetricsOf(Content.Study.Attributes);

    /// <summary>All trials in the order of their numbers.</summary>
    public IReadOnlyList<TrialData> Trials { get; }

    /// <summary>
    /// The best trial; with several objectives the one of the front that is nearest to the ideal. Null while there is none.
    /// </summary>
    public TrialData? Best => Content.Best is { } best ? Trials.First(trial => trial.Number == best.Number) : null;

    /// <summary>The trials that no other one beats; with one objective the best alone.</summary>
    public IReadOnlyList<TrialData> Front
    {
        get
        {
            var numbers = Content.Front.Select(result => result.Number).ToHashSet();
            return [.. Trials.Where(trial => numbers.Contains(trial.Number))];
        }
    }

    /// <summary>Reads a study.</summary>
    /// <exception cref="StorageException">There is no such study, or the storage cannot be used.</exception>
    public static StudyData Read(StudyStorage storage, string name) => new(StudyReader.Read(storage, name));

    /// <summary>The value of an objective in the sign in which lower is better.</summary>
    public double LossOf(TrialData trial, int objective = 0) =>
        Objectives[objective].Direction == Direction.Maximize ? -trial.Objectives[objective] : trial.Objectives[objective];

    private static IReadOnlyList<SpaceParameter> OfSpace(SearchSpace space, IReadOnlySet<string> integers)
    {
        using var document = JsonDocument.Parse(space.ToJson(), new JsonDocumentOptions { MaxDepth = MaxDepth });
        return SpaceParameter.Read(document.RootElement.GetProperty("params"), space, integers);
    }

    private static List<SpaceParameter> OfTrials(
        IEnumerable<(string Name, StoredDistribution Distribution)> distributions, IReadOnlySet<string> others) =>
    [
        .. distributions.Where(pair => !others.Contains(pair.Name)).GroupBy(pair => pair.Name, StringComparer.Ordinal)
            .Select(group => new SpaceParameter(
                group.Key,
                [.. group.Last().Distribution.Choices.Select(json => new SpaceOption(JsonElement.Parse(json), [], false))],
                group.Last().Distribution.Kind == StoredKind.Int)),
    ];

    private IReadOnlyList<TrialData> ReadTrials()
    {
        var facts = new TrialFacts(Content);
        var trials = Content.Trials.Select(trial => Read(trial, facts)).ToList();
        var ranks = trials.Where(trial => trial.State == TrialCsvRows.Complete).OrderBy(trial => LossOf(trial))
            .ThenBy(trial => trial.Number).Index().ToDictionary(pair => pair.Item.Number, pair => pair.Index + 1);
        return [.. trials.Select(trial => ranks.TryGetValue(trial.Number, out var rank) ? trial with { Rank = rank } : trial)];
    }

    private TrialData Read(TrialRecord trial, TrialFacts facts)
    {
        var notes = facts.Notes(trial);
        var times = facts.Times(trial);
        var objectives = TrialFacts.Objectives(trial);

        // The metrics come first, because they have the order in which model_evaluate gives them.
        var scores = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, value) in NoteReader.Metrics(notes))
        {
            scores[name] = value;
        }

        foreach (var (objective, value) in Objectives.Zip(objectives))
        {
            scores[objective.Name] = value;
        }

        return new TrialData
        {
            Number = trial.Number,
            State = TrialWords.Of(facts.Letter(trial)),
            Values = Content.View?.ValuesOf(trial) ?? trial.Parameters.ToDictionary(StringComparer.Ordinal),
            Objectives = objectives,
            LastReport = TrialFacts.LastReport(trial),
            Scores = scores,
            Violation = trial.State == StoredState.Complete ? trial.Violation : null,
            Started = times.Started,
            Ended = times.Ended,
            Seconds = times.Seconds,
            Host = NoteReader.Text(notes, TrialNoteNames.Host),
            Worker = NoteReader.Worker(notes),
            FailStep = NoteReader.Text(notes, TrialNoteNames.FailStep),
            Reason = facts.Reason(trial),
            Stack = NoteReader.Text(notes, TrialNoteNames.FailStack),
            Output = NoteReader.Text(notes, TrialNoteNames.FailOutput),
            UserAttributes = StoredAttributes.Read(trial.UserAttributes),
            Reports = trial.Reports,
            Repeats = trial.RetryHistory,
            Enqueued = trial.State == StoredState.Waiting ? trial.FixedParametersJson : null,
        };
    }
}
