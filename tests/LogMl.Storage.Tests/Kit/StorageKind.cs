namespace LogMl.Storage.Tests.Kit;

public enum StorageKind
{
    Sqlite,
    Memory,
    Postgres,
}
