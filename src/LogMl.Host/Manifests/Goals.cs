using System.Globalization;
using System.Text.Json;
using LogMl.Optimization;
using LogMl.Shared;
using LogMl.Storage;

namespace LogMl.Host.Manifests;

/// <summary>What a search looks for: the objectives, by default the loss alone, and the constraints.</summary>
/// <param name="Objectives">The objectives, at least one.</param>
/// <param name="Constraints">The constraints.</param>
internal sealed record Goals(IReadOnlyList<Objective> Objectives, IReadOnlyList<Constraint> Constraints)
{
    /// <summary>The goals of the settings.</summary>
    /// <param name="objectives">The directions of the objectives by name; null for the loss alone.</param>
    /// <param name="constraints">The bounds of the constraints by metric; null for none.</param>
    /// <exception cref="FormatException">A direction or a bound is invalid.</exception>
    public static Goals Of(JsonElement? objectives, JsonElement? constraints) => new(
        objectives is { } named
            ? [.. named.EnumerateObject().Select(objective => new Objective(objective.Name, DirectionOf(objective.Value.GetString()!)))]
            : [new Objective(ObjectiveWords.Loss, Direction.Minimize)],
        constraints is { } bounds
            ? [.. bounds.EnumerateObject().Select(bound => new Constraint(bound.Name, BoundOf(bound.Value.GetString()!)))]
            : []);

    /// <summary>The names of the objectives.</summary>
    public IReadOnlyList<string> Names => [.. Objectives.Select(objective => objective.Name)];

    /// <summary>The first objective with a noun: <c>loss</c>, <c>metric 'f1_score'</c>.</summary>
    public string First => What(Objectives[0].Name);

    /// <summary>The directions of the objectives.</summary>
    public IReadOnlyList<Direction> Directions => [.. Objectives.Select(objective => objective.Direction)];

    /// <summary>Whether only the loss is minimized, so that nothing needs to be said about it.</summary>
    public bool IsLossAlone => Objectives is [{ Name: ObjectiveWords.Loss, Direction: Direction.Minimize }];

    /// <summary>Whether there are several objectives.</summary>
    public bool AreSeveral => Objectives.Count > 1;

    /// <summary>The goals in words: <c>maximizes f1_score and minimizes model_bytes, where latency_ms &lt;= 20</c>.</summary>
    public string Words
    {
        get
        {
            var objectives = ObjectiveCompatibility.Describe(Directions, Names);
            return Constraints.Count == 0 ? objectives : $"{objectives}, where {ConstraintWords}";
        }
    }

    /// <summary>The constraints in words: <c>latency_ms &lt;= 20 and accuracy &gt;= 0.9</c>; empty for none.</summary>
    public string ConstraintWords => string.Join(" and ", Constraints);

    /// <summary>The result of a trial.</summary>
    /// <param name="scores">The scores of the validation part by name.</param>
    /// <param name="problem">Why there is no result; null when there is one.</param>
    /// <returns>The result; null when an objective is no finite number, or a metric of a constraint is no number.</returns>
    public TrialResult? ResultOf(IReadOnlyDictionary<string, double> scores, out string? problem)
    {
        problem = Objectives.Select(objective => ProblemOf(objective.Name, scores, mayBeInfinite: false))
            .Concat(Constraints.Select(constraint => ProblemOf(constraint.Metric, scores, mayBeInfinite: true)))
            .FirstOrDefault(found => found is not null);
        return problem is not null
            ? null
            : new TrialResult([.. Objectives.Select(objective => scores[objective.Name])]) { Constraints = ConstraintsOf(scores) };
    }

    /// <summary>The values of the constraints; NaN, which no trial keeps, for one whose metric is missing.</summary>
    /// <param name="scores">The scores of the validation part by name.</param>
    public IReadOnlyList<double> ConstraintsOf(IReadOnlyDictionary<string, double> scores) =>
    [
        .. Constraints.Select(constraint =>
            scores.TryGetValue(constraint.Metric, out var metric) ? constraint.Bound.Measure(metric) : double.NaN),
    ];

    /// <summary>The values of the objectives as model_evaluate gives them.</summary>
    /// <param name="losses">The values in the sign in which lower is better.</param>
    public IReadOnlyList<double> ValuesOf(IReadOnlyList<double> losses) =>
        [.. losses.Zip(Objectives, (loss, objective) => objective.Direction == Direction.Maximize ? -loss : loss)];

    /// <summary>The values of the objectives with their names, with all digits: <c>f1_score 0.9312345, model_bytes 1024</c>.</summary>
    /// <param name="values">The values as model_evaluate gives them.</param>
    public string Describe(IReadOnlyList<double> values) => Describe(values, value => value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>The values of the objectives with their names, with few digits: <c>f1_score 0.9312, model_bytes 1024</c>.</summary>
    /// <param name="values">The values as model_evaluate gives them.</param>
    public string DescribeBriefly(IReadOnlyList<double> values) => Describe(values, ShortNumber.Of);

    private string Describe(IReadOnlyList<double> values, Func<double, string> text) =>
        string.Join(", ", values.Zip(Objectives, (value, objective) => objective.Name + " " + text(value)));

    private static string? ProblemOf(string name, IReadOnlyDictionary<string, double> scores, bool mayBeInfinite)
    {
        if (!scores.TryGetValue(name, out var score))
        {
            return $"there is no number '{name}' for the validation part";
        }

        return double.IsNaN(score) ? $"the {What(name)} is NaN"
            : double.IsInfinity(score) && !mayBeInfinite ? $"the {What(name)} is infinite"
            : null;
    }

    private static string What(string name) => name == ObjectiveWords.Loss ? name : $"metric '{name}'";

    private static Direction DirectionOf(string word) => word switch
    {
        ObjectiveWords.Minimize => Direction.Minimize,
        ObjectiveWords.Maximize => Direction.Maximize,
        _ => throw new FormatException($"'{word}' is not a direction."),
    };

    private static MetricBound BoundOf(string text) =>
        MetricBound.Read(text) ?? throw new FormatException($"'{text}' is not the bound of a constraint.");
}

/// <summary>A score that the search minimizes or maximizes.</summary>
/// <param name="Name">Its name in the result of model_evaluate.</param>
/// <param name="Direction">Which values are better.</param>
internal sealed record Objective(string Name, Direction Direction);

/// <summary>A metric that must keep a bound.</summary>
/// <param name="Metric">Its name in the result of model_evaluate.</param>
/// <param name="Bound">The bound.</param>
internal sealed record Constraint(string Metric, MetricBound Bound)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Metric} {Bound}";
}
