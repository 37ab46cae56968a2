using LogMl.Report.Tests.Kit;
using LogMl.Storage;
using LogMl.TestKit.Postgres;
using LogMl.Tool.Tests.Kit;

namespace LogMl.Tool.Tests;

/// <summary>Studies in PostgreSQL.</summary>
public sealed class PostgresTests
{
    [PostgresFact]
    public void A_study_on_a_server_is_read_by_the_environment_and_no_password_is_shown()
    {
        var database = PostgresServer.Shared.CreateDatabase();
        using var folder = new ToolFolder();
        folder.Set("LOGML_STORAGE", database.Url);
        Assert.Contains("has no studies", folder.Run("studies").Fails(ToolErrors.Storage), StringComparison.Ordinal);

        using (var storage = StudyStorages.PostgreSql(database.ConnectionString))
        {
            SampleStudies.AddClassifiers(storage, "classifiers", 15);
        }

        var best = folder.Run("best", "--json").Json;
        Assert.Equal("classifiers", best.GetProperty("study").GetString());
        Assert.Matches("^PostgreSQL database '.*' on 127.0.0.1:[0-9]+$", best.GetProperty("storage").GetString());
        Assert.Equal(15, folder.Run("trials", "--json").Json.GetProperty("trials").GetArrayLength());
    }
}
