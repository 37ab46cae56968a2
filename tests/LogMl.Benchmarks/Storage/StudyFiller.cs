using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace LogMl.Benchmarks.Storage;

/// <summary>
/// Fills a study with complete trials at random points, by a few statements: one trial after the other would take far longer than what is
/// measured.
/// </summary>
internal static class StudyFiller
{
    public static void Fill(bool isSqlite, string place, long studyId, int trials, int parameters)
    {
        using DbConnection connection = isSqlite
            ? new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = place, Pooling = false }.ToString())
            : new NpgsqlConnection(new NpgsqlConnectionStringBuilder(place) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        connection.Open();
        using var transaction = connection.BeginTransaction();
        var (numbers, random) = isSqlite
            ? ($"(WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {trials} - 1) SELECT i FROM n WHERE i < {trials})", "(abs(random() / 2) / 4611686018427387905.0)")
            : ($"(SELECT i FROM generate_series(0, {trials} - 1) AS i)", "random()");
        string After(string seconds) => isSqlite
            ? $"strftime('%Y-%m-%d %H:%M:%f000', 1750000000 + {seconds}, 'unixepoch')"
            : $"TIMESTAMP '2025-06-15 15:06:40' + ({seconds}) * interval '1 second'";

        Execute(
            connection,
            transaction,
            $"INSERT INTO trials (number, study_id, state, datetime_start, datetime_complete) SELECT i, {studyId}, 'COMPLETE', {After("i")}, {After("i + 0.5")} FROM {numbers} AS numbers ORDER BY i");
        Execute(
            connection,
            transaction,
            $"INSERT INTO trial_values (trial_id, objective, value, value_type) SELECT trial_id, 0, {random}, 'FINITE' FROM trials WHERE study_id = {studyId} ORDER BY trial_id");

        // In the order in which trials come: all parameters of the first, then those of the second.
        var names = string.Join(" UNION ALL ", Enumerable.Range(0, parameters).Select(i => string.Create(CultureInfo.InvariantCulture, $"SELECT {i} AS i, '{StorageCost.NameOf(i)}' AS name")));
        Execute(
            connection,
            transaction,
            "INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) "
            + $"SELECT t.trial_id, names.name, {random}, '{BareTrial.DistributionText}' FROM trials t CROSS JOIN ({names}) AS names WHERE t.study_id = {studyId} ORDER BY t.trial_id, names.i");
        transaction.Commit();
        if (!isSqlite)
        {
            // As the server does by itself after a while.
            Execute(connection, null, "ANALYZE");
        }
    }

    private static void Execute(DbConnection connection, DbTransaction? transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
