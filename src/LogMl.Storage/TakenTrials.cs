using System.Text.Json;
using LogMl.Optimization;
using LogMl.Shared;
using LogMl.Storage.Encoding;

namespace LogMl.Storage;

/// <summary>
/// What a new study takes over from another one: the finished trials that are points of its space, and points near the best of the others.
/// </summary>
internal sealed class TakenTrials
{
    /// <summary>The attribute of a study, and of each trial that was taken over, that says from where.</summary>
    public const string Key = "logml:from";

    /// <summary>The greatest number of points of other trials.</summary>
    private const int MaxPoints = 5;

    /// <summary>The points are of the best trials: this share of all that are complete, and at least as many as there are points.</summary>
    private const double BestShare = 0.2;

    /// <summary>The greatest number of new options that get a point.</summary>
    private const int MaxNewOptions = 10;

    private TakenTrials(string source, IReadOnlyList<TakenTrial> trials, IReadOnlyList<IReadOnlyDictionary<string, double>> points)
    {
        Source = source;
        Trials = trials;
        Points = points;
    }

    /// <summary>The name of the other study.</summary>
    public string Source { get; }

    /// <summary>The trials whose points are in the space, in the order of their numbers.</summary>
    public IReadOnlyList<TakenTrial> Trials { get; }

    /// <summary>
    /// Points to begin with: of the best trials that do not fit, as far from each other as possible, the best one first. They have the
    /// values that the space has too.
    /// </summary>
    public IReadOnlyList<IReadOnlyDictionary<string, double>> Points { get; }

    /// <summary>
    /// The options of choices that no trial has which is taken over, and no point of the others. Each gets a point to begin with. There
    /// are none when no trial is taken over: then the sampler begins with random points.
    /// </summary>
    public IReadOnlyList<NewOption> NewOptions { get; private init; } = [];

    /// <summary>The number of further such options, which are left to the sampler.</summary>
    public int FurtherNewOptions { get; private init; }

    /// <summary>The number of trials that do not fit.</summary>
    public int Others { get; private init; }

    /// <summary>The names of all parameters that the other study has searched.</summary>
    public IReadOnlyCollection<string> Searched { get; private init; } = [];

    /// <summary>The attributes of the other study: JSON by key.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; private init; } = new Dictionary<string, string>();

