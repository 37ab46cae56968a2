using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace LogMl.Storage.Databases;

/// <summary>
/// A SQLite file that the processes of one machine share, or a database in memory. The journal is written ahead (WAL), so that readers and the one writer do not wait
/// for each other.
/// </summary>
internal sealed class SqliteDatabase : Database
{
    /// <summary>For how long a transaction waits for those of other processes, each of which takes milliseconds.</summary>
    private static readonly TimeSpan BusyLimit = TimeSpan.FromSeconds(30);

    /// <summary>SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE.</summary>
    private const int NoCheckpointOnClose = 1006;

    private static long s_lastTime;

    private readonly Lock _lock = new();
    private readonly string? _path;
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);
    private readonly SqlitePlace? _place;
    private SqliteOwners? _owners;
    private readonly bool _wasCutOff;
    private bool _isFull;
    private bool _isPrepared;
    private bool _isDisposed;

    /// <param name="path">The file, created when it is not there; null: in memory.</param>
    public SqliteDatabase(string? path)
    {
        _path = path;
        if (path is not null)
        {
            SqliteFile.RequireIntact(path);
            _wasCutOff = SqliteFile.HasLog(path);
        }

        var connection = new SqliteConnectionStringBuilder { DataSource = path ?? ":memory:", Pooling = false, DefaultTimeout = (int)BusyLimit.TotalSeconds };
        _connection = new SqliteConnection(connection.ToString());
        _place = path is null ? null : new SqlitePlace(_connection, path);
        try
        {
            Guard(Configure);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Not the time of SQLite, which has milliseconds: the order in which short trials have ended would be lost.</summary>
    public override string Now => "logml_now()";

    public override string HeartbeatNow => "CURRENT_TIMESTAMP";

    public override string Shown => _path ?? "a database in memory";

    public override string KeyType => "INTEGER NOT NULL PRIMARY KEY";

    public override string TimeType => "DATETIME";

    public override string FloatType => "FLOAT";

    /// <summary>The operating system knows it better (<see cref="IsAlive"/>).</summary>
    public override string IsSilent => "1 = 1";

    /// <remarks>Optuna writes heartbeats with and without parts of the second.</remarks>
    public override string HasOldHeartbeat(TimeSpan age) => string.Create(
        CultureInfo.InvariantCulture, $"EXISTS (SELECT 1 FROM trial_heartbeats h WHERE h.trial_id = t.trial_id AND datetime(h.heartbeat) < datetime('now', '-{age.TotalSeconds:0} seconds'))");

    public override bool MayJudge => true;

    public override string EnumType(string name, params string[] values) =>
        string.Create(CultureInfo.InvariantCulture, $"VARCHAR({values.Max(value => value.Length)})");

    public override IEnumerable<string> EnumTypes(string name, params string[] values) => [];

    public override string IsIn(string column, string parameter) => $"{column} IN (SELECT value FROM json_each({parameter}))";

    public override object Keys(IReadOnlyCollection<long> keys) => JsonSerializer.Serialize(keys);

    /// <summary>There is one writer at a time.</summary>
    public override Statement? LockStudy(long studyId) => null;

    public override Statement? LockTrial(long trialId) => null;

    public override bool HasTable(string name) =>
        Read(new Statement("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = @name", ("name", name)), _ => true).Count > 0;

    public override bool HasOnlyOtherTables => Read(
        new Statement("SELECT 1 FROM sqlite_master WHERE type = 'table' AND NOT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'studies') LIMIT 1"), _ => true).Count > 0;

    public override bool IsAlive(string owner) => _owners?.IsAlive(owner) ?? false;

    /// <summary>
    /// Only after an end that was none: then there is a log that was not brought into the file, and when a part of it is lost, old pages may stand beside new ones. Each of them is
    /// whole, so that reading one of them finds nothing. It looks at everything: 0.05 s for 5,000 trials of ten parameters, 1 s for 100,000.
    /// </summary>
    public override void RequireSound()
    {
        if (!_wasCutOff)
        {
            return;
        }

        if (Read(new Statement("PRAGMA integrity_check(1)"), row => row.GetString(0)) is [var finding] && finding != "ok")
        {
            throw SqliteFile.Damaged(Shown, finding);
        }

        if (Read(new Statement("PRAGMA foreign_key_check"), row => row.GetString(0)) is [var table, ..])
        {
            throw SqliteFile.Damaged(Shown, $"the table {table} has rows of trials that are not there");
        }
    }

    /// <summary>What this process has not written it has read as it is.</summary>
    public override void RequireWhole()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_isPrepared && _place is not null)
            {
                Guard(() =>
                {
                    _place.Require();
                    _place.RequireWhole();
                });
            }
        }
    }

    public override void Enter(string owner)
    {
        if (_path is not null)
        {
            Guard(() =>
            {
                KeepLog(false);
                _owners = new SqliteOwners(_path, owner);
            });
        }
    }

    public override int[] Execute(bool isDurable, IReadOnlyList<Statement> statements) =>
        InTransaction(isDurable, () => statements.Select(statement => Command(statement).ExecuteNonQuery()).ToArray());

    public override long ExecuteAndAsk(IReadOnlyList<Statement> statements, Statement question) => InTransaction(
        isDurable: false,
        () =>
        {
            foreach (var statement in statements)
            {
                Command(statement).ExecuteNonQuery();
            }

            return (long)Command(question).ExecuteScalar()!;
        });

    public override T Query<T>(IReadOnlyList<Statement> queries, Func<T> begin, Action<T, int, DbDataReader> row)
    {
        var result = begin();
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            Guard(() =>
            {
                _place?.Require();
                Run("BEGIN");
                try
                {
                    for (var i = 0; i < queries.Count; i++)
                    {
                        using var reader = Command(queries[i]).ExecuteReader();
                        while (reader.Read())
                        {
                            Take(row, result, i, reader);
                        }
                    }
                }
                finally
                {
                    RollBack();
                }
            });
        }

        return result;
    }

    public override bool IsDuplicate(DbException exception) =>
        exception is SqliteException { SqliteExtendedErrorCode: SQLitePCL.raw.SQLITE_CONSTRAINT_UNIQUE or SQLitePCL.raw.SQLITE_CONSTRAINT_PRIMARYKEY };

    public override void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            foreach (var command in _commands.Values)
            {
                command.Dispose();
            }

            _connection.Dispose();
            _owners?.Dispose();
        }
    }

    /// <summary>SQLite notices only a part of the damage to a file: a row may have lost its values, or have others of another type.</summary>
    private void Take<T>(Action<T, int, DbDataReader> row, T result, int query, DbDataReader reader)
    {
        try
        {
            row(result, query, reader);
        }
        catch (Exception exception) when (exception is InvalidOperationException or InvalidCastException or FormatException or OverflowException or ArgumentException)
        {
            throw SqliteFile.Damaged(Shown, "a row has values that nobody has written", exception);
        }
    }

    private T InTransaction<T>(bool isDurable, Func<T> action)
    {
        T result = default!;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            Guard(() =>
            {
                _place?.Require();
                if (!_isPrepared)
                {
                    // Not before the first change: this is one, and a file that is another program's shall stay as it is.
                    Run("PRAGMA journal_mode = WAL");
                    Run("PRAGMA synchronous = NORMAL");
                    _isPrepared = true;
                }

                // Only a full commit waits for the disk. It takes with it what the others before have left to the system.
                if (isDurable != _isFull)
                {
                    Run(isDurable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
                    _isFull = isDurable;
                }

                Run("BEGIN IMMEDIATE");
                try
                {
                    result = action();
                    _place?.LookAtLog();
                    Run("COMMIT");
                }
                catch
                {
                    RollBack();
                    throw;
                }

                // What is not where others will find it is not stored.
                _place?.RequireAfterCommit();
            });
        }

        return result;
    }

    private void Configure()
    {
        _connection.Open();
        KeepLog(_wasCutOff);
        _connection.CreateFunction("logml_now", NextTime);

        // More than a log has before it is brought into the file: what somebody cuts off from the log can still be saved.
        Run("PRAGMA cache_size = -16384");

        // The wait of SQLite itself, which is woken in milliseconds; the provider's own only begins after it.
        Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {BusyLimit.TotalMilliseconds:0}"));
    }

    /// <summary>The present time in microseconds, which no two calls in this process share.</summary>
    private static string NextTime()
    {
        while (true)
        {
            var last = Interlocked.Read(ref s_lastTime);
            var next = Math.Max(last + 1, DateTime.UtcNow.Ticks / TimeSpan.TicksPerMicrosecond);
            if (Interlocked.CompareExchange(ref s_lastTime, next, last) == last)
            {
                return new DateTime(next * TimeSpan.TicksPerMicrosecond).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
            }
        }
    }

    /// <summary>Whether a log stays as it is when the connection ends, which would bring it into the file: not before the file is known to be a good one.</summary>
    private void KeepLog(bool keep) => SQLitePCL.raw.sqlite3_db_config(_connection.Handle, NoCheckpointOnClose, keep ? 1 : 0, out _);

    private void Run(string sql) => Command(new Statement(sql)).ExecuteNonQuery();

    private void RollBack()
    {
        try
        {
            Run("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has done it already, as it does when the disk is full.
        }
    }

    private SqliteCommand Command(Statement statement)
    {
        if (!_commands.TryGetValue(statement.Sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = statement.Sql;
            foreach (var (name, _) in statement.Parameters)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = "@" + name });
            }

            _commands.Add(statement.Sql, command);
        }

        for (var i = 0; i < statement.Parameters.Count; i++)
        {
            command.Parameters[i].Value = statement.Parameters[i].Value ?? DBNull.Value;
        }

        return command;
    }

    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (SqliteException exception) when (!IsDuplicate(exception))
        {
            // One that could not be opened is not one that has gone.
            if (_connection.State == ConnectionState.Open)
            {
                _place?.Require();
            }

            // The file was a good one when this process first changed it.
            if (_isPrepared && SqliteFile.IsDamage(exception))
            {
                _place?.RequireWhole();
            }

            throw SqliteFile.Problem(Shown, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(StorageProblem.Unavailable, $"'{Shown}' cannot be used: {exception.Message}", exception);
        }
    }
}
