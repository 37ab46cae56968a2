using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using LogMl.TestKit;
using LogMl.TestKit.Postgres;

namespace LogMl.Host.Tests.Kit;

/// <summary>
/// A wall clock with an offset for a process and its children: a library of this project's own (skew.c), which the C compiler of the
/// machine makes. Under libfaketime (<see cref="FakeClock"/>) Npgsql does not connect.
/// </summary>
internal static class SkewedClock
{
    private static readonly Lazy<(string? Library, string? Missing)> Made = new(Make);

    /// <summary>Why it is not available on this machine; null when it is.</summary>
    public static string? Missing => Made.Value.Missing;

    /// <summary>The environment of a process whose clock is off by this much.</summary>
    public static string[] Environment(TimeSpan offset) =>
    [
        $"LD_PRELOAD={Made.Value.Library}",
        string.Create(CultureInfo.InvariantCulture, $"LOGML_TEST_SKEW={(long)offset.TotalSeconds}"),
    ];

    private static (string? Library, string? Missing) Make()
    {
        if (!OperatingSystem.IsLinux())
        {
            return (null, "LD_PRELOAD is of Linux");
        }

        var folder = Directory.CreateTempSubdirectory("logml-skew-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var library = Path.Combine(folder, "skew.so");
        var source = Path.Combine(Repository.Root, "tests", "LogMl.Host.Tests", "Kit", "skew.c");
        try
        {
            BoundedProcess.Run(new ProcessStartInfo("cc", ["-O1", "-shared", "-fPIC", "-o", library, source, "-ldl"]));
            string[] words = [$"LD_PRELOAD={library}", "LOGML_TEST_SKEW=3600", "date", "+%s"];
            var hour = BoundedProcess.Run(new ProcessStartInfo("env", words));
            var offset = DateTimeOffset.FromUnixTimeSeconds(long.Parse(hour, CultureInfo.InvariantCulture)) - DateTimeOffset.UtcNow;
            return offset > TimeSpan.FromMinutes(50) ? (library, null) : (null, "LD_PRELOAD has no effect here");
        }
        catch (Exception exception) when (exception is Win32Exception or ExpectationException)
        {
            return (null, $"no C compiler makes skew.so (Debian: apt-get install gcc libc6-dev): {exception.Message}");
        }
    }
}

/// <summary>A test that needs a <see cref="SkewedClock"/> and PostgreSQL.</summary>
public sealed class SkewedClockTheoryAttribute : TheoryAttribute
{
    /// <inheritdoc />
    public override string? Skip
    {
        get => base.Skip ?? PostgresServer.Missing ?? SkewedClock.Missing;
        set => base.Skip = value;
    }
}
