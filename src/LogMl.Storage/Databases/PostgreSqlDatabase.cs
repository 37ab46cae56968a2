using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace LogMl.Storage.Databases;

/// <summary>A PostgreSQL database that processes on any number of machines share. A connection that is cut, or a server that starts again, is waited for.</summary>
internal sealed class PostgreSqlDatabase : Database
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortPatience = TimeSpan.FromSeconds(5);

    /// <summary>What the server shall do about a client that has vanished without a word, while it holds a lock. The administrator's defaults are hours.</summary>
    private const string SessionOptions =
        "-c idle_in_transaction_session_timeout=10s -c lock_timeout=30s -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3";

    /// <summary>The session held a lock and was silent (idle_in_transaction_session_timeout).</summary>
    private const string IdleInTransaction = "25P03";

    /// <summary>For this transaction only. If the server itself dies in the next moments, the transaction did not happen.</summary>
    private const string DoNotWaitForDisk = "SELECT set_config('synchronous_commit', 'off', true)";

    private readonly StorageOptions _options;
    private readonly NpgsqlDataSource _source;
    private readonly string _lease;
    private readonly Lock _lock = new();
    private bool _wasReached;
    private bool _isAway;
    private long _contactSince;
    private long? _hurriedSince;
    private Exception? _lastFailure;

    public PostgreSqlDatabase(string connectionString, StorageOptions options)
    {
        _options = options;
        _lease = Interval(options.Lease);
        var settings = Settings(connectionString);
        Shown = $"PostgreSQL database{(IsName(settings.Database) ? $" '{settings.Database}'" : "")} on {(IsName(settings.Host) ? settings.Host : "its server")}:{settings.Port.ToString(CultureInfo.InvariantCulture)}";
        _source = NpgsqlDataSource.Create(settings);
    }

    public override string Now => "timezone('UTC', clock_timestamp())";

    public override string HeartbeatNow => "clock_timestamp()::timestamp";

    public override string Shown { get; }

    public override string KeyType => "SERIAL NOT NULL PRIMARY KEY";

    public override string TimeType => "TIMESTAMP WITHOUT TIME ZONE";

    public override string FloatType => "FLOAT(53)";

    public override string LockForCreation => "SELECT pg_advisory_xact_lock(7236089142)";

    /// <summary>Not right after the server itself was away: then everybody was silent.</summary>
    public override string IsSilent => OldHeartbeat(_lease);

    /// <summary>Not when it was this process that was cut off: then others may have been, too.</summary>
    public override bool MayJudge
    {
        get
        {
            lock (_lock)
            {
                return _wasReached && !_isAway && Stopwatch.GetElapsedTime(_contactSince) > _options.Lease;
            }
        }
    }

    public override string HasOldHeartbeat(TimeSpan age) => OldHeartbeat(Interval(age));

    public override string EnumType(string name, params string[] values) => name;

    public override IEnumerable<string> EnumTypes(string name, params string[] values) =>
    [
        $"DO $$ BEGIN CREATE TYPE {name} AS ENUM ({string.Join(", ", values.Select(value => $"'{value}'"))}); EXCEPTION WHEN duplicate_object THEN NULL; END $$",
    ];

    public override string IsIn(string column, string parameter) => $"{column} = ANY({parameter})";

    public override object Keys(IReadOnlyCollection<long> keys) => keys.Select(key => (int)key).ToArray();

    public override Statement? LockStudy(long studyId) => new Statement("SELECT study_id FROM studies WHERE study_id = @study FOR UPDATE", ("study", studyId));

    public override Statement? LockTrial(long trialId) => new Statement("SELECT trial_id FROM trials WHERE trial_id = @trial FOR UPDATE", ("trial", trialId));

    public override bool HasTable(string name) => Read(new Statement("SELECT 1 WHERE to_regclass(@name) IS NOT NULL", ("name", name)), _ => true).Count > 0;

    public override bool IsAlive(string owner) => false;

    public override void Enter(string owner)
    {
        // Heartbeats are the sign of life.
    }

    public override int[] Execute(bool isDurable, IReadOnlyList<Statement> statements) => WithPatience(() =>
    {
        using var connection = Open();
        using var batch = Batch(connection, isDurable ? statements : [new Statement(DoNotWaitForDisk), .. statements]);
        batch.ExecuteNonQuery();
        var first = isDurable ? 0 : 1;
        return Enumerable.Range(first, statements.Count).Select(i => (int)batch.BatchCommands[i].RecordsAffected).ToArray();
    });

    public override long ExecuteAndAsk(IReadOnlyList<Statement> statements, Statement question) => WithPatience(() =>
    {
        using var connection = Open();
        using var batch = Batch(connection, [.. statements, question]);
        using var reader = batch.ExecuteReader();
        object? last = null;
        do
        {
            last = reader.Read() ? reader.GetValue(0) : last;
        }
        while (reader.NextResult());
        return Convert.ToInt64(last, CultureInfo.InvariantCulture);
    });

    public override T Query<T>(IReadOnlyList<Statement> queries, Func<T> begin, Action<T, int, DbDataReader> row) => WithPatience(() =>
    {
        var result = begin();
        using var connection = Open();
        using var batch = Batch(connection, queries);
        using var reader = batch.ExecuteReader();
        for (var i = 0; i < queries.Count; i++, reader.NextResult())
        {
            while (reader.Read())
            {
                row(result, i, reader);
            }
        }

        return result;
    });

    public override bool IsDuplicate(DbException exception) => exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public override void Dispose() => _source.Dispose();

    /// <summary>Where a semicolon is missing, the value before it has more in it than a name, perhaps the password.</summary>
    private static bool IsName(string? text) => text is { Length: > 0 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '/');

    private static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The exception may quote the text, and the text may have a password in it.
            throw new StorageException(StorageProblem.Unavailable, "The connection string is not one of PostgreSQL, such as Host=server;Database=studies;Username=me;Password=...");
        }

        void Default(string key, object value)
        {
            if (!settings.ContainsKey(key) || !connectionString.Replace(" ", "", StringComparison.Ordinal).Contains(key.Replace(" ", "", StringComparison.Ordinal) + "=", StringComparison.OrdinalIgnoreCase))
            {
                settings[key] = value;
            }
        }

        Default("Timeout", 10);
        Default("Command Timeout", 30);
        Default("Tcp Keepalive", true);
        Default("Tcp Keepalive Time", 5);
        Default("Tcp Keepalive Interval", 1);
        Default("Maximum Pool Size", 3);
        Default("Max Auto Prepare", 64);
        Default("Auto Prepare Min Usages", 2);
        Default("Application Name", "LogMl");
        Default("Options", SessionOptions);
        return settings;
    }

    private static NpgsqlBatch Batch(NpgsqlConnection connection, IReadOnlyList<Statement> statements)
    {
        // Without a transaction of its own a batch is one: one way to the server and back.
        var batch = connection.CreateBatch();
        foreach (var statement in statements)
        {
            var command = new NpgsqlBatchCommand(statement.Sql);
            foreach (var (name, value) in statement.Parameters)
            {
                command.Parameters.Add(new NpgsqlParameter(name, value is long number ? (int)number : value ?? DBNull.Value));
            }

            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    private static string Interval(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} * interval '1 second'");

    private static string OldHeartbeat(string interval) =>
        "EXISTS (SELECT 1 FROM trial_heartbeats h WHERE h.trial_id = t.trial_id AND h.heartbeat < clock_timestamp()::timestamp - " + interval
        + ") AND pg_postmaster_start_time() < clock_timestamp() - " + interval;

    /// <exception cref="RefusedException">The server answers, and does not let this client in.</exception>
    private NpgsqlConnection Open()
    {
        try
        {
            return _source.OpenConnection();
        }
        catch (PostgresException exception)
        {
            throw new RefusedException(exception);
        }
    }

    private T WithPatience<T>(Func<T> action)
    {
        var since = Stopwatch.GetTimestamp();
        var isSecond = false;
        RequireHope();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                var result = action();
                Reached();
                return result;
            }
            catch (DbException exception) when (IsDuplicate(exception))
            {
                Reached();
                throw;
            }
            catch (Exception exception) when (IsPassing(exception) && !isSecond && _wasReached)
            {
                // Perhaps only this connection was cut, or is one of a server that has been started again since: another one tells, and those that rest in the pool are no better.
                isSecond = true;
                _source.Clear();
            }
            catch (Exception exception) when (IsPassing(exception) && MayWait(since))
            {
                Away(exception);
                if (_options.Hurry.IsCancellationRequested)
                {
                    Thread.Sleep(FirstPause);
                }
                else
                {
                    _options.Hurry.WaitHandle.WaitOne(pause);
                }
            }
            catch (Exception exception) when (exception is RefusedException or NpgsqlException or SocketException or IOException or TimeoutException)
            {
                throw Unusable(exception);
            }
        }
    }

    /// <summary>A server that has vanished without a word takes its time to be tried, and whoever wants to leave has tried it.</summary>
    private void RequireHope()
    {
        lock (_lock)
        {
            if (_lastFailure is not null && _hurriedSince is { } hurried && Stopwatch.GetElapsedTime(hurried) > ShortPatience)
            {
                throw Unusable(_lastFailure);
            }
        }
    }

    /// <summary>Of a login that failed, nothing of the connection string is told: neither what the server says about it, nor where it was.</summary>
    private StorageException Unusable(Exception exception) => exception is RefusedException
        ? new StorageException(StorageProblem.Unavailable, $"The PostgreSQL server cannot be used: {exception.Message}.")
        : new StorageException(StorageProblem.Unavailable, $"The {Shown} cannot be used: {Text(exception)}", exception);

    /// <summary>Whoever wants to leave waits once, not anew with each call that is still to come.</summary>
    private bool MayWait(long since)
    {
        lock (_lock)
        {
            if (!_options.Hurry.IsCancellationRequested)
            {
                return _wasReached && Stopwatch.GetElapsedTime(since) < _options.Patience;
            }

            _hurriedSince ??= Stopwatch.GetTimestamp();
            return _wasReached && Stopwatch.GetElapsedTime(_hurriedSince.Value) < (ShortPatience < _options.Patience ? ShortPatience : _options.Patience);
        }
    }

    private void Reached()
    {
        lock (_lock)
        {
            if (_wasReached && !_isAway)
            {
                return;
            }

            _contactSince = Stopwatch.GetTimestamp();
            _hurriedSince = null;
            if (_isAway)
            {
                _options.Notify?.Invoke($"The {Shown} answers again.");
            }

            _wasReached = true;
            _isAway = false;
            _lastFailure = null;
        }
    }

    private void Away(Exception exception)
    {
        lock (_lock)
        {
            _lastFailure = exception;
            if (!_isAway)
            {
                _isAway = true;
                _options.Notify?.Invoke($"The {Shown} does not answer ({Text(exception)}); it is tried again.");
            }
        }
    }

    private static string Text(Exception exception) => exception is PostgresException postgres ? postgres.MessageText : exception.Message;

    /// <summary>What another try may not meet: lost connections, a server that stops or starts, deadlocks.</summary>
    private static bool IsPassing(Exception exception) => exception switch
    {
        RefusedException refused => IsPassing(refused.Answer),
        PostgresException postgres => postgres.IsTransient || postgres.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.LockNotAvailable or IdleInTransaction
            or PostgresErrorCodes.QueryCanceled,
        NpgsqlException npgsql => npgsql.IsTransient || npgsql.InnerException is IOException or SocketException or TimeoutException,
        _ => exception is SocketException or IOException or TimeoutException,
    };

    /// <summary>
    /// The server has refused the connection. What it says then has user, database and address of the client in it, and whatever a missing semicolon has put there: only what kind of refusal it is is told.
    /// </summary>
    private sealed class RefusedException(PostgresException answer) : Exception(Describe(answer.SqlState))
    {
        public PostgresException Answer { get; } = answer;

        private static string Describe(string state) => $"it refuses the connection ({state}): " + state switch
        {
            PostgresErrorCodes.InvalidPassword => "user or password are wrong",
            PostgresErrorCodes.InvalidAuthorizationSpecification => "the user may not log in from here, or there is no such user",
            PostgresErrorCodes.InvalidCatalogName => "there is no database of this name",
            PostgresErrorCodes.InsufficientPrivilege => "the user may not use the database",
            PostgresErrorCodes.TooManyConnections => "there are too many connections",
            PostgresErrorCodes.CannotConnectNow => "it is starting or stopping",
            _ => "PostgreSQL's list of error codes says why",
        };
    }
}
