using System.Data.Common;
using System.Text.RegularExpressions;
using LogMl.Shared;
using LogMl.Storage;
using Npgsql;

namespace LogMl.Host;

internal enum StorageKind
{
    Sqlite,
    PostgreSql,
}

/// <summary>
/// The place where studies are stored. Its text may have a password in it. So only <see cref="DisplayName"/> is for messages, and no error
/// repeats any part of a text that could not be read.
/// </summary>
internal sealed partial class StorageLocation
{
    /// <summary>The environment variable with the location. Workers do not inherit it.</summary>
    public const string Variable = "LOGML_STORAGE";

    /// <summary>The greatest length of the text. A file with more in it has no connection string.</summary>
    private const int MaxLength = 16 * 1024;

    private const string ValidForms =
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

    /// <summary>The place where this call stores studies: that of the variable or of the file, else a SQLite file of its own.</summary>
    /// <param name="storageFile">The file with the location, or null.</param>
    /// <param name="ownFile">The SQLite file to use by default.</param>
    /// <param name="events">Receives the warning that others can read the file.</param>
    /// <exception cref="HostException">The location cannot be used.</exception>
    public static StorageLocation Resolve(string? storageFile, string ownFile, HostEvents events)
    {
        var variable = Environment.GetEnvironmentVariable(Variable);
        var isSet = !string.IsNullOrWhiteSpace(variable);
        if (storageFile is not null)
        {
            // Whichever of them had priority, some users would find the study in the wrong database.
            return isSet
                ? throw Invalid(
                    $"Two places say where studies are stored: the environment variable {Variable} and HyperOptStorageFile, "
                    + $"'{storageFile}'. Clear one of them.")
                : Parse(ReadFile(storageFile, events), $"the file '{storageFile}'");
        }

        return isSet ? Parse(variable!, $"the environment variable {Variable}") : OfFile(ownFile);
    }

    /// <summary>Reads a location.</summary>
    /// <param name="text">The location.</param>
    /// <param name="source">The source of the text, for errors.</param>
    /// <exception cref="HostException">The text is no location.</exception>
    public static StorageLocation Parse(string text, string source)
    {
        try
        {
            return Parse(text.Trim());
        }
        catch (FormatException exception)
        {
            throw Invalid($"The storage location in {source} cannot be used: {exception.Message}");
        }
    }

    /// <summary>Whether studies are stored in this file.</summary>
    public bool IsFile(string path) => Kind == StorageKind.Sqlite && Target == path;

    /// <summary>Opens the store.</summary>
    /// <exception cref="StorageException">It cannot be used.</exception>
    public IStudyStorage Open(StorageOptions options) =>
        Kind == StorageKind.Sqlite ? StudyStorages.Sqlite(Target, options) : StudyStorages.PostgreSql(Target, options);

    public static StorageLocation OfFile(string path) => new(StorageKind.Sqlite, path, path);

    /// <summary>The same as <see cref="DisplayName"/>, so that formatting the object by mistake prints no password.</summary>
    public override string ToString() => DisplayName;

    private static StorageLocation Parse(string text)
    {
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

    private static string ReadFile(string path, HostEvents events)
    {
        try
        {
            using var reader = new StreamReader(path);
            WarnOfReaders(path, events);
            var buffer = new char[MaxLength + 1];
            var length = reader.ReadBlock(buffer);
            var text = new string(buffer, 0, length);
            if (string.IsNullOrWhiteSpace(text))
            {
                throw Invalid($"The file '{path}', which HyperOptStorageFile names, is empty. {ValidForms}");
            }

            return length <= MaxLength
                ? text
                : throw Invalid($"The file '{path}', which HyperOptStorageFile names, is too long for a storage location. {ValidForms}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Invalid($"The file with the storage location, which HyperOptStorageFile names, cannot be read: {exception.Message}");
        }
    }

    private static void WarnOfReaders(string path, HostEvents events)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0)
        {
            events.Warning(
                HostErrors.StorageLocation, SourcePlace.Unknown,
                $"Other users of this machine can read the file '{path}', which may have a password in it. Make it yours alone: "
                + "chmod 600.");
        }
    }

    /// <summary>One or more hosts with or without port, or the folder of a socket.</summary>
    [GeneratedRegex(
        @"\A(?:/[A-Za-z0-9._/-]+|(?:(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?|[0-9A-Fa-f:.]*::[0-9A-Fa-f:.]*)"
        + @"(?:,(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?)*)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Host();

    private static HostException Invalid(string message) => new(HostErrors.StorageLocation, message);
}
