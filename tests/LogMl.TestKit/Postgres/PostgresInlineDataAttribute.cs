using System.Reflection;
using Xunit.Sdk;

namespace LogMl.TestKit.Postgres;

/// <summary>Data of a test which need PostgreSQL, beside others that do not.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class PostgresInlineDataAttribute(params object?[] data) : DataAttribute
{
    /// <summary>The arguments of the test.</summary>
    public IReadOnlyList<object?> Data { get; } = data;

    /// <inheritdoc />
    public override string? Skip
    {
        get => base.Skip ?? PostgresServer.Missing;
        set => base.Skip = value;
    }

    /// <inheritdoc />
    public override IEnumerable<object?[]> GetData(MethodInfo testMethod) => [[.. Data]];
}
