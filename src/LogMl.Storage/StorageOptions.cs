using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LogMl.Storage;

/// <summary>How a storage behaves when others are silent, or the database is.</summary>
public sealed record StorageOptions
{
    /// <summary>
    /// After this time without a sign of life a process that runs trials in PostgreSQL is taken for dead, by the clock of the database. At
    /// least a second. In SQLite the operating system knows who lives, whatever the clock says.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// After this time without one of Optuna's heartbeats a trial that another program runs is taken for abandoned, by the clock of the
    /// database, and is repeated. A trial without heartbeats never is: Optuna gives them only when its storage has a
    /// <c>heartbeat_interval</c>. At least a second; Optuna's own default is twice that interval.
    /// </summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>For how long a database that does not answer any more is tried again before it is an error.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Whether studies are only looked at: nothing is written, no table is made, and the database may be one that cannot be written.
    /// <see cref="StudyStorage.ListStudies"/> and <see cref="StudyStorage.ViewStudy"/> work as ever.
    /// </summary>
    public bool ReadOnly { get; init; }

    /// <summary>Whether a SQLite file with tables of another program gets those of studies as well; if not, it is refused.</summary>
    public bool MayShareFile { get; init; } = true;

    /// <summary>
    /// Whether a SQLite file without any tables becomes one of studies. If not, it is one that has lost them, which is damage.
    /// </summary>
    public bool MayBeginFile { get; init; } = true;

    /// <summary>Is told once when the database does not answer, and once when it does again.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <exception cref="ArgumentOutOfRangeException">A time is out of its range.</exception>
    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Logger);
        ArgumentOutOfRangeException.ThrowIfLessThan(Lease, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(GracePeriod, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(Patience, TimeSpan.Zero);
    }
}
