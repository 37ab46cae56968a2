using System.Globalization;

namespace LogMl.Storage.Databases;

/// <content>Adds trials that have ended to a study that begins with them.</content>
internal sealed partial class RelationalStorage
{
    private static IEnumerable<Statement> Finished(string study, int number, FinishedRecord trial)
    {
        const string Trial =
            "(SELECT t.trial_id FROM trials t JOIN studies s ON s.study_id = t.study_id WHERE s.study_name = @name AND t.number = @number)";
        yield return new Statement(
            "INSERT INTO trials (number, study_id, state, datetime_start, datetime_complete) VALUES (@number, "
            + "(SELECT study_id FROM studies WHERE study_name = @name), "
            + $"'{(trial.State == StoredState.Complete ? "COMPLETE" : "PRUNED")}', {Time(trial.Started)}, {Time(trial.Completed)})",
            ("name", study), ("number", number));
        foreach (var parameter in trial.Parameters)
        {
            yield return new Statement(
                $"INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) VALUES ({Trial}, @key, @value, @json)",
                ("name", study), ("number", number), ("key", parameter.Name), ("value", parameter.Value),
                ("json", parameter.DistributionJson));
        }

        for (var i = 0; i < trial.Values.Count; i++)
        {
            yield return new Statement(
                "INSERT INTO trial_values (trial_id, objective, value, value_type) "
                + $"VALUES ({Trial}, @objective, CAST(@value AS FLOAT(53)), '{ValueType(trial.Values[i])}')",
                ("name", study), ("number", number), ("objective", i), ("value", Finite(trial.Values[i])));
        }

        foreach (var (step, value) in trial.Reports)
        {
            yield return new Statement(
                "INSERT INTO trial_intermediate_values (trial_id, step, intermediate_value, intermediate_value_type) "
                + $"VALUES ({Trial}, @step, CAST(@value AS FLOAT(53)), '{ValueType(value)}')",
                ("name", study), ("number", number), ("step", step), ("value", Finite(value)));
        }

        var constraints = trial.Constraints.Count == 0 ? [] : ConstraintAttributes(trial.Constraints);
        foreach (var (table, key, json) in trial.Attributes.Select(pair => ("trial_user_attributes", pair.Key, pair.Value))
            .Concat(constraints.Select(pair => ("trial_system_attributes", pair.Key, pair.Json))))
        {
            yield return new Statement(
                $"INSERT INTO {table} (trial_id, \"key\", value_json) VALUES ({Trial}, @key, @json)",
                ("name", study), ("number", number), ("key", key), ("json", json));
        }
    }

    private static string Time(DateTime? time) =>
        time is { } some ? $"'{some.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}'" : "NULL";
}
