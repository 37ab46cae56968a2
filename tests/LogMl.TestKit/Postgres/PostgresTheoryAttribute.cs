using Xunit;

namespace LogMl.TestKit.Postgres;

/// <summary>A test with data, all of which need PostgreSQL.</summary>
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    /// <inheritdoc />
    public override string? Skip
    {
        get => base.Skip ?? PostgresServer.Missing;
        set => base.Skip = value;
    }
}
