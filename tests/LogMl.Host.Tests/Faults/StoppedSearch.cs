using LogMl.Host.Tests.Kit;
using Microsoft.Data.Sqlite;

namespace LogMl.Host.Tests.Faults;

/// <summary>The results of a search that could continue, for tests that copy and damage them.</summary>
public sealed class StoppedSearch : IDisposable
{
    private const int Trials = 40;

    private readonly SearchFolder _folder = new();

    public StoppedSearch()
    {
        using var host = _folder.Run(0, "", ["--max-evals", "40", "--workers", "2"]);
    }

    /// <summary>The command line that continues the search.</summary>
    internal static string[] GoOn => ["--max-evals", "45"];

    /// <summary>The number of its trials.</summary>
    public static int Count => Trials;

    /// <summary>Makes a copy.</summary>
    /// <returns>The file of the study.</returns>
    internal string CopyTo(SearchFolder folder)
    {
        foreach (var directory in Directory.GetDirectories(_folder.Output, "*", SearchOption.AllDirectories).Prepend(_folder.Output))
        {
            Directory.CreateDirectory(Path.Combine(folder.Output, Path.GetRelativePath(_folder.Output, directory)));
        }

        foreach (var file in Directory.GetFiles(_folder.Output, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(folder.Output, Path.GetRelativePath(_folder.Output, file)));
        }

        return Path.Combine(folder.Output, folder.Study, "study.db");
    }

    /// <summary>Every file and folder of the results with its content, except locks.</summary>
    internal static Dictionary<string, string> Snapshot(SearchFolder folder) => Directory.Exists(folder.Output)
        ? Directory.EnumerateFileSystemEntries(folder.Output, "*", SearchOption.AllDirectories).Where(
            path => !path.Contains(".logml", StringComparison.Ordinal))
            .ToDictionary(
                path => Path.GetRelativePath(folder.Output, path),
                path => Directory.Exists(path) ? "" : Convert.ToHexString(File.ReadAllBytes(path)),
                StringComparer.Ordinal)
        : [];

    /// <summary>The losses that can still be read.</summary>
    internal static HashSet<(long Trial, double Loss)> Losses(string database)
    {
        var losses = new HashSet<(long, double)>();
        try
        {
            using var connection = Open(database, SqliteOpenMode.ReadOnly);
            using var query = connection.CreateCommand();
            query.CommandText = "SELECT t.number, v.value FROM trials t JOIN trial_values v ON v.trial_id = t.trial_id WHERE t.state = 'COMPLETE' AND typeof(t.number) = 'integer' AND typeof(v.value) = 'real'";
            using var rows = query.ExecuteReader();
            while (rows.Read())
            {
                losses.Add((rows.GetInt64(0), rows.GetDouble(1)));
            }
        }
        catch (SqliteException)
        {
            // Everything that could be read has been read.
        }

        return losses;
    }

    internal static void Execute(string database, string sql)
    {
        using var connection = Open(database, SqliteOpenMode.ReadWriteCreate);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose() => _folder.Dispose();

    private static SqliteConnection Open(string database, SqliteOpenMode mode)
    {
        var connection =
            new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
