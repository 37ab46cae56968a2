using LogMl.TestKit.Postgres;
using Npgsql;

namespace LogMl.Storage.Tests;

/// <summary>A server that refuses the login repeats much of the connection string. The errors of the library do not.</summary>
public sealed class PostgresLoginTests
{
    [PostgresTheory]
    [InlineData("Password", "28P01")]
    [InlineData("Username", "28P01")]
    [InlineData("Database", "3D000")]
    public void A_login_that_is_refused_shows_nothing_of_the_connection_string(string wrong, string code)
    {
        const string Marker = "marker-of-the-test";
        var settings = new NpgsqlConnectionStringBuilder(PostgresServer.Shared.CreateDatabase().ConnectionString) { [wrong] = Marker };

        var error = Assert.Throws<StorageException>(() =>
        {
            using var storage = StudyStorages.PostgreSql(settings.ConnectionString);
            storage.FindStudy("study");
        });

        Assert.Equal(StorageProblem.Unavailable, error.Problem);
        Assert.Contains(code, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Marker, error.ToString(), StringComparison.Ordinal);
        Assert.All(
            [settings.Host!, settings.Username!, settings.Password!, settings.Database!, settings.Port.ToString(
                System.Globalization.CultureInfo.InvariantCulture)],
            part => Assert.DoesNotContain(part, error.Message, StringComparison.Ordinal));
    }
}
