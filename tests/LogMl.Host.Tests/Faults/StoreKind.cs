namespace LogMl.Host.Tests.Faults;

/// <summary>Where the study of a fault test lives.</summary>
public enum StoreKind
{
    Sqlite,
    PostgreSql,
}
