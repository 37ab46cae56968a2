using LogMl.TestKit.Postgres;
using Xunit;

namespace LogMl.TestKit;

/// <summary>A theory that needs a <see cref="SmallDisk"/> and PostgreSQL.</summary>
public sealed class SmallDiskTheoryAttribute : TheoryAttribute
{
    /// <inheritdoc />
    public override string? Skip
    {
        get => base.Skip ?? SmallDisk.Missing ?? PostgresServer.Missing;
        set => base.Skip = value;
    }
}
