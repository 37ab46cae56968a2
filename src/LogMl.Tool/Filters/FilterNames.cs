using LogMl.Shared;
using LogMl.Shared.Spaces;
using LogMl.Tool.Studies;

namespace LogMl.Tool.Filters;

/// <summary>
/// What the names in an expression mean. A parameter may be called by an end of its name, and a score without its prefix, where that is
/// clear.
/// </summary>
internal sealed class FilterNames
{
    /// <summary>The name of the state.</summary>
    public const string State = "state";

    /// <summary>The name of the last value that a pruned trial has reported.</summary>
    public const string LastReport = "last_report";

    private readonly OrderedDictionary<string, FilterName> _known = new(StringComparer.Ordinal);

    /// <summary>The names that may be called by an end of them.</summary>
    private readonly List<string> _long = [];

    /// <param name="study">The study.</param>
    public FilterNames(StudyData study)
    {
        Add("number", trial => FilterValue.Of(trial.Number));
        Add("trial", trial => FilterValue.Of(trial.Number));
        Add(State, trial => FilterValue.Of(trial.State), TrialWords.All);
        Add("seconds", trial => FilterValue.Of(trial.Seconds));
        Add("host", trial => FilterValue.Of(trial.Host));
        Add("reason", trial => FilterValue.Of(trial.Reason));
        Add("violation", trial => FilterValue.Of(trial.Violation));
        Add("rank", trial => FilterValue.Of(trial.Rank));
        Add(LastReport, trial => FilterValue.Of(trial.LastReport));
        _long.AddRange(study.Parameters.Select(parameter => parameter.Name));
        var metrics = study.Trials.SelectMany(trial => trial.Scores.Keys).Distinct(StringComparer.Ordinal);
        foreach (var metric in metrics.Where(name => study.Objectives.All(objective => objective.Name != name)))
        {
            _long.Add(StoredNames.MetricPrefix + metric);
            Add(StoredNames.MetricPrefix + metric, trial => FilterValue.Of(trial.Scores.TryGetValue(metric, out var score) ? score : null));
        }

        foreach (var parameter in study.Parameters)
        {
            Add(
                parameter.Name, trial => ValueOf(parameter, trial),
                parameter.Options.Count == 0 ? null : [.. parameter.Options.Select((_, option) => parameter.Text(option))]);
        }

        for (var k = 0; k < study.Objectives.Count; k++)
        {
            var index = k;
            Add(study.Objectives[k].Name, trial => FilterValue.Of(index < trial.Objectives.Count ? trial.Objectives[index] : null));
        }

        if (study.Objectives is [var only])
        {
            _known[ObjectiveWords.Loss] = _known[only.Name];
        }
    }

    /// <summary>What a name means; null when it is none, or when it is not clear which.</summary>
    public FilterName? Find(string name) => _known.TryGetValue(name, out var known) ? known
        : Ends(name) is [var only] ? _known[only]
        : null;

    /// <summary>The error for a name that is none.</summary>
    public FormatException Unknown(string name) => Ends(name) is { Count: > 1 } several
        ? new FormatException($"'{name}' is not clear. It is {string.Join(" or ", several.Select(full => $"'{full}'"))}.")
        : new FormatException($"There is no '{name}'{(Nearest(name) is { } meant ? $"; did you mean '{meant}'?" : ".")}");

    /// <summary>The name that a mistyped one was probably meant to be: a whole name, or one whose end is similar. Null for none.</summary>
    private string? Nearest(string name)
    {
        if (NearestName.Find(name, _known.Keys) is { } meant)
        {
            return meant;
        }

        var ends = _long.Select(full => (full, end: full[(full.LastIndexOf('.') + 1)..])).ToList();
        return NearestName.Find(name, ends.Select(pair => pair.end)) is { } end ? ends.Find(pair => pair.end == end).full : null;
    }

    private List<string> Ends(string name) => _long.FindAll(full => full.EndsWith("." + name, StringComparison.Ordinal));

    private void Add(string name, Func<TrialData, FilterValue?> get, IReadOnlyList<string>? values = null) =>
        _known[name] = new FilterName(name, get) { Values = values };

    private static FilterValue? ValueOf(SpaceParameter parameter, TrialData trial) =>
        !trial.Values.TryGetValue(parameter.Name, out var value) ? null
        : parameter.Option(value) is null ? FilterValue.Of(value)
        : FilterValue.Of(parameter.Text(value));
}
