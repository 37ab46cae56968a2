using LogMl.TestKit.Postgres;
using Xunit;

namespace LogMl.TestKit.Ssh;

/// <summary>A test that needs an sshd and PostgreSQL.</summary>
public sealed class SshFactAttribute : FactAttribute
{
    /// <inheritdoc />
    public override string? Skip
    {
        get => base.Skip ?? SshServer.Missing ?? PostgresServer.Missing;
        set => base.Skip = value;
    }
}
