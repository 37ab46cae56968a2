using Xunit;

namespace LogMl.TestKit.Postgres;

/// <summary>A test that needs PostgreSQL.</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    /// <inheritdoc />
    public override string? Skip
    {
        get => base.Skip ?? PostgresServer.Missing;
        set => base.Skip = value;
    }
}
