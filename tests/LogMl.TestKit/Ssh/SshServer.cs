using System.Diagnostics;

namespace LogMl.TestKit.Ssh;

/// <summary>An sshd on loopback addresses, with a port and keys of its own. It ends with this object, or with the test run.</summary>
public sealed class SshServer : IDisposable
{
    private const string Program = "/usr/sbin/sshd";

    private readonly ServerSupervisor _supervisor;

    /// <summary>Starts it.</summary>
    /// <param name="variables">Environment variables of its sessions, <c>name=value</c>.</param>
    public SshServer(params string[] variables)
    {
        var folder = Directory.CreateTempSubdirectory("logml-sshd-").FullName;
        var port = LoopbackPort.Free();
        foreach (var key in (string[])["host", "user"])
        {
            BoundedProcess.Run(new ProcessStartInfo("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(folder, key)]));
        }

        File.WriteAllText(Path.Combine(folder, "config"), $"""
            Port {port}
            ListenAddress 127.0.0.1
            ListenAddress 127.0.0.2
            HostKey {folder}/host
            AuthorizedKeysFile {folder}/user.pub
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            StrictModes no
            UsePAM no
            PidFile none
            {(variables.Length == 0 ? "" : "SetEnv " + string.Join(' ', variables.Select(variable => $"\"{variable}\"")))}

            """);
        if (Environment.IsPrivilegedProcess)
        {
            Directory.CreateDirectory("/run/sshd");
        }

        Client = $"ssh -p {port} -i {folder}/user -F /dev/null -o UserKnownHostsFile={folder}/known -o StrictHostKeyChecking=accept-new "
            + "-o IdentitiesOnly=yes -o LogLevel=ERROR";
        _supervisor = new ServerSupervisor(folder, [Program, "-D", "-e", "-f", Path.Combine(folder, "config")], last: "TERM");
        _supervisor.Start();
        LoopbackPort.WaitForServer(port, "sshd", Path.Combine(folder, "server.log"));
    }

    /// <summary>Why there is none on this machine; null when there is one.</summary>
    public static string? Missing =>
        File.Exists(Program) ? null : "sshd is not installed (Debian: apt-get install openssh-server)";

    /// <summary>The command with which a user of this server calls ssh.</summary>
    public string Client { get; }

    /// <inheritdoc />
    public void Dispose() => _supervisor.Dispose();
}
