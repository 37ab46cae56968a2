using System.Globalization;

namespace LogMl.Host.Tests.Kit;

/// <summary>A clock of its own for a process and its children (libfaketime). Durations are still measured correctly.</summary>
internal sealed class FakeClock : IDisposable
{
    private static readonly string[] Places = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"];

    private readonly string _file;

    /// <param name="folder">A folder for its setting.</param>
    /// <param name="name">Its name.</param>
    public FakeClock(string folder, string name)
    {
        _file = Path.Combine(folder, $"clock-{name}.txt");
        Set(TimeSpan.Zero);
    }

    /// <summary>Why it is not available on this machine; null when it is.</summary>
    public static string? Missing => Library is null ? "libfaketime is not installed (Debian: apt-get install faketime)" : null;

    /// <summary>
    /// The environment of a process that has this clock. File times stay true: to change them, the library has a lock that a process shares
    /// with its children, and a worker that is killed while it holds the lock would make its host wait for ever.
    /// </summary>
    public string[] Environment =>
    [
        $"LD_PRELOAD={Library}",
        "NO_FAKE_STAT=1",
        $"FAKETIME_TIMESTAMP_FILE={_file}",
        "FAKETIME_CACHE_DURATION=1",
        "DONT_FAKE_MONOTONIC=1",
        "FAKETIME_DONT_FAKE_MONOTONIC=1",
    ];

    private static string? Library =>
        Places.Select(place => Path.Combine(place, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists);

    /// <summary>Puts the clock forward or back, from the true time, within a second.</summary>
    public void Set(TimeSpan offset)
    {
        // The file is replaced in one step, because it is read once a second.
        File.WriteAllText(_file + ".new", string.Create(CultureInfo.InvariantCulture, $"{offset.TotalSeconds:+0;-0;+0}\n"));
        File.Move(_file + ".new", _file, overwrite: true);
    }

    public void Dispose() => File.Delete(_file);
}

/// <summary>A test that needs a <see cref="FakeClock"/>.</summary>
public sealed class ClockFactAttribute : FactAttribute
{
    /// <inheritdoc />
    public override string? Skip
    {
        get => base.Skip ?? FakeClock.Missing;
        set => base.Skip = value;
    }
}
