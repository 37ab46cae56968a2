namespace LogMl.Host.Tests.Faults;

/// <summary>The store of the study in a fault test.</summary>
public enum StoreKind
{
    Sqlite,
    PostgreSql,
}
