using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LogMl.Storage;

/// <summary>How a storage behaves when other processes or the database do not respond.</summary>
public sealed record StorageOptions
{
    /// <summary>
    /// The time without a heartbeat after which a process that runs trials in PostgreSQL counts as dead, by the clock of the database. At
    /// least a second. In SQLite the operating system knows who is alive, whatever the clock says.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The time without one of Optuna's heartbeats after which a trial of another program counts as abandoned, by the clock of the
    /// database, and is repeated. A trial without any heartbeats never does: Optuna sends them only when its storage has a
    /// <c>heartbeat_interval</c>. At least a second; Optuna's own default is twice that interval.
    /// </summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long calls retry when the database has stopped answering. After that it is an error.</summary>
    public TimeSpan RetryLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Whether studies are only read. Nothing is written, no table is created, and the database may be read-only.
    /// <see cref="StudyStorage.ListStudies"/> and <see cref="StudyStorage.ViewStudy"/> work as usual.
    /// </summary>
    public bool ReadOnly { get; init; }

    /// <summary>
    /// Whether the tables of studies may be added to a SQLite file with another program's tables. If not, such a file is refused.
    /// </summary>
    public bool MayShareFile { get; init; } = true;

    /// <summary>
    /// Whether the tables of studies may be added to a SQLite file without any tables. If not, such a file has lost its tables, and is
    /// damaged.
    /// </summary>
    public bool MayBeginFile { get; init; } = true;

    /// <summary>Gets a message when the database stops answering, and one when it answers again.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <exception cref="ArgumentOutOfRangeException">A time is out of its range.</exception>
    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Logger);
        ArgumentOutOfRangeException.ThrowIfLessThan(Lease, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(GracePeriod, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryLimit, TimeSpan.Zero);
    }
}
