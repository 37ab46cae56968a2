using System.Diagnostics;
using System.Globalization;

namespace LogMl.TestKit;

/// <summary>
/// A machine's place in a network, as far as this machine can have one: a network namespace, which a virtual cable connects. Programs in
/// it reach nothing but <see cref="Gateway"/>, and nothing at all while the cable is out. It needs root on Linux.
/// </summary>
public sealed class NodeNetwork : IDisposable
{
    private static readonly Lazy<string?> Reason = new(Try);
    private static int _networks;

    private readonly string _name;
    private readonly string _cable;

    /// <summary>Makes it.</summary>
    public NodeNetwork()
    {
        var number = Interlocked.Increment(ref _networks);
        var id = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{number}");
        (_name, _cable) = ($"logml-{id}", $"lg{id}");

        // A network of two addresses, which no other test run is likely to have.
        var net = string.Create(
            CultureInfo.InvariantCulture, $"10.{200 + (Environment.ProcessId % 50)}.{Environment.ProcessId / 50 % 256}.{number % 64 * 4}");
        var last = net.LastIndexOf('.') + 1;
        var first = int.Parse(net[last..], CultureInfo.InvariantCulture);
        Gateway = net[..last] + (first + 1).ToString(CultureInfo.InvariantCulture);
        var own = net[..last] + (first + 2).ToString(CultureInfo.InvariantCulture);
        Run("netns", "add", _name);
        try
        {
            Run("link", "add", _cable, "type", "veth", "peer", "name", "eth0", "netns", _name);
            Run("address", "add", Gateway + "/30", "dev", _cable);
            Run("link", "set", _cable, "up");
            Run("-n", _name, "address", "add", own + "/30", "dev", "eth0");
            Run("-n", _name, "link", "set", "eth0", "up");
            Run("-n", _name, "link", "set", "lo", "up");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Why it is not available on this machine; null when it is.</summary>
    public static string? Missing => Reason.Value;

    /// <summary>The address of this machine in the network.</summary>
    public string Gateway { get; }

    /// <summary>The command before a command line that is to run in the network. It replaces itself with the program.</summary>
    public IReadOnlyList<string> Launcher => ["ip", "netns", "exec", _name];

    /// <summary>Pulls the cable: packets are lost, in both directions, and nobody is told.</summary>
    public void Cut() => Run("link", "set", _cable, "down");

    /// <summary>Puts the cable in again.</summary>
    public void Mend() => Run("link", "set", _cable, "up");

    /// <inheritdoc />
    public void Dispose() => BoundedProcess.TryRun(new ProcessStartInfo("ip", ["netns", "delete", _name]));

    private static string? Try()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return "only root can make a network namespace, on Linux";
        }

        try
        {
            using var network = new NodeNetwork();
            return null;
        }
        catch (Exception exception) when (exception is ExpectationException or System.ComponentModel.Win32Exception)
        {
            return "a network namespace cannot be made here: " + exception.Message;
        }
    }

    private static void Run(params string[] arguments) => BoundedProcess.Run(new ProcessStartInfo("ip", arguments));
}
