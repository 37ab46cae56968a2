using System.Data.Common;

namespace LogMl.Storage.Databases;

/// <content>Copies of whole studies.</content>
internal sealed partial class RelationalStorage
{
    private static readonly string[] StateNames = ["WAITING", "RUNNING", "COMPLETE", "PRUNED", "FAIL"];

    internal override StudyCopy ReadCopy(StudyRecord study)
    {
        Statement OfStudyRow(string sql) => new(sql, ("study", study.Id));
        Statement OfTrials(string columns, string table, string key) => OfStudyRow(
            $"SELECT t.number, {columns} FROM trials t JOIN {table} r ON r.trial_id = t.trial_id "
            + $"WHERE t.study_id = @study AND t.number IS NOT NULL ORDER BY t.number, r.{key}");
        var directions = new List<string>();
        var (user, system) = (new List<KeyValuePair<string, string>>(), new List<KeyValuePair<string, string>>());
        var trials = _database.Query(
            [
                OfStudyRow(
                    "SELECT t.number, CAST(t.state AS VARCHAR(16)), t.datetime_start, t.datetime_complete FROM trials t "
                    + "WHERE t.study_id = @study AND t.number IS NOT NULL ORDER BY t.number"),
                OfTrials("r.param_name, r.param_value, r.distribution_json", "trial_params", "param_id"),
                OfTrials("r.objective, r.value, CAST(r.value_type AS VARCHAR(16))", "trial_values", "objective"),
                OfTrials(
                    "r.step, r.intermediate_value, CAST(r.intermediate_value_type AS VARCHAR(16))", "trial_intermediate_values", "step"),
                OfTrials("r.\"key\", r.value_json", "trial_user_attributes", "trial_user_attribute_id"),
                OfTrials("r.\"key\", r.value_json", "trial_system_attributes", "trial_system_attribute_id"),
                OfStudyRow("SELECT CAST(direction AS VARCHAR(16)) FROM study_directions WHERE study_id = @study ORDER BY objective"),
                OfStudyRow(
                    "SELECT \"key\", value_json FROM study_user_attributes WHERE study_id = @study ORDER BY study_user_attribute_id"),
                OfStudyRow(
                    "SELECT \"key\", value_json FROM study_system_attributes WHERE study_id = @study ORDER BY study_system_attribute_id"),
            ],
            () =>
            {
                directions.Clear();
                user.Clear();
                system.Clear();
                return new OrderedDictionary<int, TrialCopy>();
            },
            (found, query, row) =>
            {
                switch (query)
                {
                    case 0:
                        found[row.GetInt32(0)] = new TrialCopy(row.GetInt32(0), StateOf(row.GetString(1)))
                        {
                            Started = Time(row, 2), Completed = Time(row, 3),
                        };
                        break;
                    case 6:
                        directions.Add(row.GetString(0));
                        break;
                    case 7:
                        user.Add(Pair(row, 0));
                        break;
                    case 8:
                        system.Add(Pair(row, 0));
                        break;
                    default:
                        // A trial that was created between two of the queries is not in the copy.
                        if (found.TryGetValue(row.GetInt32(0), out var trial))
                        {
                            Take(trial, query, row);
                        }

                        break;
                }
            });
        return new StudyCopy(study.Name, directions) { UserAttributes = user, SystemAttributes = system, Trials = [.. trials.Values] };
    }

    internal override bool TryWriteCopy(StudyCopy study)
    {
        RequireWritable();
        Encoding.NameLimit.Require(study.Name, "The study");
        const string Study = "(SELECT study_id FROM studies WHERE study_name = @name)";
        Statement[] statements =
        [
            new Statement("INSERT INTO studies (study_name) VALUES (@name)", ("name", study.Name)),
            .. study.Directions.Select((direction, i) => new Statement(
                "INSERT INTO study_directions (direction, study_id, objective) "
                + $"VALUES ('{KnownDirection(direction)}', {Study}, @objective)",
                ("name", study.Name), ("objective", i))),
            .. OfStudy(study.UserAttributes, "study_user_attributes"),
            .. OfStudy(study.SystemAttributes, "study_system_attributes"),
            .. study.Trials.SelectMany(trial => Rows(study.Name, trial)),
        ];
        try
        {
            _database.Execute(isDurable: true, statements);
            return true;
        }
        catch (DbException exception) when (_database.IsDuplicate(exception))
        {
            return false;
        }

        IEnumerable<Statement> OfStudy(IEnumerable<KeyValuePair<string, string>> attributes, string table) => attributes.Select(pair =>
            new Statement(
                $"INSERT INTO {table} (study_id, \"key\", value_json) VALUES ({Study}, @key, @json)",
                ("name", study.Name), ("key", pair.Key), ("json", pair.Value)));
    }

