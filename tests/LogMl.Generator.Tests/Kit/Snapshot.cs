namespace LogMl.Generator.Tests.Kit;

/// <summary>
/// Compares text with a file under Snapshots. After a deliberate change, run the tests once with LOGML_ACCEPT_SNAPSHOTS=1, and read the
/// difference before it is committed.
/// </summary>
internal static class Snapshot
{
    public static void AssertEqual(string name, string actual) => AssertEqualFile("tests/LogMl.Generator.Tests/Snapshots/" + name, actual);

    /// <summary>The same for a file that is not among the snapshots, by its path in the repository.</summary>
    public static void AssertEqualFile(string path, string actual)
    {
        var file = Path.Combine(Repository.Root, path);
        if (Environment.GetEnvironmentVariable("LOGML_ACCEPT_SNAPSHOTS") == "1")
        {
            File.WriteAllText(file, actual);
            return;
        }

        Assert.Equal(File.ReadAllText(file), actual);
    }
}
