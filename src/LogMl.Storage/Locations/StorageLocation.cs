using System.Data.Common;
using System.Text.RegularExpressions;
using LogMl.Shared;
using Npgsql;

namespace LogMl.Storage.Locations;

/// <summary>
/// The place where studies are stored. Its text may have a password in it. So only <see cref="DisplayName"/> is for messages, and no error
/// repeats any part of a text that could not be read.
/// </summary>
internal sealed partial class StorageLocation
{
    /// <summary>The valid forms of a location, for messages.</summary>
    public const string ValidForms =
        "It must be a URL, postgresql://user:password@host:port/database or sqlite:////absolute/path.db, or a connection string, "
        + "Host=...;Username=...;Password=...;Database=...";

    private StorageLocation(StorageKind kind, string target, string displayName)
    {
        Kind = kind;
        Target = target;
        DisplayName = displayName;
    }

    public StorageKind Kind { get; }

    /// <summary>The absolute path of the SQLite file.</summary>
    public string Path => Kind == StorageKind.Sqlite ? Target : throw new InvalidOperationException("Not a file.");

    /// <summary>The connection string for Npgsql. It is a secret.</summary>
    public string ConnectionString => Kind == StorageKind.PostgreSql ? Target : throw new InvalidOperationException("Not a server.");

    /// <summary>
    /// The place for messages, without user and password: <c>PostgreSQL database 'studies' on db.local:5432</c>, or the path of a file.
    /// </summary>
    public string DisplayName { get; }

    private string Target { get; }

    /// <summary>Whether studies are stored in this file.</summary>
    public bool IsFile(string path) => Kind == StorageKind.Sqlite && Target == path;

    public static StorageLocation OfFile(string path) => new(StorageKind.Sqlite, path, path);

    /// <summary>The same as <see cref="DisplayName"/>, so that formatting the object by mistake prints no password.</summary>
    public override string ToString() => DisplayName;

    /// <summary>Reads a URL or a connection string.</summary>
    /// <exception cref="FormatException">
    /// The text is neither. The message has no part of it, which may be a piece of a password.
    /// </exception>
    public static StorageLocation Parse(string text)
    {
        text = text.Trim();
        if (text.Any(char.IsControl))
        {
            throw new FormatException("it has a line break or another control character. " + ValidForms);
        }

        if (StorageUrl.IsUrl(text))
        {
            return StorageUrl.SqlitePath(text) is { } path ? OfFile(path) : Server(StorageUrl.ServerOptions(text));
        }

        var options = new DbConnectionStringBuilder();
        try
        {
            options.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            // The message of the exception may quote the text.
            throw new FormatException("it is neither a URL nor a connection string. " + ValidForms);
        }

        return Server(options);
    }

    /// <summary>
    /// Reads a URL, a connection string, or the path of a SQLite file. A path has no equals sign here: a text that has one may have a
    /// password, which must not become the name of a file.
    /// </summary>
    /// <exception cref="FormatException">As for <see cref="Parse"/>.</exception>
    public static StorageLocation ParseOrFile(string text) => StorageUrl.IsUrl(text.Trim()) || text.Contains('=', StringComparison.Ordinal)
        ? Parse(text)
        : OfFile(System.IO.Path.GetFullPath(text));

    /// <summary>Opens the storage.</summary>
    /// <param name="options">How to wait; null for the defaults.</param>
    /// <param name="cancellationToken">As for <see cref="StudyStorages.Open"/>.</param>
    /// <exception cref="StorageException">It cannot be used.</exception>
    public StudyStorage Open(StorageOptions? options = null, CancellationToken cancellationToken = default) => Kind == StorageKind.Sqlite
        ? StudyStorages.Sqlite(Target, options)
        : StudyStorages.PostgreSql(Target, options, cancellationToken);

    private static StorageLocation Server(DbConnectionStringBuilder options)
    {
        var host = Value(options, "Host", "Server");
        if (host is null)
        {
            throw new FormatException("it names no host. " + ValidForms);
        }

        // In libpq's own form, "host=db password=x", everything would become one host, and errors of the connection name the host.
        var port = Value(options, "Port");
        var database = Value(options, "Database", "DB");
        if (!Host().IsMatch(host)
            || database?.Contains('=', StringComparison.Ordinal) == true
            || Value(options, "Username", "User ID", "UserId", "User Name", "UID", "User")?.Contains('=', StringComparison.Ordinal) == true)
        {
            throw new FormatException(
                "host, user or database have characters that they cannot have. Semicolons separate the settings of a connection string; "
                + "a value with a semicolon stands in quotes.");
        }

        if (port is not null && !StorageUrl.IsPort(port))
        {
            throw new FormatException("the port is no number from 1 to 65535.");
        }

        RequireSettings(options);

        // A forgotten quote makes one value of two. So a value that does not look like a name is not shown.
        var shownDatabase = database?.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.') == true ? $" '{database}'" : "";
        var shownPort = port is null ? "" : ":" + port;
        return new StorageLocation(
            StorageKind.PostgreSql, options.ConnectionString, $"PostgreSQL database{shownDatabase} on {host}{shownPort}");
    }

    /// <summary>
    /// Checks the settings. One that Npgsql does not know may be a piece of a password with a semicolon, so neither its name nor any value
    /// is shown.
    /// </summary>
    private static void RequireSettings(DbConnectionStringBuilder options)
    {
        var known = new NpgsqlConnectionStringBuilder();
        foreach (string name in options.Keys)
        {
            if (!known.ContainsKey(name))
            {
                var meant = NearestName.Find(name, StorageUrl.Settings);
                throw new FormatException(
                    "it has a setting that PostgreSQL's driver, Npgsql, does not know."
                    + $"{(meant is null ? "" : $" Did you mean '{meant}'?")} A value with a semicolon stands in quotes.");
            }

            try
            {
                known[name] = options[name];
            }
            catch (Exception exception) when (
                exception is ArgumentException or FormatException or InvalidCastException
                    or OverflowException or KeyNotFoundException or NotSupportedException)
            {
                throw new FormatException($"the setting '{name}' has a value that it cannot have.");
            }
        }
    }

    private static string? Value(DbConnectionStringBuilder options, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (options.TryGetValue(name, out var value) && value is string { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>One or more hosts with or without port, or the folder of a socket.</summary>
    [GeneratedRegex(
        @"\A(?:/[A-Za-z0-9._/-]+|(?:(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?|[0-9A-Fa-f:.]*::[0-9A-Fa-f:.]*)"
        + @"(?:,(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?)*)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Host();
}
