using LogMl.TestKit.Postgres;
using Xunit;

namespace LogMl.TestKit.Slurm;

/// <summary>A test with a real Slurm, which needs root on Linux and the packages slurmctld, slurmd and slurm-client.</summary>
public sealed class SlurmFactAttribute : FactAttribute
{
    /// <summary>Whether it needs a PostgreSQL, too.</summary>
    public bool NeedsPostgres { get; init; }

    /// <inheritdoc />
    public override string? Skip
    {
        get => base.Skip ?? (SlurmCluster.IsInstalled ? NeedsPostgres ? PostgresServer.Missing : null
            : "there is no Slurm (slurmctld, slurmd, slurm-client), or this is not root on Linux");
        set => base.Skip = value;
    }
}
