using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LogMl.Storage.Locations;

/// <summary>
/// Reads the URLs that people use for their databases: those of SQLAlchemy (and so of Optuna) and of PostgreSQL's own tools. Errors are
/// messages of <see cref="FormatException"/>. They have no part of a server's URL in them, because any part may be a piece of the password.
/// </summary>
internal static partial class StorageUrl
{
    private const string EncodeAdvice = "Characters that have a meaning in a URL (@ : / ? # % and spaces) must be percent-encoded: "
        + "@ is %40, % itself is %25.";

    /// <summary>The query parameters by libpq's names, with Npgsql's names.</summary>
    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["host"] = "Host",
        ["port"] = "Port",
        ["user"] = "Username",
        ["password"] = "Password",
        ["dbname"] = "Database",
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["channel_binding"] = "Channel Binding",
        ["application_name"] = "Application Name",
        ["connect_timeout"] = "Timeout",
        ["options"] = "Options",
    };

    private static readonly Dictionary<string, string> SslModes = new(StringComparer.Ordinal)
    {
        ["disable"] = "Disable",
        ["allow"] = "Allow",
        ["prefer"] = "Prefer",
        ["require"] = "Require",
        ["verify-ca"] = "VerifyCA",
        ["verify-full"] = "VerifyFull",
    };

    /// <summary>The names of the Npgsql settings that a URL can have.</summary>
    public static IEnumerable<string> Settings => Parameters.Values;

    public static bool IsUrl(string text) => Scheme().IsMatch(text);

    public static bool IsPort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535;

    /// <summary>The absolute path of a <c>sqlite:</c> URL; null when the URL is another one.</summary>
    /// <exception cref="FormatException">The URL has no absolute path.</exception>
    public static string? SqlitePath(string url)
    {
        var scheme = Scheme().Match(url);
        if (!scheme.Groups["name"].ValueSpan.Equals("sqlite", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        // As in SQLAlchemy, the path is everything after the third slash.
        var rest = url[scheme.Length..];
        var path = rest.StartsWith('/') ? rest[1..] : "";
        if (path.Contains('?', StringComparison.Ordinal))
        {
            throw new FormatException("the URL of a SQLite file can have no query. Remove the ? and what follows.");
        }

        path = Decode(path);

        // A relative path would mean different folders in a terminal, an IDE and a build server.
        if (path.Length > 0 && Path.IsPathFullyQualified(path) && !Path.EndsInDirectorySeparator(path))
        {
            path = Path.GetFullPath(path);
            return Directory.Exists(path)
                ? throw new FormatException(
                    $"'{path}' is a folder. Add the name of a file: "
                    + $"sqlite:///{Path.Combine(path, "studies.db").Replace("%", "%25", StringComparison.Ordinal)}.")
                : path;
        }

        throw new FormatException(
            "a SQLite URL must have an absolute path of a file: sqlite:////home/me/studies.db with four slashes, "
            + "on Windows sqlite:///C:/studies.db.");
    }

    /// <summary>The options for Npgsql.</summary>
    /// <exception cref="FormatException">The URL cannot be read.</exception>
    public static DbConnectionStringBuilder ServerOptions(string url)
    {
        var scheme = Scheme().Match(url);
        if (scheme.Groups["name"].Value.ToLowerInvariant() is not ("postgresql" or "postgres"))
        {
            throw new FormatException(
                "it is the URL of a database that is neither PostgreSQL nor SQLite. Studies are stored in one of these: postgresql://... "
                + "or sqlite:////...");
        }

        var match = Parts().Match(url[scheme.Length..]);
        if (!match.Success)
        {
            throw new FormatException(
                "the URL cannot be taken apart: it must be postgresql://user:password@host:port/database. " + EncodeAdvice);
        }

        var options = new DbConnectionStringBuilder();
        Set(options, "Username", match.Groups["user"]);
        Set(options, "Password", match.Groups["password"]);
        Set(options, "Host", match.Groups["host"]);
        Set(options, "Port", match.Groups["port"]);
        Set(options, "Database", match.Groups["database"]);
        foreach (var parameter in match.Groups["query"].Value.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            AddParameter(options, parameter);
        }

        if (!options.ContainsKey("Host"))
        {
            // libpq and SQLAlchemy do the same.
            options["Host"] = "localhost";
        }

        return options;
    }

    private static void AddParameter(DbConnectionStringBuilder options, string parameter)
    {
        var split = parameter.IndexOf('=', StringComparison.Ordinal);
        if (split < 0 || !Parameters.TryGetValue(parameter[..split], out var name))
        {
            throw new FormatException($"the URL has a parameter that is none of {string.Join(", ", Parameters.Keys)}.");
        }

        var value = Decode(parameter[(split + 1)..]);
        options[name] = name switch
        {
            "SSL Mode" => SslModes.GetValueOrDefault(value)
                ?? throw new FormatException($"sslmode must be one of {string.Join(", ", SslModes.Keys)}."),
            _ => value,
        };
    }

    private static void Set(DbConnectionStringBuilder options, string name, Group group)
    {
        if (group.Length > 0)
        {
            options[name] = Decode(group.Value);
        }
    }

    /// <summary>
    /// Decodes percent-encoding. Uri.UnescapeDataString accepts invalid encodings, and a password that is misread is hard to find.
    /// </summary>
    private static string Decode(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                var length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
                bytes.AddRange(System.Text.Encoding.UTF8.GetBytes(text, i, length));
                i += length - 1;
            }
            else if (i + 2 < text.Length
                && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                throw new FormatException("the URL has a % that two hexadecimal digits do not follow. " + EncodeAdvice);
            }
        }

        try
        {
            var decoded = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString([.. bytes]);
            return decoded.Any(char.IsControl) ? throw new FormatException("the URL has a control character.") : decoded;
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException("what is percent-encoded in the URL is no UTF-8.");
        }
    }

    [GeneratedRegex(@"\A(?<name>[a-z][a-z0-9]*)(?:\+[a-z0-9_]+)?://", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    /// <summary>
    /// The parts of a server's URL. None may have an unencoded character that ends it: a password with a raw / or @ must be an error, and
    /// never be read as host and database.
    /// </summary>
    [GeneratedRegex(
        @"\A(?:(?<user>[^@:/?#\[\]\s]*)(?::(?<password>[^@:/?#\[\]\s]*))?@)?"
        + @"(?<host>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])?"
        + @"(?::(?<port>[0-9]{1,5}))?(?:/(?<database>[^@:/?#\s]*))?(?:\?(?<query>[^@?#\s]*))?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Parts();
}
