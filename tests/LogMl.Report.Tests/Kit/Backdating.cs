using System.Globalization;
using System.Text.Json;
using LogMl.Shared;
using Microsoft.Data.Sqlite;

namespace LogMl.Report.Tests.Kit;

/// <summary>Gives trials the times, machines and stack traces of a long search with two workers on each of two machines.</summary>
internal static class Backdating
{
    private const string Stack =
        "System.InvalidOperationException: The loss became NaN.\n   at Demo.Net.Train(Sample[] data, Double rate) in /src/Net.cs:line 41\n"
        + "   at Demo.Steps.Train(ModelTrainParameters parameters) in /src/Steps.cs:line 17";

    public static void Apply(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        var trials = Read(connection);
        using var transaction = connection.BeginTransaction();
        var random = new Random(2);
        var begin = new DateTime(2026, 11, 20, 9, 0, 0, DateTimeKind.Utc);
        var free = new double[4];
        foreach (var (id, state) in trials)
        {
            var worker = Array.IndexOf(free, free.Min());
            var seconds = (state == "COMPLETE" ? 60 : 20) * Math.Exp(random.NextDouble() - 0.5);
            var start = begin.AddSeconds(free[worker]);
            free[worker] += seconds + 1;
            Execute(
                connection, "UPDATE trials SET datetime_start = @start, datetime_complete = @end WHERE trial_id = @id",
                ("@start", Time(start)), ("@end", Time(start.AddSeconds(seconds))), ("@id", id));
            Note(connection, id, TrialNoteNames.Host, JsonSerializer.Serialize(worker < 2 ? "build-01" : "build-02"));
            Note(connection, id, TrialNoteNames.Seconds, seconds.ToString("R", CultureInfo.InvariantCulture));
            if (state == "FAIL")
            {
                Note(connection, id, TrialNoteNames.FailStep, "\"model_train\"");
                Note(connection, id, TrialNoteNames.FailStack, JsonSerializer.Serialize(Stack));
            }
        }

        transaction.Commit();
    }

    private static List<(long Id, string State)> Read(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT trial_id, state FROM trials ORDER BY trial_id";
        using var reader = command.ExecuteReader();
        var trials = new List<(long, string)>();
        while (reader.Read())
        {
            trials.Add((reader.GetInt64(0), reader.GetString(1)));
        }

        return trials;
    }

    private static void Note(SqliteConnection connection, long id, string key, string json) => Execute(
        connection, "INSERT OR REPLACE INTO trial_user_attributes (trial_id, \"key\", value_json) VALUES (@id, @key, @json)",
        ("@id", id), ("@key", key), ("@json", json));

    private static void Execute(SqliteConnection connection, string sql, params (string Name, object Value)[] values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
