using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace LogMl.Storage.Databases;

/// <summary>
/// A PostgreSQL database that processes on any number of machines share. Calls are retried while a connection is lost or the server
/// restarts.
/// </summary>
internal sealed class PostgreSqlDatabase : Database
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CancelledRetryLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestBeat = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The share of the lease that one attempt of a heartbeat may take, and each pause between two. After the network is back, a heartbeat
    /// reaches the server within two of them.
    /// </summary>
    private const int AttemptsPerLease = 6;

    /// <summary>
    /// Settings of the session that free the locks of a client that has vanished. The administrator's defaults are hours.
    /// </summary>
    private const string SessionOptions =
        "-c idle_in_transaction_session_timeout=10s -c lock_timeout=30s -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c "
        + "tcp_keepalives_count=3";

    /// <summary>
    /// A setting of this library's own, which says whether the settings of the session have reached the server. A pooler drops them.
    /// </summary>
    private const string Marker = "logml.session";

    /// <summary>What pgbouncer says when it has max_client_conn clients. It has one code for all errors.</summary>
    private const string PoolerIsFull = "no more connections allowed (max_client_conn)";

    private const string HasMarker = $"SELECT current_setting('{Marker}', true) IS NOT NULL";

    /// <summary>The server has ended a session that was idle in a transaction (idle_in_transaction_session_timeout).</summary>
    private const string IdleInTransaction = "25P03";

    /// <summary>Applies to this transaction only. When the server crashes in the next moments, the transaction is lost.</summary>
    private const string DoNotWaitForDisk = "SELECT set_config('synchronous_commit', 'off', true)";

    private readonly StorageOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly NpgsqlConnectionStringBuilder _settings;
    private readonly string _lease;
    private readonly Lock _lock = new();
    private NpgsqlDataSource _source;
    private bool _isChecked;
    private bool _wasReached;
    private bool _isUnreachable;
    private long _contactSince;
    private long? _cancelledSince;
    private Exception? _lastFailure;

    /// <param name="connectionString">A connection string of Npgsql.</param>
    /// <param name="options">How long to wait for the server.</param>
    /// <param name="cancellation">When it is cancelled, calls wait for a short time only.</param>
    public PostgreSqlDatabase(string connectionString, StorageOptions options, CancellationToken cancellation)
    {
        _options = options;
        _cancellation = cancellation;
        _lease = Interval(options.Lease);
        var settings = WithDefaults(connectionString);
        settings.Options = $"{settings.Options} -c {Marker}=1{(options.ReadOnly ? " -c default_transaction_read_only=on" : "")}";

        DisplayName = $"PostgreSQL database{(IsName(settings.Database) ? $" '{settings.Database}'" : "")} on "
            + $"{(IsName(settings.Host) ? settings.Host : "its server")}:{settings.Port.ToString(CultureInfo.InvariantCulture)}";
        _settings = settings;
        _source = NpgsqlDataSource.Create(settings);
    }

    public override string NowSql => "timezone('UTC', clock_timestamp())";

    public override string HeartbeatNowSql => "clock_timestamp()::timestamp";

    public override string SecondsSql(string since, string now) => $"CAST(EXTRACT(EPOCH FROM ({now} - {since})) AS FLOAT(53))";

    public override string DisplayName { get; }

    public override string KeyType => "SERIAL NOT NULL PRIMARY KEY";

    public override string TimeType => "TIMESTAMP WITHOUT TIME ZONE";

    public override string FloatType => "FLOAT(53)";

    public override string LockForCreation => "SELECT pg_advisory_xact_lock(7236089142)";

    /// <summary>False right after a restart of the server, because no process could send heartbeats while it was down.</summary>
    public override string StaleOwnerSql => StaleHeartbeat(_lease);

    /// <summary>False when this process has just lost the connection: others may have lost theirs too.</summary>
    public override bool CanJudgeOthers
    {
        get
        {
            lock (_lock)
            {
                return _wasReached && !_isUnreachable && Stopwatch.GetElapsedTime(_contactSince) > _options.Lease;
            }
        }
    }

    public override string StaleHeartbeatSql(TimeSpan age) => StaleHeartbeat(Interval(age));

    public override string EnumType(string name, params string[] values) => name;

    public override IEnumerable<string> EnumTypes(string name, params string[] values) =>
    [
        $"DO $$ BEGIN CREATE TYPE {name} AS ENUM ({string.Join(", ", values.Select(value => $"'{value}'"))}); EXCEPTION WHEN "
        + "duplicate_object THEN NULL; END $$",
    ];

    public override string IsInSql(string column, string parameter) => $"{column} = ANY({parameter})";

    public override object KeysValue(IReadOnlyCollection<long> keys) => keys.Select(key => (int)key).ToArray();

    public override Statement? LockStudy(long studyId) =>
        new Statement("SELECT study_id FROM studies WHERE study_id = @study FOR UPDATE", ("study", studyId));

    public override Statement? LockTrial(long trialId) =>
        new Statement("SELECT trial_id FROM trials WHERE trial_id = @trial FOR UPDATE", ("trial", trialId));

    public override bool HasTable(string name) =>
        Read(new Statement("SELECT 1 WHERE to_regclass(@name) IS NOT NULL", ("name", name)), _ => true).Count > 0;

    public override bool IsAlive(string owner) => false;

    public override void RegisterOwner(string owner)
    {
        // Heartbeats show who is alive; there is nothing to register.
    }

    /// <summary>
    /// A connection that has gone silent is given up after a part of the lease. TCP would try it again after ever longer pauses, also when
    /// the network is back, and the lease would be over meanwhile.
    /// </summary>
    public override void Beat(Statement statement)
    {
        var part = _options.Lease / AttemptsPerLease;
        var limit = part < ShortestBeat ? ShortestBeat : part;
        WithRetries(
            () =>
            {
                using var connection = Open(limit);
                using var batch = Batch(connection, [new Statement(DoNotWaitForDisk), statement]);
                batch.Timeout = (int)Math.Ceiling(limit.TotalSeconds);
                return batch.ExecuteNonQuery();
            },
            limit < LongestPause ? limit : LongestPause);
    }

    public override int[] Execute(bool isDurable, IReadOnlyList<Statement> statements) => WithRetries(() =>
    {
        using var connection = Open();
        using var batch = Batch(connection, isDurable ? statements : [new Statement(DoNotWaitForDisk), .. statements]);
        batch.ExecuteNonQuery();
        var first = isDurable ? 0 : 1;
        return Enumerable.Range(first, statements.Count).Select(i => batch.BatchCommands[i].RecordsAffected).ToArray();
    });

    public override long ExecuteAndQuery(IReadOnlyList<Statement> statements, Statement query) => WithRetries(() =>
    {
        using var connection = Open();
        using var batch = Batch(connection, [.. statements, query]);
        using var reader = batch.ExecuteReader();
        object? last = null;
        do
        {
            last = reader.Read() ? reader.GetValue(0) : last;
        }
        while (reader.NextResult());
        return Convert.ToInt64(last, CultureInfo.InvariantCulture);
    });

    public override T Query<T>(IReadOnlyList<Statement> queries, Func<T> begin, Action<T, int, DbDataReader> row) => WithRetries(() =>
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

    public override bool IsDuplicate(DbException exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public override void Dispose() => _source.Dispose();

    /// <summary>
    /// Whether a part of the connection string is only a name. When a semicolon is missing, the value before it has more in it, perhaps the
    /// password.
    /// </summary>
    private static bool IsName(string? text) =>
        text is { Length: > 0 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '/');

    private static NpgsqlConnectionStringBuilder WithDefaults(string connectionString)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The exception may quote the text, and the text may have a password in it.
            throw new StorageException(
                StorageProblem.Unavailable,
                "The connection string is not one of PostgreSQL, such as Host=server;Database=studies;Username=me;Password=...");
        }

        void Default(string key, object value)
        {
            if (!settings.ContainsKey(key)
                || !connectionString.Replace(" ", "", StringComparison.Ordinal).Contains(
                    key.Replace(" ", "", StringComparison.Ordinal) + "=", StringComparison.OrdinalIgnoreCase))
            {
                settings[key] = value;
            }
        }

        Default("Timeout", 10);
        Default("Command Timeout", 30);

        // A call that has no answer is not cancelled by a further connection, which would have none either. The call is made again, and
        // may find that it was done.
        Default("Cancellation Timeout", -1);
        Default("Tcp Keepalive", true);
        Default("Tcp Keepalive Time", 5);
        Default("Tcp Keepalive Interval", 1);

        // The connections of a server are few, and hosts may be many. A host has one for its trials and one for heartbeats meanwhile, and
        // closes each soon after its last use: while its trials run for minutes, it has none most of the time.
        Default("Maximum Pool Size", 2);
        Default("Connection Idle Lifetime", 3);
        Default("Connection Pruning Interval", 1);
        Default("Max Auto Prepare", 64);
        Default("Auto Prepare Min Usages", 2);
        Default("Application Name", "LogMl");
        Default("Options", SessionOptions);
        return settings;
    }

    private static NpgsqlBatch Batch(NpgsqlConnection connection, IReadOnlyList<Statement> statements)
    {
        // A batch without a transaction of its own is one transaction, and needs one round trip.
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

    private static string Interval(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} * interval '1 second'");

    private static string StaleHeartbeat(string interval) =>
        "EXISTS (SELECT 1 FROM trial_heartbeats h WHERE h.trial_id = t.trial_id "
        + "AND h.heartbeat < clock_timestamp()::timestamp - " + interval
        + ") AND pg_postmaster_start_time() < clock_timestamp() - " + interval;

    /// <param name="limit">How long it may take; null for the limit of the connection string.</param>
    /// <exception cref="RefusedException">The server answers, but refuses the connection.</exception>
    /// <exception cref="TimeoutException">It took longer.</exception>
    private NpgsqlConnection Open(TimeSpan? limit = null)
    {
        try
        {
            if (!Volatile.Read(ref _isChecked))
            {
                lock (_lock)
                {
                    if (!_isChecked)
                    {
                        UseFormOfServer();
                        Volatile.Write(ref _isChecked, true);
                    }
                }
            }

            if (limit is not { } time)
            {
                return _source.OpenConnection();
            }

            using var end = new CancellationTokenSource(time);
            return _source.OpenConnectionAsync(end.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException exception)
        {
            throw new TimeoutException("The server did not answer in time.", exception);
        }
        catch (PostgresException exception)
        {
            throw new RefusedException(exception);
        }
    }

    /// <summary>
    /// Finds out whether a pooler such as pgbouncer stands before the server, which hands each transaction to another session. There,
    /// prepared statements of one session would be those of others, so there are none; nor are there settings of the session. The pooler
    /// itself frees the locks of clients that vanish.
    /// </summary>
    private void UseFormOfServer()
    {
        try
        {
            using var connection = _source.OpenConnection();
            using var command = new NpgsqlCommand(HasMarker, connection);
            if (command.ExecuteScalar() is true)
            {
                return;
            }
        }
        catch (PostgresException exception) when (
            exception.SqlState == PostgresErrorCodes.ProtocolViolation
            && exception.MessageText.Contains("startup parameter", StringComparison.Ordinal))
        {
            // pgbouncer refuses the settings, unless it is told to drop them.
        }

        _source.Dispose();
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_settings.ConnectionString)
        {
            Options = null, MaxAutoPrepare = 0, NoResetOnClose = true,
        });
    }

    private T WithRetries<T>(Func<T> action) => WithRetries(action, LongestPause);

    private T WithRetries<T>(Func<T> action, TimeSpan longestPause)
    {
        var since = Stopwatch.GetTimestamp();
        var isSecond = false;
        ThrowIfGivenUp();
        for (var pause = FirstPause; ; pause = pause * 2 < longestPause ? pause * 2 : longestPause)
        {
            try
            {
                var result = action();
                MarkReached();
                return result;
            }
            catch (DbException exception) when (IsDuplicate(exception))
            {
                MarkReached();
                throw;
            }
            catch (Exception exception) when (IsTransient(exception) && !isSecond && _wasReached)
            {
                // Perhaps only this connection was lost, or the server has restarted since it was opened. The other connections of the pool
                // are no better, so the second attempt opens a new one.
                isSecond = true;
                _source.Clear();
            }
            catch (Exception exception) when (IsTransient(exception) && MayRetry(since, IsFull(exception)))
            {
                MarkUnreachable(exception);
                if (_cancellation.IsCancellationRequested)
                {
                    Thread.Sleep(FirstPause);
                }
                else
                {
                    // Many hosts that wait for one server do not come back at the same moment.
                    _cancellation.WaitHandle.WaitOne(pause * (0.5 + (Random.Shared.NextDouble() / 2)));
                }
            }
            catch (Exception exception) when (
                exception is RefusedException or NpgsqlException or SocketException or IOException or TimeoutException)
            {
                throw Unavailable(exception);
            }
        }
    }

    /// <summary>
    /// Fails at once when retrying after cancellation has ended already: each attempt to reach a server that is gone takes its own time.
    /// </summary>
    private void ThrowIfGivenUp()
    {
        lock (_lock)
        {
            if (_lastFailure is not null && _cancelledSince is { } cancelled && Stopwatch.GetElapsedTime(cancelled) > CancelledRetryLimit)
            {
                throw Unavailable(_lastFailure);
            }
        }
    }

    /// <summary>
    /// The message of a refused login has nothing of the connection string in it: neither the server's text nor the place, both of which
    /// may show a secret.
    /// </summary>
    private StorageException Unavailable(Exception exception) => exception is RefusedException
        ? new StorageException(StorageProblem.Unavailable, $"The PostgreSQL server cannot be used: {exception.Message}.")
        : new StorageException(StorageProblem.Unavailable, $"The {DisplayName} cannot be used: {MessageOf(exception)}", exception);

    /// <summary>Whether a failed call is tried again. After cancellation all calls together share one short limit.</summary>
    /// <param name="since">When the call began.</param>
    /// <param name="isFull">Whether the server has no connection left, which is worth waiting for from the start.</param>
    private bool MayRetry(long since, bool isFull)
    {
        lock (_lock)
        {
            if (!_cancellation.IsCancellationRequested)
            {
                return (_wasReached || isFull) && Stopwatch.GetElapsedTime(since) < _options.RetryLimit;
            }

            _cancelledSince ??= Stopwatch.GetTimestamp();
            var limit = CancelledRetryLimit < _options.RetryLimit ? CancelledRetryLimit : _options.RetryLimit;
            return _wasReached && Stopwatch.GetElapsedTime(_cancelledSince.Value) < limit;
        }
    }

    private void MarkReached()
    {
        lock (_lock)
        {
            if (_wasReached && !_isUnreachable)
            {
                return;
            }

            _contactSince = Stopwatch.GetTimestamp();
            _cancelledSince = null;
            if (_isUnreachable)
            {
                _options.Logger.AnswersAgain(DisplayName);
            }

            _wasReached = true;
            _isUnreachable = false;
            _lastFailure = null;
        }
    }

    private void MarkUnreachable(Exception exception)
    {
        lock (_lock)
        {
            _lastFailure = exception;
            if (!_isUnreachable)
            {
                _isUnreachable = true;
                if (IsFull(exception))
                {
                    _options.Logger.IsFull(DisplayName);
                }
                else
                {
                    _options.Logger.DoesNotAnswer(DisplayName, MessageOf(exception));
                }
            }
        }
    }

    private static string MessageOf(Exception exception) =>
        exception is PostgresException postgres ? postgres.MessageText : exception.Message;

    /// <summary>Whether the server, or the pooler before it, has all the connections that it takes.</summary>
    private static bool IsFull(Exception exception) => exception is RefusedException
    {
        Answer: { SqlState: PostgresErrorCodes.TooManyConnections }
            or { SqlState: PostgresErrorCodes.ProtocolViolation, MessageText: PoolerIsFull },
    };

    /// <summary>Whether a further attempt may succeed: lost connections, a server that stops or starts, deadlocks.</summary>
    private static bool IsTransient(Exception exception) => exception switch
    {
        RefusedException refused => IsFull(refused) || IsTransient(refused.Answer),
        PostgresException postgres =>
            postgres.IsTransient || postgres.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.LockNotAvailable or IdleInTransaction
            or PostgresErrorCodes.QueryCanceled,
        NpgsqlException npgsql => npgsql.IsTransient || npgsql.InnerException is IOException or SocketException or TimeoutException,
        _ => exception is SocketException or IOException or TimeoutException,
    };

    /// <summary>
    /// The server has refused the connection. Its text names the user, the database and the client's address, and whatever a missing
    /// semicolon has put there. So the message says only what kind of refusal it is.
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
            PostgresErrorCodes.ProtocolViolation => "a pooler such as pgbouncer stands before it, and its log says why",
            PostgresErrorCodes.CannotConnectNow => "it is starting or stopping",
            _ => "PostgreSQL's list of error codes says why",
        };
    }
}
