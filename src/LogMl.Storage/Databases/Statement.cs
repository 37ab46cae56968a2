namespace LogMl.Storage.Databases;

/// <summary>An SQL statement with named parameters. Values are never pasted into the text.</summary>
internal readonly struct Statement(string sql, params (string Name, object? Value)[] parameters)
{
    public string Sql { get; } = sql;

    public IReadOnlyList<(string Name, object? Value)> Parameters { get; } = parameters;
}
