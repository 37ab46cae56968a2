using System.Data.Common;
using System.Security.Cryptography;
using LogMl.Optimization;
using LogMl.Storage.Encoding;

namespace LogMl.Storage.Databases;

/// <summary>A storage of studies in the tables of a database. This part has the studies themselves.</summary>
internal sealed partial class RelationalStorage : StudyStorage
{
    private const int OwnerBytes = 16;

    /// <summary>
    /// Attributes of a study with these prefixes are system attributes: this library needs them, but they tell people nothing. Optuna's
    /// listings show user attributes only.
    /// </summary>
    private static readonly string[] SystemPrefixes = ["logml:space", "logml:inputs", "logml:objectives", "logml:constraints", "study:"];

    private readonly Database _database;
    private readonly TimeSpan _gracePeriod;
    private readonly bool _hasLeases;

    public RelationalStorage(Database database, StorageOptions options)
    {
        _database = database;
        Lease = options.Lease;
        IsReadOnly = options.ReadOnly;
        _gracePeriod = options.GracePeriod;
        Owner = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(OwnerBytes));
        try
        {
            database.RequireUndamaged();
            if (IsReadOnly)
            {
                // A database of Optuna's has no table of leases.
                Schema.RequireStudies(database);
                _hasLeases = database.HasTable("logml_leases");
                return;
            }

            Schema.Ensure(database, options);
            database.RegisterOwner(Owner);
            _hasLeases = true;
        }
        catch (DbException exception) when (database.IsDuplicate(exception))
        {
            database.Dispose();
            throw new StorageException(
                StorageProblem.UnknownSchema,
                $"The {database.DisplayName} has a study with two trials of one number, as old versions of Optuna have made them. "
                + "Choose another database.",
                exception);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    internal override string Owner { get; }

    internal override TimeSpan Lease { get; }

    internal override bool IsReadOnly { get; }

    public override string DisplayName => _database.DisplayName;

    public override void Dispose() => _database.Dispose();

    internal override void RequireWhole() => _database.RequireWhole();

    internal override StudyRecord? FindStudy(string name)
    {
        if (_database.Read(new Statement("SELECT study_id FROM studies WHERE study_name = "
            + "@name", ("name", name)), row => row.GetInt64(0)) is not [var id])
        {
            return null;
        }

        var (directions, attributes) = _database.Query(
            [
                new Statement(
                    "SELECT CAST(direction AS VARCHAR(16)) FROM study_directions WHERE study_id = @study ORDER BY objective",
                    ("study", id)),
                new Statement("SELECT \"key\", value_json FROM study_system_attributes WHERE study_id = @study", ("study", id)),

                // Earlier versions stored all attributes here. An attribute that is in both places was written by such a version later, so
                // it wins.
                new Statement("SELECT \"key\", value_json FROM study_user_attributes WHERE study_id = @study", ("study", id)),
            ],
            () => (Directions: new List<Direction>(), Attributes: new Dictionary<string, string>(StringComparer.Ordinal)),
            (study, query, row) =>
            {
                if (query == 0)
                {
                    study.Directions.Add(DirectionOf(row.GetString(0)));
                }
                else if (query == 2 || IsSystem(row.GetString(0)))
                {
                    study.Attributes[row.GetString(0)] = row.GetString(1);
                }
            });
        return new StudyRecord(id, name, directions, attributes);
    }

    internal override StudyRecord CreateStudy(
        string name, IReadOnlyList<Direction> directions, IReadOnlyDictionary<string, string> attributes, IReadOnlyList<string> waiting,
        IReadOnlyList<FinishedRecord>? finished = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        NameLimit.Require(name, "The study");
        NameLimit.RequireAll([], attributes);
        const string Study = "(SELECT study_id FROM studies WHERE study_name = @name)";
        List<Statement> statements = [new Statement("INSERT INTO studies (study_name) VALUES (@name)", ("name", name))];
        for (var i = 0; i < directions.Count; i++)
        {
            var direction = directions[i] == Direction.Maximize ? "MAXIMIZE" : "MINIMIZE";
            statements.Add(new Statement(
                $"INSERT INTO study_directions (direction, study_id, objective) VALUES ('{direction}', {Study}, @objective)",
                ("name", name), ("objective", i)));
        }

        foreach (var (key, json) in attributes)
        {
            statements.Add(
                new Statement(
                    $"INSERT INTO {TableOf(key)} (study_id, \"key\", value_json) VALUES ({Study}, @key, @json)", ("name", name),
                    ("key", key), ("json", json)));
        }

        finished ??= [];
        for (var i = 0; i < finished.Count; i++)
        {
            NameLimit.RequireAll(finished[i].Parameters, finished[i].Attributes);
            statements.AddRange(Finished(name, i, finished[i]));
        }

        for (var i = 0; i < waiting.Count; i++)
        {
            var number = finished.Count + i;
            statements.Add(new Statement(
                $"INSERT INTO trials (number, study_id, state) VALUES (@number, {Study}, 'WAITING')", ("name", name), ("number", number)));
            statements.Add(new Statement(
                "INSERT INTO trial_system_attributes (trial_id, \"key\", value_json) "
                + $"SELECT trial_id, 'fixed_params', @json FROM trials WHERE study_id = {Study} AND number = @number",
                ("name", name), ("number", number), ("json", waiting[i])));
        }

        try
        {
            _database.Execute(isDurable: true, statements);
        }
        catch (DbException exception) when (_database.IsDuplicate(exception))
        {
            // Another process has created the study first.
        }

        return FindStudy(name)!;
    }

    internal override void DeleteStudy(long studyId)
    {
        const string Trials = "(SELECT trial_id FROM trials WHERE study_id = @study)";
        string[] ofTrials =
        [
            "trial_user_attributes", "trial_system_attributes", "trial_params", "trial_values", "trial_intermediate_values",
            "trial_heartbeats", "logml_leases",
        ];
        string[] ofStudy = ["trials", "study_user_attributes", "study_system_attributes", "study_directions", "studies"];
        _database.Execute(
            isDurable: true,
            [
                .. ofTrials.Select(table => new Statement($"DELETE FROM {table} WHERE trial_id IN {Trials}", ("study", studyId))),
                .. ofStudy.Select(table => new Statement($"DELETE FROM {table} WHERE study_id = @study", ("study", studyId))),
            ]);
    }

    internal override void SetStudyAttributes(long studyId, IReadOnlyDictionary<string, string> attributes)
    {
        NameLimit.RequireAll([], attributes);
        _database.Execute(
            isDurable: true,
            [
                .. attributes.Select(attribute => new Statement(
                    $"INSERT INTO {TableOf(attribute.Key)} (study_id, \"key\", value_json) VALUES (@study, @key, @json) "
                    + "ON CONFLICT (study_id, \"key\") DO UPDATE SET value_json = excluded.value_json",
                    ("study", studyId), ("key", attribute.Key), ("json", attribute.Value))),
                .. attributes.Keys.Where(IsSystem).Select(key => new Statement(
                    "DELETE FROM study_user_attributes WHERE study_id = @study AND \"key\" = @key", ("study", studyId), ("key", key))),
            ]);
    }

    private static Direction DirectionOf(string direction) => direction == "MAXIMIZE" ? Direction.Maximize : Direction.Minimize;

    private static bool IsSystem(string key) => SystemPrefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal));

    private static string TableOf(string key) => IsSystem(key) ? "study_system_attributes" : "study_user_attributes";
}
