using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace LogMl.TestKit.Slurm;

/// <summary>
/// A real Slurm of a test's own: a controller and several nodes, all on this machine, in one folder. It ends with this object, and also
/// with the test host.
/// </summary>
public sealed class SlurmCluster : IDisposable
{
    /// <summary>The partition whose jobs take the nodes of others, which Slurm then starts again.</summary>
    public const string UrgentPartition = "urgent";

    private const int CpusOfNode = 2;
    private const string ConfigurationVariable = "SLURM_CONF";
    private const string NodeVariable = "SLURMD_NODENAME";
    private const string Step = "slurmstepd";

    /// <summary>Starts the daemons, and ends them at SIGUSR1 with all that they have started.</summary>
    private const string Daemons = """
        export SLURM_CONF=$1
        folder=$2 nodes=$3
        daemons=
        finish() {
            trap '' USR1
            scancel --user="$(id -un)"
            for wait in $(seq 100); do
                [ -n "$(squeue --noheader)" ] || break
                sleep 0.1
            done
            kill -9 $daemons
            for process in $(grep -lszx "SLURM_CONF=$SLURM_CONF" /proc/[0-9]*/environ); do
                id=${process#/proc/}
                kill -9 "${id%/environ}"
            done
            exit 0
        }
        trap finish USR1
        /usr/sbin/slurmctld -D > "$folder/slurmctld.log" 2>&1 &
        daemons=$!
        for node in $(seq "$nodes"); do
            /usr/sbin/slurmd -D -N "n$node" > "$folder/n$node.log" 2>&1 &
            daemons="$daemons $!"
            echo $! > "$folder/n$node.id"
        done
        while :; do
            wait
            sleep 1
        done
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly string _folder = Directory.CreateTempSubdirectory("logml-slurm-").FullName;
    private readonly ServerSupervisor _supervisor;

    /// <summary>Starts it, and waits until its nodes can run jobs.</summary>
    public SlurmCluster(int nodes)
    {
        File.WriteAllText(Configuration, SettingsOf(nodes));
        if (!Directory.Exists("/sys/fs/cgroup") || !Directory.EnumerateFileSystemEntries("/sys/fs/cgroup").Any())
        {
            // A node asks for a cgroup plugin although nothing here uses one.
            File.WriteAllText(Path.Combine(_folder, "cgroup.conf"), "CgroupPlugin=cgroup/v1\n");
        }

        _supervisor = new ServerSupervisor(
            _folder,
            ["/bin/bash", "-c", Daemons, "slurm-for-tests", Configuration, _folder, nodes.ToString(CultureInfo.InvariantCulture)], "USR1");
        try
        {
            _supervisor.Start();
            WaitFor("all nodes are idle", () =>
            {
                var (code, output, _) = TryRun("sinfo", "-h", "-N", "-p", "main", "-t", "idle", "-o", "%N");
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

    /// <summary>The environment by which the commands of Slurm find this cluster.</summary>
    public (string Name, string Value) Setting => (ConfigurationVariable, Configuration);

    private string Configuration => Path.Combine(_folder, "slurm.conf");

    /// <summary>Waits for what is promised.</summary>
    public void WaitFor(string what, Func<bool> isSo)
    {
        var waited = Stopwatch.StartNew();
        while (!isSo())
        {
            if (waited.Elapsed > Patience)
            {
                var (_, queue, errors) = TryRun("squeue", "--array", "--states=all");
                throw new ExpectationException($"Not within {Patience}: {what}\n{queue}{errors}{Logs()}");
            }

            Thread.Sleep(100);
        }
    }

    /// <summary>Runs a command of Slurm, which must succeed.</summary>
    public string Run(string command, params string[] arguments) => BoundedProcess.Run(InCluster(new ProcessStartInfo(command, arguments)));

    /// <summary>Lets a command find this cluster.</summary>
    public ProcessStartInfo InCluster(ProcessStartInfo start)
    {
        start.Environment[ConfigurationVariable] = Configuration;
        return start;
    }

    /// <summary>Whether no job is in the queue.</summary>
    public bool IsQueueEmpty() => Run("squeue", "--noheader").Length == 0;

    /// <summary>Kills a node as a power cut does: its daemon, and all that it has started.</summary>
    public void Crash(string node)
    {
        Kill(int.Parse(File.ReadAllText(Path.Combine(_folder, node + ".id")), CultureInfo.InvariantCulture));
        var jobs = LinuxProcess.All().Where(id =>
            LinuxProcess.Has(id, $"{ConfigurationVariable}={Configuration}") && LinuxProcess.Has(id, $"{NodeVariable}={node}")).ToList();
        var steps = jobs.Select(LinuxProcess.ParentOf).Where(id => LinuxProcess.Read(id, "comm").TrimEnd() == Step).Distinct().ToList();

        // The steps first, so that none of them can tell the controller about its job.
        foreach (var id in steps.Concat(jobs))
        {
            Kill(id);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _supervisor.Dispose();

    private string SettingsOf(int nodes)
    {
        var host = Dns.GetHostName().Split('.')[0];
        var ports = new HashSet<int>();
        while (ports.Count <= nodes)
        {
            ports.Add(LoopbackPort.Free());
        }

        var free = ports.ToArray();
        var lines = Enumerable.Range(1, nodes).Select(node => string.Create(
            CultureInfo.InvariantCulture,
            $"NodeName=n{node} NodeHostname={host} NodeAddr=127.0.0.1 Port={free[node]} CPUs={CpusOfNode} RealMemory=1000"));

        // The daemons can only be bound to the address of the host's name.
        var binding = IsLoopback(host) ? "CommunicationParameters=NoInAddrAny,NoCtldInAddrAny" : "";
        return string.Create(CultureInfo.InvariantCulture, $"""
            ClusterName=test
            SlurmctldHost={host}(127.0.0.1)
            SlurmctldPort={free[0]}
            {binding}
            SlurmUser=root
            AuthType=auth/none
            CredType=cred/none
            AuthInfo=cred_expire=5
            StateSaveLocation={_folder}
            SlurmdSpoolDir={_folder}/%n
            SlurmctldPidFile={_folder}/slurmctld.pid
            SlurmdPidFile={_folder}/%n.pid
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
            PreemptType=preempt/partition_prio
            PreemptMode=REQUEUE
            ReturnToService=2
            SlurmdTimeout=5
            KillWait=5
            MinJobAge=3600
            PropagateResourceLimits=NONE
            {string.Join('\n', lines)}
            PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP PriorityTier=1
            PartitionName={UrgentPartition} Nodes=ALL MaxTime=INFINITE State=UP PriorityTier=10 PreemptMode=OFF

            """);
    }

    private static bool IsLoopback(string host)
    {
        try
        {
            return Dns.GetHostAddresses(host, AddressFamily.InterNetwork) is [var only] && only.Equals(IPAddress.Loopback);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private string Logs() => string.Concat(Directory.GetFiles(_folder, "*.log").Order(StringComparer.Ordinal).Select(file =>
        $"--- {Path.GetFileName(file)}\n{string.Join('\n', File.ReadLines(file).TakeLast(20))}\n"));

    private (int ExitCode, string Output, string Errors) TryRun(string command, params string[] arguments) =>
        BoundedProcess.TryRun(InCluster(new ProcessStartInfo(command, arguments)));

    private static void Kill(int process)
    {
        try
        {
            using var running = Process.GetProcessById(process);
            running.Kill();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // It has ended.
        }
    }
}
