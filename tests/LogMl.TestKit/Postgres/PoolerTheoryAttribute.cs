using Xunit;

namespace LogMl.TestKit.Postgres;

/// <summary>A test that needs PostgreSQL and pgbouncer.</summary>
public sealed class PoolerTheoryAttribute : TheoryAttribute
{
    /// <inheritdoc />
    public override string? Skip
    {
        get => base.Skip ?? Pooler.Missing;
        set => base.Skip = value;
    }
}
