using System.Diagnostics;
using LogMl.Storage.Tests.Kit;
using LogMl.TestKit;
using LogMl.TestKit.Postgres;
using Npgsql;

namespace LogMl.Storage.Tests;

/// <summary>The server that other tests rely on.</summary>
public sealed class PostgresServerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [PostgresFact]
    public void Each_database_is_empty_and_sees_nothing_of_the_others()
    {
        var first = PostgresServer.Shared.CreateDatabase().ConnectionString;
        var second = PostgresServer.Shared.CreateDatabase().ConnectionString;

        PostgresQuery.Execute(first, "CREATE TABLE numbers (n int)");

        Assert.NotEqual(first, second);
        Assert.Equal(0, PostgresQuery.Scalar<long>(second, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
    }

    [PostgresFact]
    public void A_wrong_password_is_refused()
    {
        var right = new NpgsqlConnectionStringBuilder(PostgresServer.Shared.ConnectionString);

        var error = Assert.Throws<PostgresException>(() => PostgresQuery.Scalar<int>(
            new NpgsqlConnectionStringBuilder(right.ConnectionString) { Password = "guessed" }.ConnectionString, "SELECT 1"));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, error.SqlState);
    }

    [PostgresFact]
    public void Two_servers_run_side_by_side()
    {
        using var one = PostgresServer.Create();
        using var other = PostgresServer.Create(fsync: true);

        Assert.NotEqual(one.Port, other.Port);
        Assert.Equal("off", PostgresQuery.Scalar<string>(one.ConnectionString, "SHOW fsync"));
        Assert.Equal("on", PostgresQuery.Scalar<string>(other.ConnectionString, "SHOW fsync"));
    }

    [PostgresTheory]
    [InlineData("stop")]
    [InlineData("stop at once")]
    [InlineData("kill")]
    public void A_server_that_was_ended_starts_again_with_the_same_data_on_the_same_port(string end)
    {
        using var server = PostgresServer.Create();
        var database = server.CreateDatabase().ConnectionString;
        PostgresQuery.Execute(database, "CREATE TABLE numbers (n int)");
        // The server keeps a process for each connected client.
        using var client = PostgresQuery.Open(database);

        for (var round = 1; round <= 3; round++)
        {
            PostgresQuery.Execute(database, $"INSERT INTO numbers VALUES ({round})");
            var first = server.ProcessId;
            switch (end)
            {
                case "kill":
                    server.Kill();
                    break;
                default:
                    server.Stop(immediate: end == "stop at once");
                    break;
            }

            Assert.Null(server.ProcessId);
            Assert.ThrowsAny<NpgsqlException>(() => PostgresQuery.Scalar<int>(database, "SELECT 1"));

            server.Start();

            Assert.NotEqual(first, server.ProcessId);
            Assert.Equal(round, PostgresQuery.Scalar<long>(database, "SELECT count(*) FROM numbers"));
        }

        Assert.Throws<InvalidOperationException>(() => StopTwice(server));
    }

    [PostgresFact]
    public void A_server_takes_its_folder_with_it()
    {
        var server = PostgresServer.Create();
        Assert.True(Directory.Exists(server.Folder));
        var connection = server.ConnectionString;

        server.Dispose();

        Assert.False(Directory.Exists(server.Folder));
        Assert.ThrowsAny<NpgsqlException>(() => PostgresQuery.Scalar<int>(connection, "SELECT 1"));
    }

    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_process_that_ends_without_stopping_its_server_leaves_nothing_behind(bool killed)
    {
        var program = Path.Combine(
            Repository.Root, "artifacts", "bin", "LogMl.PostgresForTests", Repository.Configuration.ToLowerInvariant(), "LogMl.PostgresForTests.dll");
        using var owner = Process.Start(
            new ProcessStartInfo(CommandLine.Dotnet, ["exec", program]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var connection = owner.StandardOutput.ReadLine()!;
        owner.StandardOutput.ReadLine();
        owner.StandardOutput.ReadLine();
        var folder = owner.StandardOutput.ReadLine()!;
        Assert.Equal(1, PostgresQuery.Scalar<int>(connection, "SELECT 1"));
        Assert.True(Directory.Exists(folder));

        if (killed)
        {
            owner.Kill();
        }
        else
        {
            owner.StandardInput.Close();
        }

        owner.WaitForExit();
        Assert.True(SpinWait.SpinUntil(() => !Directory.Exists(folder), Patience), folder + " is still there.");
        Assert.ThrowsAny<NpgsqlException>(() => PostgresQuery.Scalar<int>(connection, "SELECT 1"));
    }

    private static void StopTwice(PostgresServer server)
    {
        server.Stop();
        server.Stop();
    }
}
