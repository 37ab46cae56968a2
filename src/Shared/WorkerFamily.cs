using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace LogMl.Shared;

/// <summary>
/// A worker with every process that its steps have started. On Unix they are its process group. A process that has made a session of its own is not in it,
/// but it has inherited the worker's environment, and there the worker's cookie: on Linux it is found by that, also when its parent is gone.
/// Compiled into host and worker: who sees that the other is gone ends the family.
/// </summary>
internal sealed partial class WorkerFamily
{
    /// <summary>The environment variable that has the cookie, a name that no other worker has.</summary>
    public const string Variable = "LOGML_WORKER";

    private const int KillSignal = 9;

    /// <summary>A process may start another one while it is looked for.</summary>
    private const int MostRounds = 20;

    private static readonly TimeSpan BetweenRounds = TimeSpan.FromMilliseconds(5);

    private readonly int _leader;
    private readonly byte[]? _cookie;
    private volatile bool _hasGroup;

    /// <param name="leader">The worker's id.</param>
    /// <param name="cookie">The value of <see cref="Variable"/>; null when there is none.</param>
    public WorkerFamily(int leader, string? cookie)
    {
        _leader = leader;
        _cookie = string.IsNullOrEmpty(cookie) ? null : Encoding.UTF8.GetBytes($"{Variable}={cookie}\0");
    }

    /// <summary>Gives this process a group of its own. Called before user code can have started anything.</summary>
    public void Lead()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetGroup(0, 0);
            FindGroup();
        }
    }

    /// <summary>Looks whether the worker leads a group. When it does not, its group is that of others, who must not be ended.</summary>
    public void FindGroup() => _hasGroup = !OperatingSystem.IsWindows() && GetGroup(_leader) == _leader;

    /// <summary>The ids of all members that are found, on Linux; this process is not among them.</summary>
    public IEnumerable<int> Members()
    {
        if (!OperatingSystem.IsLinux())
        {
            yield break;
        }

        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id != Environment.ProcessId && IsMember(id, folder))
            {
                yield return id;
            }
        }
    }

    /// <summary>Ends all members but this process, which ends last when it is one.</summary>
    public void Kill()
    {
        for (var round = 0; round < MostRounds && KillMembers(); round++)
        {
            Thread.Sleep(BetweenRounds);
        }

        if (_hasGroup)
        {
            _ = Signal(-_leader, KillSignal);
        }
    }

    private bool KillMembers()
    {
        var isAnyThere = false;
        foreach (var id in Members())
        {
            _ = Signal(id, KillSignal);
            isAnyThere = true;
        }

        return isAnyThere;
    }

    private bool IsMember(int id, string folder) =>
        (_hasGroup && GetGroup(id) == _leader && !ProcessState.HasEnded(folder)) || (_cookie is not null && ProcessState.Read(folder + "/environ").AsSpan().IndexOf(_cookie) >= 0);

    [LibraryImport("libc", EntryPoint = "setpgid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetGroup(int id, int group);

    [LibraryImport("libc", EntryPoint = "getpgid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetGroup(int id);

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Signal(int id, int signal);
}
