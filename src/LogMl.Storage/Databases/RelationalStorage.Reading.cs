using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using LogMl.Shared;
using LogMl.Storage.Encoding;

namespace LogMl.Storage.Databases;

/// <content>Reading trials.</content>
internal sealed partial class RelationalStorage
{
    /// <summary>Whether a user attribute is none of those that LogMl itself notes, of which every trial has some.</summary>
    private static readonly string IsOfUser = string.Join(
        " AND ",
        TrialNoteNames.Prefixes
            .Select(prefix => string.Create(CultureInfo.InvariantCulture, $"SUBSTR(a.\"key\", 1, {prefix.Length}) <> '{prefix}'"))
            .Prepend($"a.\"key\" NOT IN ({string.Join(", ", TrialNoteNames.All.Select(name => $"'{name}'"))})"));

    internal override IReadOnlyList<TrialRecord> ReadTrials(long studyId, int afterNumber, IReadOnlyCollection<long> unfinished)
    {
        var isNew = "t.study_id = @study AND t.number > @after";
        var isWanted = unfinished.Count == 0 ? isNew : $"({isNew} OR {_database.IsInSql("t.trial_id", "@unfinished")})";
        Statement Query(string columns, string table, string further) => unfinished.Count == 0
            ? new Statement(
                $"SELECT {columns} FROM trials t {table} WHERE {isWanted} {further}", ("study", studyId), ("after", afterNumber))
            : new Statement(
                $"SELECT {columns} FROM trials t {table} WHERE {isWanted} {further}", ("study", studyId), ("after", afterNumber),
                ("unfinished", _database.KeysValue(unfinished)));

        return _database.Query(
            [
                Query(
                    "t.trial_id, t.number, CAST(t.state AS VARCHAR(16)), t.datetime_start, t.datetime_complete, "
                    + (_hasLeases ? "l.owner" : "NULL"),
                    _hasLeases ? "LEFT JOIN logml_leases l ON l.trial_id = t.trial_id" : "",
                    "AND t.number IS NOT NULL ORDER BY t.number"),
                Query("p.trial_id, p.param_name, p.param_value", "JOIN trial_params p ON p.trial_id = t.trial_id", "ORDER BY t.number"),
                Query("v.trial_id, v.value, CAST(v.value_type AS "
                    + "VARCHAR(16))", "JOIN trial_values v ON v.trial_id = t.trial_id", "ORDER BY t.number, v.objective"),
                Query(
                    "i.trial_id, i.step, i.intermediate_value, CAST(i.intermediate_value_type AS VARCHAR(16))",
                    "JOIN trial_intermediate_values i ON i.trial_id = t.trial_id",
                    "ORDER BY t.number, i.step"),
                Query(
                    "a.trial_id, a.\"key\", a.value_json", "JOIN trial_system_attributes a ON a.trial_id = t.trial_id",
                    $"AND (a.\"key\" IN ('fixed_params', 'retry_history', 'constraints', '{WantedRunsKey}') OR a.\"key\" LIKE "
                    + "'constraints:%') ORDER BY t.number, a.trial_system_attribute_id"),
                Query(
                    "a.trial_id, a.\"key\", a.value_json", "JOIN trial_user_attributes a ON a.trial_id = t.trial_id",
                    $"AND (a.\"key\" = '{FixedValues.Key}' OR {IsOfUser}) ORDER BY t.number, a.trial_user_attribute_id"),
            ],
            () => new TrialReader(),
            (trials, query, row) => trials.Read(query, row)).Trials;
    }

    internal override IReadOnlyCollection<long> FindNotRunning(IReadOnlyCollection<long> trials) => _database.Read(
        new Statement(
            $"SELECT t.trial_id FROM trials t WHERE {_database.IsInSql("t.trial_id", "@trials")} AND t.state <> 'RUNNING'",
            ("trials", _database.KeysValue(trials))),
        row => row.GetInt64(0));

