namespace LogMl.TestKit.Postgres;

/// <summary>A database of a <see cref="PostgresServer"/>.</summary>
/// <param name="ConnectionString">For Npgsql.</param>
/// <param name="Url">For SQLAlchemy, that is, for Optuna.</param>
public sealed record PostgresDatabase(string ConnectionString, string Url);
