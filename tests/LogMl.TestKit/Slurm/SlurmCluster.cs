using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace LogMl.TestKit.Slurm;

/// <summary>A real Slurm of a test's own: a controller and several nodes, all on this machine, in one folder.</summary>
public sealed class SlurmCluster : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TempDirectory _folder = new("slurm");
    private readonly List<Process> _daemons = [];

    /// <summary>Starts it, and waits until its nodes can run jobs.</summary>
    public SlurmCluster(int nodes)
    {
        var ports = FreePorts(nodes + 1);
        var host = Dns.GetHostName().Split('.')[0];
        var lines = Enumerable.Range(1, nodes).Select(node => string.Create(
            CultureInfo.InvariantCulture,
            $"NodeName=n{node} NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[node]} CPUs=2 RealMemory=1000"));
        File.WriteAllText(Configuration, string.Create(CultureInfo.InvariantCulture, $"""
            ClusterName=test
            SlurmctldHost={host}(127.0.0.1)
            SlurmctldPort={ports[0]}
            SlurmUser=root
            AuthType=auth/none
            CredType=cred/none
            AuthInfo=cred_expire=5
            StateSaveLocation={_folder.Path}
            SlurmdSpoolDir={_folder.Path}/%n
            SlurmctldPidFile={_folder.Path}/slurmctld.pid
            SlurmdPidFile={_folder.Path}/%n.pid
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            JobAcctGatherType=jobacct_gather/none
            AccountingStorageType=accounting_storage/none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_CPU
            SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,bf_interval=5
            SlurmdParameters=config_overrides
            MpiDefault=none
            SwitchType=switch/none
            ReturnToService=2
            KillWait=5
            MinJobAge=3600
            PropagateResourceLimits=NONE
            {string.Join('\n', lines)}
            PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP

            """));
        if (!Directory.Exists("/sys/fs/cgroup") || !Directory.EnumerateFileSystemEntries("/sys/fs/cgroup").Any())
        {
            // A node asks for a cgroup plugin although nothing here uses one.
            File.WriteAllText(Path.Combine(_folder.Path, "cgroup.conf"), "CgroupPlugin=cgroup/v1\n");
        }

        try
        {
            Start("slurmctld", "-D");
            for (var node = 1; node <= nodes; node++)
            {
                Start("slurmd", "-D", "-N", string.Create(CultureInfo.InvariantCulture, $"n{node}"));
            }

            WaitFor("all nodes are idle", () =>
            {
                var (code, output, _) = TryRun("sinfo", "-h", "-N", "-t", "idle", "-o", "%N");
                return code == 0 && output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length == nodes;
            });
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether this machine can start one.</summary>
    public static bool IsInstalled => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
        && new[] { "slurmctld", "slurmd", "sbatch" }.All(name =>
            new[] { "/usr/sbin", "/usr/bin" }.Any(folder => File.Exists(Path.Combine(folder, name))));

    /// <summary>The file that SLURM_CONF has to name.</summary>
    public string Configuration => Path.Combine(_folder.Path, "slurm.conf");

    /// <summary>Runs a command of Slurm, which must succeed.</summary>
    public string Run(string command, params string[] arguments) => BoundedProcess.Run(InCluster(new ProcessStartInfo(command, arguments)));

    /// <summary>Waits for what is promised.</summary>
    public static void WaitFor(string what, Func<bool> isSo)
    {
        var waited = Stopwatch.StartNew();
        while (!isSo())
        {
            if (waited.Elapsed > Patience)
            {
                throw new ExpectationException($"Not within {Patience}: {what}");
            }

            Thread.Sleep(100);
        }
    }

    /// <summary>Lets a command find this cluster.</summary>
    public ProcessStartInfo InCluster(ProcessStartInfo start)
    {
        start.Environment["SLURM_CONF"] = Configuration;
        return start;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_daemons.Count > 0 && !_daemons[0].HasExited)
        {
            _ = TryRun("scancel", "--user", "root");
            var waited = Stopwatch.StartNew();
            while (waited.Elapsed < TimeSpan.FromSeconds(20) && TryRun("squeue", "-h", "-o", "%i") is (0, { Length: > 0 }, _))
            {
                Thread.Sleep(100);
            }
        }

        foreach (var daemon in Enumerable.Reverse(_daemons))
        {
            daemon.Kill();
            daemon.WaitForExit();
            daemon.Dispose();
        }

        _folder.Dispose();
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }

    private (int ExitCode, string Output, string Errors) TryRun(string command, params string[] arguments) =>
        BoundedProcess.TryRun(InCluster(new ProcessStartInfo(command, arguments)));

    private void Start(string daemon, params string[] arguments)
    {
        var log = Path.Combine(_folder.Path, string.Create(CultureInfo.InvariantCulture, $"daemon-{_daemons.Count}.log"));
        var start = InCluster(new ProcessStartInfo(
            "/bin/sh", ["-c", "log=$1; shift; exec \"$@\" > \"$log\" 2>&1 < /dev/null", "sh", log, "/usr/sbin/" + daemon, .. arguments]));
        _daemons.Add(Process.Start(start)!);
    }
}