    /// <summary>What the new study keeps of this.</summary>
    public string Json => ReadableJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("study", Source);
        json.WriteNumber("trials", Trials.Count);
        json.WriteEndObject();
    });

    /// <summary>
    /// The study from which a study was begun, and the number of its trials that were taken over; null when there was none.
    /// </summary>
    public static (string Source, int Trials)? Of(IReadOnlyDictionary<string, string> attributes)
    {
        if (!attributes.TryGetValue(Key, out var text)
            || StoredAttributes.Read([new(Key, text)])[Key] is not { ValueKind: JsonValueKind.Object } json)
        {
            return null;
        }

        return json.TryGetProperty("study", out var study) && study.ValueKind == JsonValueKind.String
            && json.TryGetProperty("trials", out var trials) && trials.TryGetInt32(out var count)
            ? (study.GetString()!, count)
            : null;
    }

    /// <summary>Reads a study.</summary>
    /// <param name="storage">Its storage.</param>
    /// <param name="name">Its name.</param>
    /// <param name="space">The space of the new study.</param>
    /// <param name="given">The values of the parameters that the new study does not search, and the defaults of others.</param>
    /// <param name="constraintsOf">
    /// The values of the new study's constraints for a complete trial with its user attributes; null for those that are stored with it.
    /// </param>
    /// <exception cref="StorageException">There is no such study, or it has no space.</exception>
    public static TakenTrials Read(
        StudyStorage storage, string name, SearchSpace space, IReadOnlyDictionary<string, JsonElement> given,
        Func<TrialRecord, IReadOnlyDictionary<string, string>, IReadOnlyList<double>>? constraintsOf = null)
    {
        var view = storage.ViewStudy(name);
        var notes = storage.ReadTrialAttributes(view.Id);
        var records = storage.ReadTrials(view.Id, -1, []).ToDictionary(record => record.Number);
        var parameters = SpaceParameters.Of(space);
        var fixedValues = new FixedValues(given, () => storage.ReadDistributions(view.Id));
        var mapping = new PointMapping(view.History.Parameters, parameters, fixedValues);
        var taken = new List<TakenTrial>();
        var copies = new List<StoredResult>();
        var feasible = new List<StoredResult>();
        var rest = new List<(int Number, Dictionary<string, double> Point)>();
        var others = 0;
        foreach (var trial in view.History.Trials.Where(trial => trial.State is TrialState.Complete or TrialState.Pruned))
        {
            var number = view.NumberOf(trial);
            var known = ReusedNotes.Of(number, notes);
            var constraints = trial.State != TrialState.Complete ? [] : constraintsOf?.Invoke(records[number], known) ?? trial.Constraints;
            var isFeasible = trial.State == TrialState.Complete && TrialView.ViolationOf(constraints) == 0;
            if (isFeasible)
            {
                feasible.Add(new StoredResult(number, number, view.LossesOf(trial.Objectives), trial.Values));
            }

            if (mapping.Map(trial, records[number].Fixed, out var point))
            {
                taken.Add(new TakenTrial(name, number, trial, records[number], constraints, point, known));
                if (trial.State == TrialState.Complete)
                {
                    copies.Add(new StoredResult(number, number, view.LossesOf(trial.Objectives), point)
                    {
                        Violation = TrialView.ViolationOf(constraints),
                    });
                }

                continue;
            }

            others++;
            if (isFeasible && point.Count > 0)
            {
                rest.Add((number, point));
            }
        }

        var best = Best(feasible, rest, parameters);
        var options = taken.Count == 0
            ? []
            : new NewOptions(parameters, Ranked(copies), given).Find([.. taken.Select(trial => trial.Point), .. best]);
        return new TakenTrials(name, taken, best)
        {
            NewOptions = [.. options.Take(MaxNewOptions)],
            FurtherNewOptions = Math.Max(0, options.Count - MaxNewOptions),
            Others = others,
            Searched =
            [
                .. view.History.Parameters.Select(parameter => parameter.Name),
                .. FixedValues.Read(view.Attributes.GetValueOrDefault(FixedValues.Key)).Keys,
            ],
            Attributes = view.Attributes,
        };
    }

    /// <summary>The points of results: of those with the smallest violation the best one, and then all others by their losses.</summary>
    private static IReadOnlyList<IReadOnlyDictionary<string, double>> Ranked(IReadOnlyList<StoredResult> results) =>
        ParetoFront.LeastViolating(results) is { } best
            ? [best.Values, .. results.Except([best]).OrderBy(result => result.Violation).ThenBy(result => result.Loss)
                .ThenBy(result => result.Number).Select(result => result.Values)]
            : [];

    private static List<IReadOnlyDictionary<string, double>> Best(
        List<StoredResult> feasible, List<(int Number, Dictionary<string, double> Point)> rest, IReadOnlyList<Parameter> parameters)
    {
        // Of several objectives, those of the front are the best.
        var front = ParetoFront.Of(feasible).Select(result => result.Number).ToHashSet();
        var ranked = feasible
            .OrderBy(result => result.Losses.Count == 1 ? result.Loss : front.Contains(result.Number) ? 0 : 1)
            .ThenBy(result => result.Number).Select(result => result.Number).ToArray();
        var good = ranked.Take(Math.Max(MaxPoints, (int)Math.Ceiling(BestShare * ranked.Length))).ToArray();
        var left = rest.Where(pair => good.Contains(pair.Number))
            .OrderBy(pair => Array.IndexOf(good, pair.Number)).Select(pair => pair.Point).ToList();
        var points = new List<IReadOnlyDictionary<string, double>>();
        while (left.Count > 0 && points.Count < MaxPoints)
        {
            // Of equally distant ones, the better one comes first.
            var next = points.Count == 0
                ? left[0]
                : left.MaxBy(point => points.Min(chosen => PointMapping.Distance(parameters, point, chosen)))!;
            left.Remove(next);
            if (points.Count == 0 || points.Min(chosen => PointMapping.Distance(parameters, next, chosen)) > 0)
            {
                points.Add(next);
            }
        }

        return points;
    }
}
