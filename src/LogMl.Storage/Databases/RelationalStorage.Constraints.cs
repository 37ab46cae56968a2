using System.Globalization;
using System.Text.Json;

namespace LogMl.Storage.Databases;

/// <content>The constraints of trials, in the forms of Optuna.</content>
internal sealed partial class RelationalStorage
{
    internal override void SetConstraints(IReadOnlyDictionary<long, IReadOnlyList<double>> constraints)
    {
        const string Delete = "DELETE FROM trial_system_attributes WHERE trial_id = @trial "
            + "AND (\"key\" = 'constraints' OR \"key\" LIKE 'constraints:%')";
        _database.Execute(
            isDurable: true,
            [
                .. constraints.SelectMany(trial => (Statement[])
                [
                    new Statement(Delete, ("trial", trial.Key)),
                    .. trial.Value.Count == 0 ? [] : Constraints(trial.Key, "t.trial_id = @trial AND t.state = 'COMPLETE'", trial.Value),
                ]),
            ]);
    }

    /// <summary>
    /// Stores constraints in both of Optuna's forms: as one list, which Optuna up to version 4 and its browser-based viewers read, and one
    /// by one, as version 5 does.
    /// </summary>
    private static IEnumerable<Statement> Constraints(
        long trialId, string condition, IReadOnlyList<double> constraints, params (string Name, object? Value)[] parameters) =>
        ConstraintAttributes(constraints).Select(attribute => new Statement(
            $"INSERT INTO trial_system_attributes (trial_id, \"key\", value_json) SELECT t.trial_id, @key, @json FROM trials t "
            + $"WHERE {condition} ON CONFLICT (trial_id, \"key\") DO NOTHING",
            [.. parameters, ("trial", trialId), ("key", attribute.Key), ("json", attribute.Json)]));

    private static IEnumerable<(string Key, string Json)> ConstraintAttributes(IReadOnlyList<double> constraints)
    {
        // JSON has no infinity and no NaN.
        double[] finite = [.. constraints.Select(
            value => double.IsNaN(value) ? double.MaxValue : Math.Clamp(value, -double.MaxValue, double.MaxValue))];
        return finite.Select(
            (value, i) => (Key: string.Create(CultureInfo.InvariantCulture, $"constraints:{i}"), Json: JsonSerializer.Serialize(value)))
            .Prepend((Key: "constraints", Json: JsonSerializer.Serialize(finite)));
    }
}