    internal override IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>> ReadTrialAttributes(
        long studyId, string? key = null, IReadOnlyCollection<long>? trials = null) => _database.Query(
        [
            new Statement(
                "SELECT t.number, a.\"key\", a.value_json FROM trials t JOIN trial_user_attributes a ON a.trial_id = t.trial_id "
                + "WHERE t.study_id = @study AND t.number IS NOT NULL "
                + (key is null ? "" : "AND a.\"key\" = @key ")
                + (trials is null ? "" : $"AND {_database.IsInSql("t.trial_id", "@trials")} ") + "ORDER BY a.trial_user_attribute_id",
                [
                    ("study", studyId), .. key is null ? ((string, object)[])[] : [("key", key)],
                    .. trials is null ? ((string, object)[])[] : [("trials", _database.KeysValue(trials))],
                ]),
        ],
        () => new Dictionary<int, IReadOnlyDictionary<string, string>>(),
        (trials, _, row) =>
        {
            var number = row.GetInt32(0);
            if (!trials.TryGetValue(number, out var attributes))
            {
                trials.Add(number, attributes = new OrderedDictionary<string, string>(StringComparer.Ordinal));
            }

            ((OrderedDictionary<string, string>)attributes)[row.GetString(1)] = row.GetString(2);
        });

    internal override (DateTime? Started, DateTime? Completed) ReadTimes(long trialId) => _database.Read(
        new Statement("SELECT datetime_start, datetime_complete FROM trials WHERE trial_id = @trial", ("trial", trialId)),
        row => (Time(row, 0), Time(row, 1))).FirstOrDefault();

    internal override IReadOnlyList<(string Name, string DistributionJson)> ReadDistributions(long studyId) => _database.Read(
        new Statement(
            "SELECT p.param_name, p.distribution_json FROM trials t JOIN trial_params p ON p.trial_id = t.trial_id "
            + "WHERE t.study_id = @study "
            + "GROUP BY p.param_name, p.distribution_json ORDER BY MAX(p.param_id)",
            ("study", studyId)),
        row => (row.GetString(0), row.GetString(1)));

    private static StoredState StateOf(string state) => state switch
    {
        "WAITING" => StoredState.Waiting,
        "RUNNING" => StoredState.Running,
        "COMPLETE" => StoredState.Complete,
        "PRUNED" => StoredState.Pruned,
        _ => StoredState.Fail,
    };

    private static double Value(DbDataReader row, int column, string type) => type switch
    {
        "INF_POS" => double.PositiveInfinity,
        "INF_NEG" => double.NegativeInfinity,
        "NAN" => double.NaN,
        _ => row.IsDBNull(column) ? double.NaN : row.GetDouble(column),
    };

    private static DateTime? Time(DbDataReader row, int column) => row.GetValue(column) switch
    {
        DateTime time => DateTime.SpecifyKind(time, DateTimeKind.Utc),
        string text => StoredTime.Read(text),
        _ => null,
    };

    /// <summary>
    /// The constraints in an attribute of a trial. Optuna stores them as one list up to version 4, and one by one since version 5.
    /// </summary>
    private static double[] ConstraintsOf(string key, string json) => Numbers(key == "constraints" ? json : $"[{json}]", Constraint);

