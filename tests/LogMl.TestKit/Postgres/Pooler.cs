using System.Data.Common;
using System.Globalization;

namespace LogMl.TestKit.Postgres;

/// <summary>A pgbouncer before a database, which hands each transaction to any of its few sessions.</summary>
public sealed class Pooler : IDisposable
{
    private const string Program = "/usr/sbin/pgbouncer";

    private readonly ServerSupervisor _supervisor;

    /// <summary>Starts it.</summary>
    /// <param name="database">A connection string of the database.</param>
    /// <param name="settings">Further settings, a line each.</param>
    public Pooler(string database, string settings)
    {
        var server = new DbConnectionStringBuilder { ConnectionString = database };
        var port = LoopbackPort.Free();
        var folder = Directory.CreateTempSubdirectory("logml-pooler-").FullName;
        File.WriteAllText(Path.Combine(folder, "users.txt"), $"\"{server["Username"]}\" \"\"\n");
        File.WriteAllText(Path.Combine(folder, "pgbouncer.ini"), $"""
            [databases]
            {server["Database"]} = host=127.0.0.1 port={server["Port"]} user={server["Username"]} password={server["Password"]}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = trust
            auth_file = {folder}/users.txt
            pool_mode = transaction
            default_pool_size = 2
            {settings}

            """);
        PostgresInstallation.GiveToServiceUser(folder);
        _supervisor = new ServerSupervisor(
            folder, PostgresInstallation.Found!.AsServiceUser(Program, Path.Combine(folder, "pgbouncer.ini")), last: "TERM");
        _supervisor.Start();
        server["Port"] = port.ToString(CultureInfo.InvariantCulture);
        ConnectionString = server.ConnectionString;
        LoopbackPort.WaitForServer(port, "pgbouncer", Path.Combine(folder, "server.log"));
    }

    /// <summary>The database through the pooler.</summary>
    public string ConnectionString { get; }

    /// <summary>Why there is none on this machine; null when there is one.</summary>
    public static string? Missing =>
        PostgresServer.Missing ?? (File.Exists(Program) ? null : "pgbouncer is not installed (Debian: apt-get install pgbouncer)");

    /// <inheritdoc />
    public void Dispose() => _supervisor.Dispose();
}
