using LogMl.Storage.Tests.Kit;
using LogMl.TestKit.Postgres;

namespace LogMl.Storage.Tests;

/// <summary>Storages that are opened by a location in one text.</summary>
public sealed class OpenedStorageTests
{
    [Fact]
    public void A_path_and_its_url_are_the_same_storage()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        using (var storage = StudyStorages.Open(place.File))
        {
            storage.OpenStudy().Dispose();
        }

        using var same = StudyStorages.Open($"sqlite:///{place.File}");
        Assert.Equal(place.File, same.DisplayName);
        Assert.Equal("study", Assert.Single(same.ListStudies()).Name);
    }

    [PostgresFact]
    public void A_url_and_a_connection_string_of_a_server_are_the_same_storage()
    {
        var database = PostgresServer.Shared.CreateDatabase();
        using (var storage = StudyStorages.Open(database.ConnectionString))
        {
            storage.OpenStudy().Dispose();
        }

        using var same = StudyStorages.Open(database.Url);
        Assert.Equal("study", Assert.Single(same.ListStudies()).Name);
    }

    [Theory]
    [InlineData("postgresql://me:hun/ter2@db/x", "percent-encoded")]
    [InlineData("mysql://me:hunter2@db/x", "neither PostgreSQL nor SQLite")]
    [InlineData("Password=hunter2", "names no host")]
    [InlineData("sqlite:///relative.db", "absolute path")]
    public void A_text_that_is_no_location_is_one_error_without_any_part_of_it(string text, string expected)
    {
        var exception = Assert.Throws<FormatException>(() => StudyStorages.Open(text));
        Assert.StartsWith("The storage location cannot be used: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ter2", exception.Message, StringComparison.Ordinal);
    }
}
