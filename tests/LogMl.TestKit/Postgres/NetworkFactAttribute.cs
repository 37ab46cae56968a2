using Xunit;

namespace LogMl.TestKit.Postgres;

/// <summary>A test that needs PostgreSQL and a <see cref="NodeNetwork"/>.</summary>
public sealed class NetworkFactAttribute : FactAttribute
{
    /// <inheritdoc />
    public override string? Skip
    {
        get => base.Skip ?? PostgresServer.Missing ?? NodeNetwork.Missing;
        set => base.Skip = value;
    }
}
