using LogMl.Shared;
using LogMl.Shared.Spaces;
using LogMl.Tool.Studies;

namespace LogMl.Tool.Filters;

/// <summary>What the names in an expression mean. A parameter may be called by an end of its name that no other one has.</summary>
internal sealed class FilterNames
{
    private readonly OrderedDictionary<string, Func<TrialData, FilterValue?>> _known = new(StringComparer.Ordinal)
    {
        ["number"] = trial => FilterValue.Of(trial.Number),
        ["trial"] = trial => FilterValue.Of(trial.Number),
        ["state"] = trial => FilterValue.Of(trial.State),
        ["seconds"] = trial => FilterValue.Of(trial.Seconds),
        ["host"] = trial => FilterValue.Of(trial.Host),
        ["reason"] = trial => FilterValue.Of(trial.Reason),
        ["violation"] = trial => FilterValue.Of(trial.Violation),
        ["rank"] = trial => FilterValue.Of(trial.Rank),
    };

    private readonly IReadOnlyList<SpaceParameter> _parameters;

    /// <param name="study">The study.</param>
    public FilterNames(StudyData study)
    {
        _parameters = study.Parameters;
        var metrics = study.Trials.SelectMany(trial => trial.Scores.Keys).Distinct(StringComparer.Ordinal);
        foreach (var metric in metrics.Where(name => study.Objectives.All(objective => objective.Name != name)))
        {
            _known[StoredNames.MetricPrefix + metric] = trial =>
                FilterValue.Of(trial.Scores.TryGetValue(metric, out var score) ? score : null);
        }

        foreach (var parameter in _parameters)
        {
            _known[parameter.Name] = trial => ValueOf(parameter, trial);
        }

        for (var k = 0; k < study.Objectives.Count; k++)
        {
            var index = k;
            _known[study.Objectives[k].Name] = trial =>
                FilterValue.Of(index < trial.Objectives.Count ? trial.Objectives[index] : null);
        }

        if (study.Objectives is [var only])
        {
            _known[ObjectiveWords.Loss] = _known[only.Name];
        }
    }

    /// <summary>What a name means; null when it is none.</summary>
    public Func<TrialData, FilterValue?>? Find(string name)
    {
        if (_known.TryGetValue(name, out var known))
        {
            return known;
        }

        return _parameters.Where(parameter => parameter.Name.EndsWith("." + name, StringComparison.Ordinal)).ToList() is [var only]
            ? _known[only.Name]
            : null;
    }

    /// <summary>The name that a mistyped one was probably meant to be; null for none.</summary>
    public string? Nearest(string name) => NearestName.Find(name, _known.Keys);

    private static FilterValue? ValueOf(SpaceParameter parameter, TrialData trial) =>
        !trial.Values.TryGetValue(parameter.Name, out var value) ? null
        : parameter.Option(value) is null ? FilterValue.Of(value)
        : FilterValue.Of(parameter.Text(value));
}
