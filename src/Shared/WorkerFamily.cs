using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace LogMl.Shared;

/// <summary>
/// A worker with every process that its steps have started. On Unix these processes are in the worker's process group. A process that has
/// started a session of its own has left the group, but it has inherited the worker's environment and, in it, the worker's cookie. On Linux
/// the cookie finds it, also when its parent is gone. Compiled into host and worker: each ends the family when the other is gone.
/// </summary>
internal sealed partial class WorkerFamily
{
    /// <summary>The environment variable with the cookie, a name that no other worker has.</summary>
    public const string Variable = "LOGML_WORKER";

    private const int KillSignal = 9;

    /// <summary>The greatest number of rounds: a process may start another one while the search for it runs.</summary>
    private const int MaxRounds = 20;

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

    /// <summary>Gives this process a group of its own. Call it before user code can start anything.</summary>
    public void Lead()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetGroup(0, 0);
            FindGroup();
        }
    }

    /// <summary>
    /// Checks whether the worker leads a group. When it does not, its group has other processes, which must not be ended.
    /// </summary>
    public void FindGroup() => _hasGroup = !OperatingSystem.IsWindows() && GetGroup(_leader) == _leader;

    /// <summary>The ids of all members that Linux shows, without this process. Empty on other systems.</summary>
    public IEnumerable<int> Members()
    {
        if (!OperatingSystem.IsLinux())
        {
            yield break;
        }

        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && id != Environment.ProcessId && IsMember(id, folder))
            {
                yield return id;
            }
        }
    }

    /// <summary>Ends all members. When this process is one of them, it ends last.</summary>
    public void Kill()
    {
        for (var round = 0; round < MaxRounds && KillMembers(); round++)
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
        (_hasGroup && GetGroup(id) == _leader && !ProcessState.HasEnded(folder))
            || (_cookie is not null && ProcessState.Read(folder + "/environ").AsSpan().IndexOf(_cookie) >= 0);

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
