using System.Data.Common;

namespace LogMl.Storage.Databases;

/// <summary>What SQLite and PostgreSQL do in different ways. The statements themselves are the same for both.</summary>
internal abstract class Database : IDisposable
{
    /// <summary>The present time by the clock of the database, as Optuna stores times: UTC, without a zone, with six digits of the second.</summary>
    public abstract string Now { get; }

    /// <summary>The present time as Optuna stores heartbeats.</summary>
    public abstract string HeartbeatNow { get; }

    /// <summary>The database in words, for messages: without anything secret.</summary>
    public abstract string Shown { get; }

    /// <summary>The type of a primary key that counts by itself.</summary>
    public abstract string KeyType { get; }

    public abstract string TimeType { get; }

    public abstract string FloatType { get; }

    /// <summary>What keeps two processes from creating the tables at the same time; empty where a transaction does.</summary>
    public virtual string LockForCreation => "";

    /// <summary>Of which type a column of names is: a type of its own, or text of the longest of them.</summary>
    public abstract string EnumType(string name, params string[] values);

    /// <summary>The statements that make those types; none where they are text.</summary>
    public abstract IEnumerable<string> EnumTypes(string name, params string[] values);

    /// <summary>That a column is one of the keys of a parameter.</summary>
    public abstract string IsIn(string column, string parameter);

    /// <summary>The value of the parameter for <see cref="IsIn"/>.</summary>
    public abstract object Keys(IReadOnlyCollection<long> keys);

    /// <summary>What the creation of a trial takes first: nobody else creates one in the study until the transaction ends.</summary>
    public abstract Statement? LockStudy(long studyId);

    /// <summary>What the claim of a trial takes first: nobody else changes the trial until the transaction ends, whatever program it is.</summary>
    public abstract Statement? LockTrial(long trialId);

    /// <summary>Whether a table exists.</summary>
    public abstract bool HasTable(string name);

    /// <summary>Whether a file has tables, but not those of studies: it is another program's. One query, because another process may create them all at this moment. A server is nobody's alone.</summary>
    public virtual bool HasOnlyOtherTables => false;

    /// <summary>Looks for damage that reading does not notice, where there may be any.</summary>
    /// <exception cref="StorageException">There is.</exception>
    public virtual void RequireSound()
    {
    }

    /// <summary>Makes sure that others can read what this process has written, where a file may have been spoilt meanwhile. To be called outside of a transaction.</summary>
    /// <exception cref="StorageException">They cannot.</exception>
    public virtual void RequireWhole()
    {
    }

    /// <summary>A condition on a running trial (the alias t): its owner has been silent for so long that it is dead.</summary>
    public abstract string IsSilent { get; }

    /// <summary>A condition on a running trial (the alias t): it has a heartbeat, and that is older than a time.</summary>
    public abstract string HasOldHeartbeat(TimeSpan age);

    /// <summary>Whether an owner that <see cref="IsSilent"/> does not excuse is alive.</summary>
    public abstract bool IsAlive(string owner);

    /// <summary>Whether this process has been in contact for long enough to judge others.</summary>
    public abstract bool MayJudge { get; }

    /// <summary>Runs statements in one transaction.</summary>
    /// <param name="isDurable">Whether the transaction is on the disk when the call returns. Others survive the death of every process of ours, not that of the machine or the server.</param>
    /// <param name="statements">The statements.</param>
    /// <returns>For each of them how many rows it has changed.</returns>
    /// <exception cref="DbException">A constraint is violated: the transaction did not happen.</exception>
    public abstract int[] Execute(bool isDurable, IReadOnlyList<Statement> statements);

    /// <summary>
    /// Runs statements in one transaction, and then a query for one number in it. It survives the death of a server, which is not that of this process; that of the machine of
    /// both need not.
    /// </summary>
    /// <exception cref="DbException">A constraint is violated: the transaction did not happen.</exception>
    public abstract long ExecuteAndAsk(IReadOnlyList<Statement> statements, Statement question);

    /// <summary>Runs queries that see one state of the database, as far as it has finished what they look at.</summary>
    /// <param name="queries">The queries.</param>
    /// <param name="begin">Makes what takes the rows; once more when a broken connection makes another try necessary.</param>
    /// <param name="row">Takes a row of one of the queries, by its index.</param>
    public abstract T Query<T>(IReadOnlyList<Statement> queries, Func<T> begin, Action<T, int, DbDataReader> row);

    /// <summary>Whether an exception says that a row is there already.</summary>
    public abstract bool IsDuplicate(DbException exception);

    /// <summary>Takes the name under which this process holds trials.</summary>
    public abstract void Enter(string owner);

    public abstract void Dispose();

    /// <summary>The rows of one query.</summary>
    public List<T> Read<T>(Statement query, Func<DbDataReader, T> row) => Query([query], () => new List<T>(), (rows, _, reader) => rows.Add(row(reader)));
}
