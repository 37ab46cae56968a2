using System.Diagnostics;
using System.Text;
using LogMl.Host.Tests.Kit;
using LogMl.TestKit;

namespace LogMl.Host.Tests.Cluster;

/// <summary>
/// A worker of a bundle on a node: <c>logml worker</c>, the process that a launcher sees; below it the host; below that the processes of
/// its trials.
/// </summary>
internal sealed class Node : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly StringBuilder _text = new();

    /// <param name="name">The name of the node, which its trials note.</param>
    /// <param name="start">The command line.</param>
    public Node(string name, ProcessStartInfo start)
    {
        Name = name;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data is null ? null : "stderr: " + line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Name { get; }

    /// <summary>The process id of the worker.</summary>
    public int Id => _process.Id;

    public bool IsRunning => !_process.HasExited;

    /// <summary>The exit code of a worker that has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>What it has printed.</summary>
    public string Text
    {
        get
        {
            lock (_text)
            {
                return _text.ToString();
            }
        }
    }

    /// <summary>The process ids of a part of the node; none while it is not there.</summary>
    public int[] Parts(NodePart part) => part switch
    {
        _ when !IsRunning => [],
        NodePart.Worker => [Id],
        NodePart.Host => LinuxProcess.ChildrenOf(Id),
        _ => [.. LinuxProcess.ChildrenOf(Id).SelectMany(LinuxProcess.ChildrenOf)],
    };

    /// <summary>Kills a process of a part.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryKill(NodePart part, Random random)
    {
        if (Parts(part) is not { Length: > 0 } processes)
        {
            return false;
        }

        ProcessList.Signal(processes[random.Next(processes.Length)], "KILL");
        return true;
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public int WaitForExit()
    {
        Assert.True(_process.WaitForExit(Patience), $"The worker on {Name} does not end. {Text}");
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (IsRunning)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void Take(string? line)
    {
        lock (_text)
        {
            _text.Append(line is null ? "" : line + "\n");
        }
    }
}

/// <summary>The processes of a node.</summary>
public enum NodePart
{
    /// <summary>The process that a launcher has started.</summary>
    Worker,

    /// <summary>The host below it, which talks to the database.</summary>
    Host,

    /// <summary>A process that runs trials.</summary>
    Trial,
}
