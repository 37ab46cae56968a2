using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace LogMl.Storage.Databases;

/// <summary>
/// A SQLite file that the processes of one machine share, or a database in memory. The journal is a write-ahead log (WAL), so that readers
/// and the one writer do not wait for each other.
/// </summary>
internal sealed class SqliteDatabase : Database
{
    /// <summary>How long a transaction waits for those of other processes. Each takes milliseconds.</summary>
    private static readonly TimeSpan BusyLimit = TimeSpan.FromSeconds(30);

    /// <summary>SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE.</summary>
    private const int NoCheckpointOnClose = 1006;

    private static long _lastTime;

    private readonly Lock _lock = new();
    private readonly string? _path;
    private readonly bool _isReadOnly;
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);
    private readonly SqliteFileWatch? _watch;
    private SqliteOwners? _owners;
    private readonly bool _hasLeftoverLog;
    private bool _isFull;
    private bool _isPrepared;
    private bool _isDisposed;

    /// <param name="path">The file, which is created when it does not exist; null for a database in memory.</param>
    /// <param name="isReadOnly">Whether nothing is written. Then the file must exist.</param>
    public SqliteDatabase(string? path, bool isReadOnly)
    {
        _path = path;
        _isReadOnly = isReadOnly;
        if (path is not null)
        {
            SqliteFile.RequireIntact(path);
            _hasLeftoverLog = SqliteFile.HasLog(path);
        }

        var timeout = (int)BusyLimit.TotalSeconds;
        _connection = isReadOnly
            ? SqliteReading.Open(path!, timeout)
            : new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = path ?? ":memory:", Pooling = false, DefaultTimeout = timeout,
            }.ToString());

        // The watch saves what was written when the file is gone.
        _watch = path is null || isReadOnly ? null : new SqliteFileWatch(_connection, path, Thread.Sleep);
        try
        {
            TranslateErrors(Configure);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>SQLite's own time has milliseconds only, which would lose the order in which short trials end.</summary>
    public override string NowSql => "logml_now()";

    public override string HeartbeatNowSql => "CURRENT_TIMESTAMP";

    public override string SecondsSql(string since, string now) => $"(julianday({now}) - julianday({since})) * 86400.0";

    public override string DisplayName => _path ?? "a database in memory";

    public override string KeyType => "INTEGER NOT NULL PRIMARY KEY";

    public override string TimeType => "DATETIME";

    public override string FloatType => "FLOAT";

    /// <summary>Always true: the operating system knows who is alive (<see cref="IsAlive"/>).</summary>
    public override string StaleOwnerSql => "1 = 1";

    /// <remarks>Optuna writes heartbeats with and without a fraction of the second.</remarks>
    public override string StaleHeartbeatSql(TimeSpan age) => string.Create(
        CultureInfo.InvariantCulture,
        $"EXISTS (SELECT 1 FROM trial_heartbeats h WHERE h.trial_id = t.trial_id "
        + $"AND datetime(h.heartbeat) < datetime('now', '-{age.TotalSeconds:0} seconds'))");

    public override bool CanJudgeOthers => true;

    public override string EnumType(string name, params string[] values) =>
        string.Create(CultureInfo.InvariantCulture, $"VARCHAR({values.Max(value => value.Length)})");

    public override IEnumerable<string> EnumTypes(string name, params string[] values) => [];

    public override string IsInSql(string column, string parameter) => $"{column} IN (SELECT value FROM json_each({parameter}))";

    public override object KeysValue(IReadOnlyCollection<long> keys) => JsonSerializer.Serialize(keys);

    /// <summary>Null: SQLite has one writer at a time.</summary>
    public override Statement? LockStudy(long studyId) => null;

    public override Statement? LockTrial(long trialId) => null;

    public override bool HasTable(string name) =>
        Read(new Statement("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = @name", ("name", name)), _ => true).Count > 0;

    public override bool BelongsToOtherProgram => Read(
        new Statement(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND NOT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' "
            + "AND name = 'studies') LIMIT 1"),
        _ => true).Count > 0;

    public override bool IsAlive(string owner) => _owners?.IsAlive(owner) ?? (_path is not null && SqliteOwners.IsAlive(_path, owner));

    /// <summary>
    /// Checks the file only when a write-ahead log was left over, that is, when a process was killed. When a part of such a log is lost,
    /// old pages may stand beside new ones, and each of them reads well alone. The check reads everything: 0.05 s for 5,000 trials of ten
    /// parameters, 1 s for 100,000.
    /// </summary>
    public override void RequireUndamaged()
    {
        if (!_hasLeftoverLog)
        {
            return;
        }

        if (Read(new Statement("PRAGMA integrity_check(1)"), row => row.GetString(0)) is [var finding] && finding != "ok")
        {
            throw SqliteFile.Damaged(DisplayName, finding);
        }

        if (Read(new Statement("PRAGMA foreign_key_check"), row => row.GetString(0)) is [var table, ..])
        {
            throw SqliteFile.Damaged(DisplayName, $"the table {table} has rows of trials that are not there");
        }
    }

    /// <summary>Does nothing when this process has not written to the file.</summary>
    public override void RequireWhole()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_isPrepared && _watch is not null)
            {
                TranslateErrors(() =>
                {
                    _watch.RequireInPlace();
                    _watch.RequireWhole();
                });
            }
        }
    }

    public override void RegisterOwner(string owner)
    {
        if (_path is not null)
        {
            TranslateErrors(() =>
            {
                SetKeepLog(false);
                _owners = new SqliteOwners(_path, owner);
            });
        }
    }

    public override int[] Execute(bool isDurable, IReadOnlyList<Statement> statements) =>
        InTransaction(isDurable, () => statements.Select(statement => Command(statement).ExecuteNonQuery()).ToArray());

    public override long ExecuteAndQuery(IReadOnlyList<Statement> statements, Statement query) => InTransaction(
        isDurable: false,
        () =>
        {
            foreach (var statement in statements)
            {
                Command(statement).ExecuteNonQuery();
            }

            return (long)Command(query).ExecuteScalar()!;
        });

    public override T Query<T>(IReadOnlyList<Statement> queries, Func<T> begin, Action<T, int, DbDataReader> row)
    {
        var result = begin();
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            TranslateErrors(() =>
            {
                _watch?.RequireInPlace();
                RequireReadable();
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
        exception is SqliteException
        {
            SqliteExtendedErrorCode: SQLitePCL.raw.SQLITE_CONSTRAINT_UNIQUE or SQLitePCL.raw.SQLITE_CONSTRAINT_PRIMARYKEY,
        };

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

    /// <summary>
    /// Reads a row, and reports damage that SQLite does not notice: a row may have lost its values, or have values of another type.
    /// </summary>
    private void Take<T>(Action<T, int, DbDataReader> row, T result, int query, DbDataReader reader)
    {
        try
        {
            row(result, query, reader);
        }
        catch (Exception exception) when (
            exception is InvalidOperationException or InvalidCastException or FormatException or OverflowException or ArgumentException)
        {
            throw SqliteFile.Damaged(DisplayName, "a row has values that nobody has written", exception);
        }
    }

    private T InTransaction<T>(bool isDurable, Func<T> action)
    {
        T result = default!;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            TranslateErrors(() =>
            {
                _watch?.RequireInPlace();
                if (!_isPrepared)
                {
                    // These statements change the file. So they come with the first change, and a file of another program stays as it is.
                    Run("PRAGMA journal_mode = WAL");
                    Run("PRAGMA synchronous = NORMAL");
                    _isPrepared = true;
                }

                // Only a commit with FULL waits for the disk. It also flushes what earlier commits have left to the operating system.
                if (isDurable != _isFull)
                {
                    Run(isDurable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
                    _isFull = isDurable;
                }

                Run("BEGIN IMMEDIATE");
                try
                {
                    result = action();
                    _watch?.NoteLogLength();
                    Run("COMMIT");
                }
                catch
                {
                    RollBack();
                    throw;
                }

                // A result that other processes cannot find is not stored.
                _watch?.RequireAfterCommit();
            });
        }

        return result;
    }

    /// <summary>Who reads for a long time would otherwise go on with a file that nobody else has.</summary>
    private void RequireReadable()
    {
        if (_isReadOnly && _path is { } path && (!File.Exists(path) || SqliteFileWatch.HasMoved(_connection)))
        {
            throw new StorageException(StorageProblem.Gone, $"'{path}' was deleted, moved or replaced while it was read.");
        }
    }

    private void Configure()
    {
        if (!_isReadOnly)
        {
            _connection.Open();
        }

        SetKeepLog(_hasLeftoverLog);
        _connection.CreateFunction("logml_now", NextTime);

        // The cache is larger than the log can become before a checkpoint. So what is cut off from the log by accident can still be saved.
        Run("PRAGMA cache_size = -16384");

        // SQLite's own wait ends within milliseconds of the lock's release. The wait of the .NET provider begins only after it.
        Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {BusyLimit.TotalMilliseconds:0}"));
        if (_isReadOnly)
        {
            Run("PRAGMA query_only = ON");
        }
    }

    /// <summary>The present time in microseconds. No two calls in this process return the same one.</summary>
    private static string NextTime()
    {
        while (true)
        {
            var last = Interlocked.Read(ref _lastTime);
            var next = Math.Max(last + 1, DateTime.UtcNow.Ticks / TimeSpan.TicksPerMicrosecond);
            if (Interlocked.CompareExchange(ref _lastTime, next, last) == last)
            {
                return new DateTime(next * TimeSpan.TicksPerMicrosecond).ToString(
                    "yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
            }
        }
    }

    /// <summary>
    /// Decides whether a write-ahead log is left as it is when the connection closes. Closing would otherwise write the log into the file,
    /// which must not happen before the file is known to be good.
    /// </summary>
    private void SetKeepLog(bool keep) => SQLitePCL.raw.sqlite3_db_config(_connection.Handle, NoCheckpointOnClose, keep ? 1 : 0, out _);

    private void Run(string sql) => Command(new Statement(sql)).ExecuteNonQuery();

    private void RollBack()
    {
        try
        {
            Run("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, as it does when the disk is full.
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

    private void TranslateErrors(Action action)
    {
        try
        {
            action();
        }
        catch (SqliteException exception) when (!IsDuplicate(exception))
        {
            // A file that could not be opened has not been deleted meanwhile.
            if (_connection.State == ConnectionState.Open)
            {
                _watch?.RequireInPlace();
            }

            // The file was good when this process first changed it, so the damage happened since.
            if (_isPrepared && SqliteFile.IsDamage(exception))
            {
                _watch?.RequireWhole();
            }

            throw SqliteFile.Problem(DisplayName, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(StorageProblem.Unavailable, $"'{DisplayName}' cannot be used: {exception.Message}", exception);
        }
    }
}
