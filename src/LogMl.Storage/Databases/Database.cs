using System.Data.Common;

namespace LogMl.Storage.Databases;

/// <summary>Where SQLite and PostgreSQL differ. The statements themselves are the same for both.</summary>
internal abstract class Database : IDisposable
{
    /// <summary>
    /// SQL: the present time by the clock of the database, in Optuna's form: UTC, without a zone, with six digits of the second.
    /// </summary>
    public abstract string NowSql { get; }

    /// <summary>SQL: the present time in the form of Optuna's heartbeats.</summary>
    public abstract string HeartbeatNowSql { get; }

    /// <summary>SQL: the seconds from a stored time to a present one, as a real number.</summary>
    public abstract string SecondsSql(string since, string now);

    /// <summary>The name of the database in messages. It has no secret in it.</summary>
    public abstract string DisplayName { get; }

    /// <summary>SQL: the type of a primary key that the database assigns.</summary>
    public abstract string KeyType { get; }

    /// <summary>SQL: the type of a column of times.</summary>
    public abstract string TimeType { get; }

    /// <summary>SQL: the type of a column of real numbers.</summary>
    public abstract string FloatType { get; }

    /// <summary>SQL: keeps two processes from creating the tables at the same time. Empty where a transaction does that.</summary>
    public virtual string LockForCreation => "";

    /// <summary>
    /// SQL: the type of a column whose values are these names: a type of its own, or text as long as the longest of them.
    /// </summary>
    public abstract string EnumType(string name, params string[] values);

    /// <summary>The statements that create the types of <see cref="EnumType"/>; none where they are text.</summary>
    public abstract IEnumerable<string> EnumTypes(string name, params string[] values);

    /// <summary>SQL: the column has one of the keys in the parameter, whose value <see cref="KeysValue"/> makes.</summary>
    public abstract string IsInSql(string column, string parameter);

    /// <summary>The value of the parameter of <see cref="IsInSql"/>.</summary>
    public abstract object KeysValue(IReadOnlyCollection<long> keys);

    /// <summary>
    /// Locks a study until the end of the transaction, so that nobody else creates a trial in it. Null where a transaction does that.
    /// </summary>
    public abstract Statement? LockStudy(long studyId);

    /// <summary>
    /// Locks a trial until the end of the transaction, so that no other program changes it. Null where a transaction does that.
    /// </summary>
    public abstract Statement? LockTrial(long trialId);

    /// <summary>Whether a table exists.</summary>
    public abstract bool HasTable(string name);

    /// <summary>
    /// Whether the file has tables, but none of studies: it belongs to another program. This is one query, because another process may be
    /// creating all tables at this moment. It is false for a server, where many programs may have tables.
    /// </summary>
    public virtual bool BelongsToOtherProgram => false;

    /// <summary>Checks the whole file for damage that reading a part of it would not find, where there may be any.</summary>
    /// <exception cref="StorageException">The file is damaged.</exception>
    public virtual void RequireUndamaged()
    {
    }

    /// <summary>
    /// Checks that other processes can read what this process has written: the file may have been deleted or damaged while it was in use.
    /// Call it outside of a transaction.
    /// </summary>
    /// <exception cref="StorageException">They cannot read it.</exception>
    public virtual void RequireWhole()
    {
    }

    /// <summary>
    /// SQL, a condition on a running trial (alias t): the last heartbeat of its owner is older than the lease. Where there are no leases in
    /// time it is always true, and <see cref="IsAlive"/> decides.
    /// </summary>
    public abstract string StaleOwnerSql { get; }

    /// <summary>SQL, a condition on a running trial (alias t): it has a heartbeat, and the heartbeat is older than this.</summary>
    public abstract string StaleHeartbeatSql(TimeSpan age);

    /// <summary>Whether the owner of a trial for which <see cref="StaleOwnerSql"/> is true lives all the same.</summary>
    public abstract bool IsAlive(string owner);

    /// <summary>Whether this process has been connected long enough to decide that other processes are dead.</summary>
    public abstract bool CanJudgeOthers { get; }

    /// <summary>Runs statements in one transaction.</summary>
    /// <param name="isDurable">
    /// Whether the transaction is on the disk when the call returns. A transaction that is not durable survives the end of every process.
    /// It may be lost when the machine or the server crashes.
    /// </param>
    /// <param name="statements">The statements.</param>
    /// <returns>For each statement, the number of rows that it changed.</returns>
    /// <exception cref="DbException">A constraint was violated. Nothing was changed.</exception>
    public abstract int[] Execute(bool isDurable, IReadOnlyList<Statement> statements);

    /// <summary>Runs the statement of a heartbeat, which is not durable, and of no use when it comes late.</summary>
    public virtual void Beat(Statement statement) => Execute(isDurable: false, [statement]);

    /// <summary>
    /// Runs statements, and then a query for one number, in one transaction. A committed transaction survives a crash of the database
    /// server. It may be lost when the machine itself loses power.
    /// </summary>
    /// <exception cref="DbException">A constraint was violated. Nothing was changed.</exception>
    public abstract long ExecuteAndQuery(IReadOnlyList<Statement> statements, Statement query);

    /// <summary>Runs queries that see the same state of the database as far as trials that are over are concerned.</summary>
    /// <param name="queries">The queries.</param>
    /// <param name="begin">
    /// Makes the object that collects the rows. It is called again for each further attempt after a lost connection.
    /// </param>
    /// <param name="row">Reads one row; its number says which of the queries the row is of.</param>
    public abstract T Query<T>(IReadOnlyList<Statement> queries, Func<T> begin, Action<T, int, DbDataReader> row);

    /// <summary>Whether an exception says that a row with this key exists already.</summary>
    public abstract bool IsDuplicate(DbException exception);

    /// <summary>Registers the name under which this process holds trials.</summary>
    public abstract void RegisterOwner(string owner);

    public abstract void Dispose();

    /// <summary>The rows of one query.</summary>
    public List<T> Read<T>(Statement query, Func<DbDataReader, T> row) =>
        Query([query], () => new List<T>(), (rows, _, reader) => rows.Add(row(reader)));
}
