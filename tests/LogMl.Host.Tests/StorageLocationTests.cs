using System.Data.Common;
using System.Globalization;
using CsCheck;
using LogMl.Shared.Wire;
using LogMl.Storage.Locations;

namespace LogMl.Host.Tests;

/// <summary>Where studies are stored: what is read, what is refused, and that no password is ever shown.</summary>
public sealed class StorageLocationTests : IDisposable
{
    private const string Secret = "hunter2";

    private readonly string _folder = Directory.CreateTempSubdirectory("logml-").FullName;
    private readonly MemoryStream _output = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Host=db;Username=me;Password=hunter2;Database=studies", "PostgreSQL database 'studies' on db")]
    [InlineData("Server=10.0.0.1; Port=5433; User ID=me; Password='hunter2;x'; Database=studies;", "PostgreSQL database 'studies' on 10.0.0.1:5433")]
    [InlineData("postgresql://me:hunter2@db.local:5432/studies", "PostgreSQL database 'studies' on db.local:5432")]
    [InlineData("postgresql+psycopg2://me:hunter2@db/studies?sslmode=verify-full", "PostgreSQL database 'studies' on db")]
    [InlineData("  POSTGRES://me@[::1]:5433/studies\n", "PostgreSQL database 'studies' on [::1]:5433")]
    [InlineData("postgresql:///studies?host=/var/run/postgresql&user=me&password=hunter2", "PostgreSQL database 'studies' on /var/run/postgresql")]
    [InlineData("postgresql://me:hunter2@/a%20b", "PostgreSQL database on localhost")]
    public void A_server_is_shown_without_user_and_password(string text, string shown)
    {
        var location = NamedLocation.Parse(text, "a test");
        Assert.Equal(StorageKind.PostgreSql, location.Kind);
        Assert.Equal(shown, location.DisplayName);
        Assert.Equal(shown, location.ToString());
    }

    [Fact]
    public void The_parts_of_a_url_become_the_settings_of_Npgsql()
    {
        var location = NamedLocation.Parse("postgresql://my%20self:p%40%3B%22%25@db.local:5433/st%C3%BCdies?sslmode=verify-ca&connect_timeout=3&application_name=x", "a test");
        var settings = new DbConnectionStringBuilder { ConnectionString = location.ConnectionString };
        string[] expected = ["my self", "p@;\"%", "db.local", "5433", "stüdies", "VerifyCA", "3", "x"];
        string[] names = ["Username", "Password", "Host", "Port", "Database", "SSL Mode", "Timeout", "Application Name"];
        Assert.Equal(expected, names.Select(name => settings[name]));
    }

    [Fact]
    public void Any_user_password_and_database_survive_the_way_through_a_url()
    {
        var text =
            Gen.String[Gen.OneOf(Gen.Char[' ', '~'], Gen.Char['¡', 'ÿ'], Gen.Char['一', '丁']), 1, 12].Where(value => value.Trim() == value);
        var user = text.Where(value => !value.Contains('=', StringComparison.Ordinal));
        Gen.Select(user, text, Gen.Int[1, 65535], user).Sample((name, password, port, database) =>
        {
            var url = string.Create(
                CultureInfo.InvariantCulture,
                $"postgresql://{Uri.EscapeDataString(name)}:{Uri.EscapeDataString(password)}@db:{port}/{Uri.EscapeDataString(database)}");
            var settings = new DbConnectionStringBuilder { ConnectionString = NamedLocation.Parse(url, "a test").ConnectionString };
            Assert.Equal((name, password, "db", port.ToString(CultureInfo.InvariantCulture), database),
                ((string)settings["Username"], (string)settings[
                    "Password"], (string)settings["Host"], (string)settings["Port"], (string)settings["Database"]));
        });
    }

    [Fact]
    public void Any_text_is_a_location_or_one_error_that_does_not_repeat_the_password()
    {
        var piece = Gen.OneOf(
            Gen.OneOf(
                "postgresql://",
                "postgres://",
                "sqlite:///",
                "mysql://",
                "://",
                "@",
                ":",
                "/",
                "?",
                "#",
                "%",
                "%4",
                "%00",
                "%FF",
                "&",
                "=",
                ";",
                "'",
                "\"",
                "Host=",
                "host=db ",
                "Password=",
                "sslmode=",
                "db",
                "5432",
                " ",
                "\0",
                "[",
                "]"),
            Gen.String[Gen.Char[' ', '~'], 0, 4]);
        Gen.Select(piece.Array[0, 8], piece.Array[0, 8]).Sample((before, after) =>
        {
            // The secret stands where a person could put a password: after a colon, or after "password=".
            foreach (var lead in (string[])["me:", ";Password=", " password="])
            {
                var text = string.Concat(before) + lead + Secret + string.Concat(after);
                if (before.Concat(after).All(part => !part.Contains("sqlite", StringComparison.Ordinal)))
                {
                    Assert.DoesNotContain(Secret, ShownOrError(text), StringComparison.OrdinalIgnoreCase);
                }
            }
        });
    }

