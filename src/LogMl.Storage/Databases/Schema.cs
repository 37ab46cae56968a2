using System.Globalization;

namespace LogMl.Storage.Databases;

/// <summary>
/// The tables: Optuna's, revision v3.2.0.a, and beside them a few of our own, which say who runs which trial. Optuna creates its tables in
/// the same way, so it does not matter which program is the first.
/// </summary>
internal static class Schema
{
    private const string Revision = "v3.2.0.a";

    /// <summary>The revision before the current one differs in one index only.</summary>
    private static readonly string[] KnownRevisions = [Revision, "v3.0.0.d"];

    private static readonly string[] OldRevisions = ["v0.9.0.a", "v1.2.0.a", "v1.3.0.a", "v2.4.0.a", "v2.6.0.a", "v3.0.0.a", "v3.0.0.b",
        "v3.0.0.c"];

    /// <summary>The version of our own tables, and Optuna's schema version.</summary>
    private const int OwnVersion = 1;
    private const int OptunaVersion = 12;

    /// <summary>Creates the tables that are missing.</summary>
    /// <param name="database">The database.</param>
    /// <param name="options">Whether the database may be new, or shared with another program.</param>
    /// <exception cref="StorageException">The tables are of a version that this library does not know.</exception>
    public static void Ensure(Database database, StorageOptions options)
    {
        var isOptuna = database.HasTable("studies");
        if (isOptuna)
        {
            RequireKnown(database);
        }
        else if (!options.MayShareFile && database.BelongsToOtherProgram)
        {
            throw new StorageException(
                StorageProblem.NotAStudy,
                $"'{database.DisplayName}' is a database of another program: it has tables, but none of studies. It was left as it is. "
                + "Move it away, or choose another name for the study.");
        }
        else if (!options.MayBeginFile)
        {
            throw new StorageException(
                StorageProblem.Damaged,
                $"'{database.DisplayName}' is damaged: it has no tables any more. It was left as it is. "
                + "Restore it from a copy, or move it away to begin anew.");
        }

        if (isOptuna && database.HasTable("logml_version"))
        {
            return;
        }

        database.Execute(isDurable: true, [.. Statements(database).Where(sql => sql.Length > 0).Select(sql => new Statement(sql))]);
    }

    /// <summary>Requires that the tables of studies are there, those of Optuna at least.</summary>
    /// <exception cref="StorageException">They are not, or they are of a version that this library does not know.</exception>
    public static void RequireStudies(Database database)
    {
        if (!database.HasTable("studies"))
        {
            throw new StorageException(
                StorageProblem.Empty, $"The {database.DisplayName} has no studies, and was opened to be read only.");
        }

        RequireKnown(database);
    }

    private static void RequireKnown(Database database)
    {
        if (!database.HasTable("trials") || !database.HasTable("alembic_version"))
        {
            throw new StorageException(
                StorageProblem.NotAStudy,
                $"The {database.DisplayName} has a table 'studies', but it is not Optuna's. Choose another database.");
        }

        var revision = database.Read(new Statement("SELECT version_num FROM alembic_version"), row => row.GetString(0)).FirstOrDefault();
        if (OldRevisions.Contains(revision))
        {
            throw new StorageException(
                StorageProblem.UnknownSchema,
                $"The tables of the {database.DisplayName} are of Optuna's old revision {revision}. Bring them up to date with: "
                + "optuna storage upgrade --storage <url>");
        }

        if (revision is not null && !KnownRevisions.Contains(revision))
        {
            throw new StorageException(
                StorageProblem.UnknownSchema,
                $"The tables of the {database.DisplayName} are of revision {revision}, which is newer than this version of LogMl knows "
                + $"({Revision}). They were left as they are. Update LogMl, or choose another database.");
        }

        if (database.HasTable("logml_version")
            && database.Read(new Statement("SELECT version FROM logml_version"), row => row.GetInt32(0)) is [> OwnVersion and var version,
                ..])
        {
            throw new StorageException(
                StorageProblem.UnknownSchema,
                string.Create(CultureInfo.InvariantCulture, $"The {database.DisplayName} was written by a newer version of LogMl (its "
                    + $"table has "
                    + $"version {version}, this one knows {OwnVersion}). It was left as it is. Update LogMl, or choose another database."));
        }
    }