    private static T[] Numbers<T>(string json, Func<JsonElement, T> read)
    {
        try
        {
            using var document = PythonJson.Parse(json);
            return [.. document.RootElement.EnumerateArray().Select(read)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // Another program's attribute of the same name.
            return [];
        }
    }

    private static double Constraint(JsonElement element) =>
        PythonJson.Number(element) ?? throw new FormatException("A constraint is a number.");

    /// <summary>
    /// Assembles trials from the rows of the five queries. Each query has its rows in the order of trial numbers, which an index gives.
    /// </summary>
    private sealed class TrialReader
    {
        private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
        private readonly Dictionary<string, IReadOnlyDictionary<string, JsonElement>> _fixed = new(StringComparer.Ordinal);
        private readonly Dictionary<long, int> _index = [];
        private readonly List<TrialRecord> _trials = [];
        private long _current = -1;
        private int _query;

        public IReadOnlyList<TrialRecord> Trials
        {
            get
            {
                Flush();
                return _trials;
            }
        }

        public void Read(int query, DbDataReader row)
        {
            if (query == 0)
            {
                ReadTrial(row);
                return;
            }

            var id = row.GetInt64(0);
            if (id != _current || query != _query)
            {
                Flush();
                _current = id;
                _query = query;
            }

            switch (query)
            {
                case 1:
                    Parameters.Add(new(Intern(row.GetString(1)), row.IsDBNull(2) ? double.NaN : row.GetDouble(2)));
                    break;
                case 2:
                    Values.Add(Value(row, 1, row.GetString(2)));
                    break;
                case 3:
                    Reports.Add((row.GetInt32(1), Value(row, 2, row.GetString(3))));
                    break;
                case 4:
                    Attributes.Add((row.GetString(1), row.GetString(2)));
                    break;
                default:
                    UserAttributes.Add(new(row.GetString(1), row.GetString(2)));
                    break;
            }
        }

        private List<KeyValuePair<string, double>> Parameters { get; } = [];

        private List<double> Values { get; } = [];

        private List<(int Step, double Value)> Reports { get; } = [];

        private List<(string Key, string Json)> Attributes { get; } = [];

        private List<KeyValuePair<string, string>> UserAttributes { get; } = [];

        private void ReadTrial(DbDataReader row)
        {
            var id = row.GetInt64(0);
            _index.Add(id, _trials.Count);
            _trials.Add(new TrialRecord(id, row.GetInt32(1), StateOf(row.GetString(2)))
            {
                Started = Time(row, 3),
                Completed = Time(row, 4),
                Owner = row.IsDBNull(5) ? null : row.GetString(5),
            });
        }

        private void Flush()
        {
            // A trial that was created between two of the queries is not known here. It is read the next time.
            if (_current >= 0 && _index.TryGetValue(_current, out var index))
            {
                _trials[index] = _query switch
                {
                    1 => _trials[index] with { Parameters = Parameters.ToArray() },
                    2 => _trials[index] with { Values = Values.ToArray() },
                    3 => _trials[index] with { Reports = Reports.ToArray() },
                    4 => WithAttributes(_trials[index]),
                    _ => WithUserAttributes(_trials[index]),
                };
            }

            Parameters.Clear();
            Values.Clear();
            Reports.Clear();
            Attributes.Clear();
            UserAttributes.Clear();
            _current = -1;
        }

        private TrialRecord WithAttributes(TrialRecord trial)
        {
            var constraints = new List<double>();
            foreach (var (key, json) in Attributes)
            {
                switch (key)
                {
                    case "fixed_params":
                        trial = trial with { FixedParametersJson = json };
                        break;
                    case "retry_history":
                        trial = trial with { RetryHistory = Numbers(json, element => element.GetInt32()) };
                        break;
                    case WantedRunsKey:
                        trial = trial with { WantedRuns = int.TryParse(json, NumberStyles.None, CultureInfo.InvariantCulture,
                            out var runs) ? runs : 0 };
                        break;
                    case "constraints":
                        trial = trial with { Constraints = ConstraintsOf(key, json) };
                        break;
                    default:
                        constraints.AddRange(ConstraintsOf(key, json));
                        break;
                }
            }

            return trial.Constraints.Count == 0 && constraints.Count > 0 ? trial with { Constraints = constraints } : trial;
        }

        private TrialRecord WithUserAttributes(TrialRecord trial)
        {
            var noted = UserAttributes.FindIndex(attribute => attribute.Key == FixedValues.Key);
            if (noted >= 0)
            {
                var json = UserAttributes[noted].Value;
                if (!_fixed.TryGetValue(json, out var values))
                {
                    _fixed.Add(json, values = FixedValues.Read(json));
                }

                UserAttributes.RemoveAt(noted);
                trial = trial with { Fixed = values };
            }

            return trial with { UserAttributes = UserAttributes.ToArray() };
        }

        /// <summary>Makes all trials share one string for each name of a parameter.</summary>
        private string Intern(string name)
        {
            if (_names.TryGetValue(name, out var known))
            {
                return known;
            }

            _names.Add(name, name);
            return name;
        }
    }
}
