using System.Diagnostics;
using LogMl.Storage;
using Microsoft.Data.Sqlite;

namespace LogMl.Benchmarks.Storage;

/// <summary>
/// The bare statements in SQLite: prepared, with the settings and the transactions of the storage, of which the second one waits for the
/// disk.
/// </summary>
internal static class BareSqlite
{
    public static double Run(string file, int trials)
    {
        BareTrial.Prepare(StudyStorages.Sqlite(file));
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        Prepare(connection, "PRAGMA journal_mode = WAL").ExecuteScalar();
        const string Now = "strftime('%Y-%m-%d %H:%M:%f000', 'now')";

        // With the number comes the key: it is the greatest of all.
        var begin = Prepare(connection, "BEGIN IMMEDIATE");
        var commit = Prepare(connection, "COMMIT");
        var normal = Prepare(connection, "PRAGMA synchronous = NORMAL");
        var full = Prepare(connection, "PRAGMA synchronous = FULL");
        var start = BareTrial.Start(Now, "CURRENT_TIMESTAMP", "@number + 1").Select(sql => Prepare(connection, sql)).ToArray();
        var end = BareTrial.End(Now).Select(sql => Prepare(connection, sql)).ToArray();
        var random = new Random(1);
        var since = Stopwatch.GetTimestamp();
        for (var number = 0; number < trials; number++)
        {
            normal.ExecuteNonQuery();
            begin.ExecuteNonQuery();
            foreach (var command in start)
            {
                foreach (SqliteParameter parameter in command.Parameters)
                {
                    parameter.Value = parameter.ParameterName == "@number" ? number : (object)random.NextDouble();
                }

                command.ExecuteNonQuery();
            }

            commit.ExecuteNonQuery();
            full.ExecuteNonQuery();
            begin.ExecuteNonQuery();
            foreach (var command in end)
            {
                command.Parameters[0].Value = number + 1;
                command.ExecuteNonQuery();
            }

            commit.ExecuteNonQuery();
        }

        return trials / Stopwatch.GetElapsedTime(since).TotalSeconds;
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in Names(sql))
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = "@" + name });
        }

        return command;
    }

    /// <summary>The names of the parameters of a statement.</summary>
    public static IEnumerable<string> Names(string sql) =>
        sql.Split('@').Skip(1).Select(rest => new string([.. rest.TakeWhile(char.IsLetterOrDigit)])).Distinct(StringComparer.Ordinal);
}
