using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace LogMl.TestKit.Postgres;

/// <summary>
/// A private PostgreSQL server on the loopback address: a new cluster in a temporary folder, on a free port, with a password. The machine's
/// own servers are not touched.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private const string Role = "logml";
    private const int MostStarts = 5;
    private const int UsualConnections = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly Lazy<PostgresServer> Only = new(CreateShared);

    private readonly PostgresInstallation _installation;
    private readonly string _password = RandomNumberGenerator.GetHexString(24, lowercase: true);
    private readonly ServerSupervisor _supervisor;

    /// <summary>A further address that it listens on; null for the loopback address alone.</summary>
    private readonly string? _address;
    private int _databases;
    private bool _disposed;

    private PostgresServer(bool fsync, int connections, string? address = null)
    {
        _address = address;
        _installation = PostgresInstallation.Found ?? throw new ExpectationException(PostgresInstallation.Missing!);
        Folder = Directory.CreateTempSubdirectory("logml-pg-").FullName;
        Port = LoopbackPort.Free();
        _supervisor = new ServerSupervisor(Folder, _installation.AsServiceUser("postgres", "-D", Data));
        try
        {
            Initialize(fsync);
            for (var start = 1; ; start++)
            {
                WriteSettings(fsync, connections);
                if (TryStart())
                {
                    break;
                }

                if (start == MostStarts)
                {
                    throw new ExpectationException($"PostgreSQL does not start:\n{Log}");
                }

                // Probably another process has taken the port since.
                Port = LoopbackPort.Free();
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Why no server is available on this machine; null when one is.</summary>
    public static string? Missing => PostgresInstallation.Missing;

    /// <summary>The server that the tests of an assembly share, each with a database of its own. Tests must not stop it.</summary>
    public static PostgresServer Shared => Only.Value;

    /// <summary>The port.</summary>
    public int Port { get; private set; }

    /// <summary>The first process of the server; null when it does not run.</summary>
    public int? ProcessId { get; private set; }

    /// <summary>What the server has logged.</summary>
    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    /// <summary>The connection string, for Npgsql, of the database that always exists.</summary>
    public string ConnectionString => Database("postgres").ConnectionString;

    /// <summary>The URL, for SQLAlchemy, of the database that always exists.</summary>
    public string Url => Database("postgres").Url;

    /// <summary>The folder of the cluster and of its log; it is deleted at the end.</summary>
    public string Folder { get; }

    private string Data => Path.Combine(Folder, "data");

    private string LogFile => Path.Combine(Folder, "server.log");

    private static bool IsSession(int id) => LinuxProcess.Read(id, "cmdline").Contains(Role + " ", StringComparison.Ordinal);

    private string LockFile => Path.Combine(Data, "postmaster.pid");

    /// <summary>A server of the caller's own, which may be stopped and killed.</summary>
    /// <param name="connections">How many connections it accepts.</param>
    /// <param name="fsync">
    /// Whether the data must survive a power failure. Without it the server is a few times faster, and the data survives the end of any
    /// process.
    /// </param>
    public static PostgresServer Create(bool fsync = false, int connections = UsualConnections) => new(fsync, connections);

    /// <summary>A server of the caller's own, which listens on the side of this machine of a network as well.</summary>
    public static PostgresServer CreateFor(NodeNetwork network) => new(fsync: false, UsualConnections, network.Gateway);

    /// <summary>The process ids of its sessions for clients.</summary>
    public IReadOnlyList<int> Sessions => ProcessId is { } id ? [.. LinuxProcess.ChildrenOf(id).Where(IsSession)] : [];

    /// <summary>An empty database.</summary>
    public PostgresDatabase CreateDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        var start = new ProcessStartInfo(
            _installation.Program("createdb"),
            ["--host=127.0.0.1", "--port="
                + Port.ToString(CultureInfo.InvariantCulture), "--username=" + Role, "--maintenance-db=postgres", name]);
        start.Environment["PGPASSWORD"] = _password;
        BoundedProcess.Run(start);
        return Database(name);
    }

    /// <summary>Stops the server: its clients are disconnected.</summary>
    /// <param name="immediate">Without a checkpoint, so that the next start has to recover as after a crash.</param>
    public void Stop(bool immediate = false) => End(immediate ? "QUIT" : "INT");

    /// <summary>Kills the first process of the server, as a machine without memory does. The others notice, and end.</summary>
    public void Kill() => End("KILL");

    /// <summary>Starts a stopped server again: the same data, the same port.</summary>
    public void Start()
    {
        if (!TryStart())
        {
            throw new ExpectationException($"PostgreSQL does not start again:\n{Log}");
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            ProcessId = null;
            _supervisor.Dispose();
        }
    }

    private static PostgresServer CreateShared()
    {
        var server = new PostgresServer(fsync: false, UsualConnections);
        // The pipe would close by itself. This waits for the end.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    }

    private PostgresDatabase Database(string name) => new(
        $"Host=127.0.0.1;Port={Port};Database={name};Username={Role};Password={_password}",
        $"postgresql+psycopg2://{Role}:{_password}@127.0.0.1:{Port}/{name}");

    private void Initialize(bool fsync)
    {
        var passwordFile = Path.Combine(Folder, "password");
        File.WriteAllText(passwordFile, _password);
        PostgresInstallation.GiveToServiceUser(Folder);
        string[] command =
        [
            .. _installation.AsServiceUser(
                "initdb", "-D", Data, "--username=" + Role, "--pwfile=" + passwordFile, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"),
            .. fsync ? Array.Empty<string>() : ["--no-sync"],
        ];
        BoundedProcess.Run(new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = "/" });
        File.Delete(passwordFile);
        if (_address is not null)
        {
            File.AppendAllText(Path.Combine(Data, "pg_hba.conf"), $"host all all {_address}/30 scram-sha-256\n");
        }
    }

    private void WriteSettings(bool fsync, int connections)
    {
        // synchronous_commit stays on. Without it a commit is reported before it is written, and is lost with the process.
        var durability = fsync ? "on" : "off";
        File.WriteAllText(Path.Combine(Data, "postgresql.auto.conf"), $"""
            listen_addresses = '127.0.0.1{(_address is null ? "" : "," + _address)}'
            unix_socket_directories = ''
            port = {Port}
            max_connections = {connections}
            fsync = {durability}
            full_page_writes = {durability}

            """);
    }

    private bool TryStart()
    {
        // A killed server leaves its other processes for a moment, and a lock file. The next server does not start beside those processes,
        // nor when the process id in the lock file is in use again.
        WaitForTheRestOfAKilledServer();
        File.Delete(LockFile);
        var id = _supervisor.Start();
        var waited = Stopwatch.StartNew();
        while (!IsReady())
        {
            if (!LinuxProcess.IsAlive(id) || waited.Elapsed > Patience)
            {
                _supervisor.End("KILL");
                return false;
            }

            Thread.Sleep(10);
        }

        ProcessId = id;
        return true;
    }

    private void End(string signal)
    {
        if (ProcessId is null)
        {
            throw new InvalidOperationException("The server does not run.");
        }

        _supervisor.End(signal);
        ProcessId = null;
    }

    private void WaitForTheRestOfAKilledServer()
    {
        var waited = Stopwatch.StartNew();
        while (LinuxProcess.AnyWorksIn(Data))
        {
            if (waited.Elapsed > Patience)
            {
                throw new ExpectationException($"Processes of a killed PostgreSQL server still run in {Data}.");
            }

            Thread.Sleep(20);
        }
    }

    /// <summary>The state of the server, which is the eighth line of its lock file.</summary>
    private bool IsReady()
    {
        try
        {
            return File.ReadAllLines(LockFile) is { Length: >= 8 } lines && lines[7].Trim() == "ready";
        }
        catch (IOException)
        {
            return false;
        }
    }
}
