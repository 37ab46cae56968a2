namespace LogMl.Storage.Databases;

/// <summary>A statement of SQL with its parameters: named, never pasted into the text.</summary>
internal readonly struct Statement(string sql, params (string Name, object? Value)[] parameters)
{
    public string Sql { get; } = sql;

    public IReadOnlyList<(string Name, object? Value)> Parameters { get; } = parameters;
}
