namespace LogMl.Storage.Locations;

/// <summary>The databases that studies are stored in.</summary>
internal enum StorageKind
{
    Sqlite,
    PostgreSql,
}