    private static IEnumerable<string> Statements(Database d)
    {
        string[] directions = ["NOT_SET", "MINIMIZE", "MAXIMIZE"];
        string[] states = ["RUNNING", "COMPLETE", "PRUNED", "FAIL", "WAITING"];
        string[] valueTypes = ["FINITE", "INF_POS", "INF_NEG"];
        string[] intermediateTypes = [.. valueTypes, "NAN"];
        yield return d.LockForCreation;
        foreach (var type in d.EnumTypes("studydirection", directions)
            .Concat(d.EnumTypes("trialstate", states))
            .Concat(d.EnumTypes("trialvaluetype", valueTypes))
            .Concat(d.EnumTypes("trialintermediatevaluetype", intermediateTypes)))
        {
            yield return type;
        }

        yield return "CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY "
            + "KEY (version_num))";
        yield return "CREATE TABLE IF NOT EXISTS version_info (version_info_id INTEGER NOT NULL, schema_version INTEGER, library_version "
            + "VARCHAR(256), "
            + "PRIMARY KEY (version_info_id), CHECK (version_info_id = 1))";
        yield return $"CREATE TABLE IF NOT EXISTS studies (study_id {d.KeyType}, study_name VARCHAR(512) NOT NULL)";
        yield return "CREATE UNIQUE INDEX IF NOT EXISTS ix_studies_study_name ON studies (study_name)";
        yield return $"CREATE TABLE IF NOT EXISTS study_directions (study_direction_id {d.KeyType}, direction "
            + $"{d.EnumType("studydirection", directions)} NOT NULL, "
            + "study_id INTEGER NOT NULL, objective INTEGER NOT NULL, UNIQUE (study_id, objective), FOREIGN KEY(study_id) REFERENCES "
            + "studies (study_id))";
        yield return Attributes(d, "study_user_attributes", "study_user_attribute_id", "study_id", "studies");
        yield return Attributes(d, "study_system_attributes", "study_system_attribute_id", "study_id", "studies");
        yield return $"CREATE TABLE IF NOT EXISTS trials (trial_id {d.KeyType}, number INTEGER, study_id INTEGER, state "
            + $"{d.EnumType("trialstate", states)} NOT NULL, "
            + $"datetime_start {d.TimeType}, datetime_complete {d.TimeType}, FOREIGN KEY(study_id) REFERENCES studies (study_id))";
        yield return "CREATE INDEX IF NOT EXISTS ix_trials_study_id ON trials (study_id)";
        yield return Attributes(d, "trial_user_attributes", "trial_user_attribute_id", "trial_id", "trials");
        yield return Attributes(d, "trial_system_attributes", "trial_system_attribute_id", "trial_id", "trials");
        yield return $"CREATE TABLE IF NOT EXISTS trial_params (param_id {d.KeyType}, trial_id INTEGER, param_name VARCHAR(512), "
            + $"param_value {d.FloatType}, "
            + "distribution_json TEXT, UNIQUE (trial_id, param_name), FOREIGN KEY(trial_id) REFERENCES trials (trial_id))";
        yield return $"CREATE TABLE IF NOT EXISTS trial_values (trial_value_id {d.KeyType}, trial_id INTEGER NOT NULL, objective INTEGER "
            + $"NOT NULL, value {d.FloatType}, "
            + $"value_type {d.EnumType("trialvaluetype", valueTypes)} NOT NULL, UNIQUE (trial_id, objective), FOREIGN KEY(trial_id) "
            + "REFERENCES trials (trial_id))";
        yield return $"CREATE TABLE IF NOT EXISTS trial_intermediate_values (trial_intermediate_value_id {d.KeyType}, trial_id INTEGER NOT "
            + "NULL, step INTEGER NOT NULL, "
            + $"intermediate_value {d.FloatType}, intermediate_value_type {d.EnumType("trialintermediatevaluetype", intermediateTypes)} "
            + "NOT NULL, "
            + "UNIQUE (trial_id, step), FOREIGN KEY(trial_id) REFERENCES trials (trial_id))";
        yield return $"CREATE TABLE IF NOT EXISTS trial_heartbeats (trial_heartbeat_id {d.KeyType}, trial_id INTEGER NOT NULL, heartbeat "
            + $"{d.TimeType} DEFAULT CURRENT_TIMESTAMP NOT NULL, "
            + "UNIQUE (trial_id), FOREIGN KEY(trial_id) REFERENCES trials (trial_id))";

        // Makes numbers unique in a study, whatever program writes. It is also the index that finds the newest trial of a study.
        yield return "CREATE UNIQUE INDEX IF NOT EXISTS logml_trials_number ON trials (study_id, number)";

        // There is no foreign key: Optuna deletes trials and does not know this table.
        yield return "CREATE TABLE IF NOT EXISTS logml_leases (trial_id INTEGER NOT NULL PRIMARY KEY, owner VARCHAR(64) NOT NULL)";
        yield return "CREATE INDEX IF NOT EXISTS logml_leases_owner ON logml_leases (owner)";
        yield return "CREATE TABLE IF NOT EXISTS logml_version (version INTEGER NOT NULL PRIMARY KEY)";
        yield return string.Create(CultureInfo.InvariantCulture, $"INSERT INTO logml_version (version) SELECT {OwnVersion} WHERE NOT "
            + $"EXISTS (SELECT 1 FROM logml_version)");
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"INSERT INTO version_info (version_info_id, schema_version, library_version) SELECT 1, {OptunaVersion}, 'LogMl' WHERE NOT "
            + $"EXISTS (SELECT 1 FROM version_info)");
        yield return $"INSERT INTO alembic_version (version_num) SELECT '{Revision}' WHERE NOT EXISTS (SELECT 1 FROM alembic_version)";
    }

    private static string Attributes(Database d, string table, string key, string owner, string owners) =>
        $"CREATE TABLE IF NOT EXISTS {table} ({key} {d.KeyType}, {owner} INTEGER, \"key\" VARCHAR(512), value_json TEXT, "
        + $"UNIQUE ({owner}, \"key\"), "
        + $"FOREIGN KEY({owner}) REFERENCES {owners} ({owner}))";
}