    private static void Take(TrialCopy trial, int query, DbDataReader row)
    {
        switch (query)
        {
            case 1:
                trial.Parameters.Add(new ParameterRecord(
                    row.GetString(1), row.IsDBNull(2) ? double.NaN : row.GetDouble(2), row.IsDBNull(3) ? "null" : row.GetString(3)));
                break;
            case 2:
                trial.Values.Add((row.GetInt32(1), Value(row, 2, row.GetString(3))));
                break;
            case 3:
                trial.Reports.Add((row.GetInt32(1), Value(row, 2, row.GetString(3))));
                break;
            case 4:
                trial.UserAttributes.Add(Pair(row, 1));
                break;
            default:
                trial.SystemAttributes.Add(Pair(row, 1));
                break;
        }
    }

    private static KeyValuePair<string, string> Pair(DbDataReader row, int column) =>
        KeyValuePair.Create(row.GetString(column), row.IsDBNull(column + 1) ? "null" : row.GetString(column + 1));

    private static string KnownDirection(string direction) => direction is "MAXIMIZE" or "MINIMIZE" ? direction : "NOT_SET";

    private static IEnumerable<Statement> Rows(string study, TrialCopy trial)
    {
        const string Trial =
            "(SELECT t.trial_id FROM trials t JOIN studies s ON s.study_id = t.study_id WHERE s.study_name = @name AND t.number = @number)";
        yield return new Statement(
            "INSERT INTO trials (number, study_id, state, datetime_start, datetime_complete) VALUES (@number, "
            + "(SELECT study_id FROM studies WHERE study_name = @name), "
            + $"'{StateNames[(int)trial.State]}', {Time(trial.Started)}, {Time(trial.Completed)})",
            ("name", study), ("number", trial.Number));
        foreach (var parameter in trial.Parameters)
        {
            yield return new Statement(
                "INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) "
                + $"VALUES ({Trial}, @key, CAST(@value AS FLOAT(53)), @json)",
                ("name", study), ("number", trial.Number), ("key", parameter.Name), ("value", Finite(parameter.Value)),
                ("json", parameter.DistributionJson));
        }

        foreach (var (objective, value) in trial.Values)
        {
            yield return new Statement(
                "INSERT INTO trial_values (trial_id, objective, value, value_type) "
                + $"VALUES ({Trial}, @objective, CAST(@value AS FLOAT(53)), '{ValueType(value)}')",
                ("name", study), ("number", trial.Number), ("objective", objective), ("value", Finite(value)));
        }

        foreach (var (step, value) in trial.Reports)
        {
            yield return new Statement(
                "INSERT INTO trial_intermediate_values (trial_id, step, intermediate_value, intermediate_value_type) "
                + $"VALUES ({Trial}, @step, CAST(@value AS FLOAT(53)), '{ValueType(value)}')",
                ("name", study), ("number", trial.Number), ("step", step), ("value", Finite(value)));
        }

        foreach (var (table, key, json) in trial.UserAttributes.Select(pair => ("trial_user_attributes", pair.Key, pair.Value))
            .Concat(trial.SystemAttributes.Select(pair => ("trial_system_attributes", pair.Key, pair.Value))))
        {
            yield return new Statement(
                $"INSERT INTO {table} (trial_id, \"key\", value_json) VALUES ({Trial}, @key, @json)",
                ("name", study), ("number", trial.Number), ("key", key), ("json", json));
        }
    }
}
