using System.Runtime.CompilerServices;

namespace LogMl.Generator.Tests.Kit;

/// <summary>
/// Compares text with a file under Snapshots. After a deliberate change, run the tests once with LOGML_ACCEPT_SNAPSHOTS=1, and read the difference before it is committed.
/// </summary>
internal static class Snapshot
{
    public static void AssertEqual(string name, string actual, [CallerFilePath] string testFile = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(testFile)!, "Snapshots", name);
        if (Environment.GetEnvironmentVariable("LOGML_ACCEPT_SNAPSHOTS") == "1")
        {
            File.WriteAllText(file, actual);
            return;
        }

        Assert.Equal(File.ReadAllText(file), actual);
    }
}
