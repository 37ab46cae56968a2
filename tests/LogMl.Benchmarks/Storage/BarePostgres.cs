using System.Diagnostics;
using LogMl.Storage;
using Npgsql;

namespace LogMl.Benchmarks.Storage;

/// <summary>
/// The bare statements in PostgreSQL: prepared, and one way to the server and back for each of the two transactions, as the storage has
/// them.
/// </summary>
internal static class BarePostgres
{
    public static double Run(string connectionString, int trials)
    {
        BareTrial.Prepare(StudyStorages.PostgreSql(connectionString));
        using var connection =
            new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        connection.Open();
        const string Now = "timezone('UTC', clock_timestamp())";
        using var start = Prepare(
            connection,
            [
                "SELECT study_id FROM studies WHERE study_id = 1 FOR UPDATE",
                .. BareTrial.Start(Now, "clock_timestamp()::timestamp", "currval('trials_trial_id_seq')::int"),
            ]);
        using var end = Prepare(connection, BareTrial.End(Now));
        var random = new Random(1);
        var since = Stopwatch.GetTimestamp();
        for (var number = 0; number < trials; number++)
        {
            foreach (var parameter in Parameters(start))
            {
                parameter.Value = parameter.ParameterName == "number" ? number : (object)random.NextDouble();
            }

            start.ExecuteNonQuery();
            foreach (var parameter in Parameters(end))
            {
                parameter.Value = number + 1;
            }

            end.ExecuteNonQuery();
        }

        return trials / Stopwatch.GetElapsedTime(since).TotalSeconds;
    }

    private static IEnumerable<NpgsqlParameter> Parameters(NpgsqlBatch batch)
    {
        for (var i = 0; i < batch.BatchCommands.Count; i++)
        {
            for (var j = 0; j < batch.BatchCommands[i].Parameters.Count; j++)
            {
                yield return batch.BatchCommands[i].Parameters[j];
            }
        }
    }

    private static NpgsqlBatch Prepare(NpgsqlConnection connection, IEnumerable<string> statements)
    {
        var batch = connection.CreateBatch();
        foreach (var sql in statements)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var name in BareSqlite.Names(sql))
            {
                command.Parameters.Add(new NpgsqlParameter(name, name is "number" or "trial" ? 0 : (object)0.0));
            }

            batch.BatchCommands.Add(command);
        }

        batch.Prepare();
        return batch;
    }
}