    [Theory]
    [InlineData("mysql://me:hunter2@db/x", "neither PostgreSQL nor SQLite")]
    [InlineData("hunter2", "neither a URL nor a connection string")]
    [InlineData("Username=me;Password=hunter2", "names no host")]
    [InlineData("Host=db;Password=hunter2\nx", "control character")]
    [InlineData("host=db password=hunter2", "Semicolons separate")]
    [InlineData("Host=me:hunter2", "Semicolons separate")]
    [InlineData("Host=db;Port=1;Pasword=hunter2", "does not know. Did you mean 'Password'?")]
    [InlineData("Host=db;Password=hun;ter2=x", "A value with a semicolon stands in quotes.")]
    [InlineData("Host=db;Timeout=hunter2", "the setting 'timeout' has a value that it cannot have")]
    [InlineData("Host=db;Port=hunter2", "the port is no number")]
    [InlineData("postgresql://me:hunter2@db:99999/x", "the port is no number")]
    [InlineData("postgresql://me:hun/ter2@db/x", "percent-encoded")]
    [InlineData("postgresql://me:hun@ter2@db/x", "percent-encoded")]
    [InlineData("postgresql://me:12/hunter2@db/x", "percent-encoded")]
    [InlineData("postgresql://me:hunter2%4@db/x", "two hexadecimal digits")]
    [InlineData("postgresql://me:hunter2%FF@db/x", "no UTF-8")]
    [InlineData("postgresql://me:hunter2%00@db/x", "control character")]
    [InlineData("postgresql://db/x?pasword=hunter2", "none of host, port, user")]
    [InlineData("postgresql://db/x?sslmode=hunter2", "sslmode must be one of")]
    [InlineData("sqlite:///relative.db", "absolute path")]
    [InlineData("sqlite://", "absolute path")]
    [InlineData("sqlite:////a/x.db?mode=hunter2", "no query")]
    [InlineData("sqlite:////a/100%.db", "two hexadecimal digits")]
    public void A_wrong_location_is_one_error_that_says_what_is_right_and_not_what_was_written(string text, string expected)
    {
        var exception = Assert.Throws<FormatException>(() => NamedLocation.Parse(text, "the environment variable LOGML_STORAGE"));
        Assert.StartsWith(
            "The storage location in the environment variable LOGML_STORAGE cannot be used: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ter2", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_SQLite_url_has_the_path_after_the_third_slash_percent_encoded_or_not()
    {
        var location = NamedLocation.Parse($"sqlite:///{_folder}/a b%20%C3%A9é%25.db", "a test");
        Assert.Equal((StorageKind.Sqlite, Path.Combine(_folder, "a b éé%.db")), (location.Kind, location.Path));
        Assert.Equal(location.Path, location.DisplayName);
    }

    [Fact]
    public void A_SQLite_url_of_a_folder_is_told_with_one_of_a_file_in_it()
    {
        var exception = Assert.Throws<FormatException>(() => NamedLocation.Parse("sqlite:///" + _folder, "the environment variable LOGML_STORAGE"));
        Assert.Equal(
            $"The storage location in the environment variable LOGML_STORAGE cannot be used: '{_folder}' is a folder. Add the name of a file: sqlite:///{_folder}/studies.db.", exception.Message);
    }

    [Fact]
    public void A_file_says_where_studies_are_stored()
    {
        var file = WriteLocation("Host=db;Password=hunter2;Database=studies\n", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal("PostgreSQL database 'studies' on db", StorageSource.Resolve(file, "/own.db", new HostEvents(_output)).DisplayName);
        Assert.Empty(Events());
        Assert.Equal("/own.db", StorageSource.Resolve(null, "/own.db", new HostEvents(_output)).Path);
    }

    [Fact]
    public void A_file_that_others_can_read_is_a_warning()
    {
        var file = WriteLocation("Host=db;Password=hunter2", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        StorageSource.Resolve(file, "/own.db", new HostEvents(_output));
        var warning = Assert.IsType<HostEvent.Warning>(Assert.Single(Events()));
        Assert.Equal("LOGML2012", warning.Code);
        Assert.Contains("chmod 600", warning.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "cannot be read")]
    [InlineData("", "is empty")]
    [InlineData(" \n", "is empty")]
    [InlineData("long", "is too long")]
    public void A_file_without_a_location_is_named(string? content, string expected)
    {
        var file = content is null
            ? Path.Combine(_folder, "absent")
            : WriteLocation(content == "long" ? new string('x', 20000) : content, UnixFileMode.UserRead);
        var exception = Assert.Throws<HostException>(() => StorageSource.Resolve(file, "/own.db", new HostEvents(_output)));
        Assert.Equal("LOGML2012", exception.Code);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains(file, exception.Message, StringComparison.Ordinal);
    }

    private static string ShownOrError(string text)
    {
        try
        {
            return NamedLocation.Parse(text, "a test").DisplayName;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    private string WriteLocation(string text, UnixFileMode mode)
    {
        var file = Path.Combine(_folder, "storage.txt");
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, mode);
        }

        return file;
    }

    private HostEvent[] Events() =>
        [.. System.Text.Encoding.UTF8.GetString(_output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => EventLine.TryParse(line, out var written) && HostEvent.Of(written) is { } told
            ? told
            : throw new FormatException(line))];
}
