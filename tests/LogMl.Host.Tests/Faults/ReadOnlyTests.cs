using LogMl.Host.Tests.Kit;

namespace LogMl.Host.Tests.Faults;

/// <summary>Files that cannot be written or read.</summary>
public sealed class ReadOnlyTests(StoppedSearch stopped) : IClassFixture<StoppedSearch>
{
    private const UnixFileMode Reading = UnixFileMode.UserRead;
    private const UnixFileMode ReadingFolder = UnixFileMode.UserRead | UnixFileMode.UserExecute;

    public static TheoryData<string, string> Places => new()
    {
        { "the results folder, for a new study", "LOGML2006" },
        { "the study's folder and all in it", "LOGML2017" },
        { "study.db", "LOGML2017" },
        { "study.db, not even readable", "LOGML2017" },
        { "trials.csv", "LOGML2006" },
        { "trials", "LOGML2006" },
    };

    [PowerlessTheory]
    [MemberData(nameof(Places))]
    public void What_cannot_be_written_is_said_and_nothing_is_changed(string place, string code)
    {
        using var folder = new SearchFolder { Launcher = Powerless.Launcher };
        var database = stopped.CopyTo(folder);
        var study = Path.GetDirectoryName(database)!;
        switch (place)
        {
            case "the results folder, for a new study":
                Directory.Delete(study, recursive: true);
                Make(folder.Output, ReadingFolder);
                break;
            case "the study's folder and all in it":
                Make(database, Reading);
                Make(folder.Csv, Reading);
                Make(study, ReadingFolder);
                break;
            case "study.db":
                Make(database, Reading);
                break;
            case "study.db, not even readable":
                Make(database, UnixFileMode.None);
                break;
            case "trials.csv":
                Make(folder.Csv, Reading);
                break;
            default:
                Make(Path.Combine(study, "trials"), ReadingFolder);
                break;
        }

        var before = StoppedSearch.Snapshot(folder);
        using var host = folder.Run(1, "print", StoppedSearch.GoOn);
        var error = Assert.Single(host.Events("error"));
        Assert.Equal(code, error[0]);
        Assert.Contains(folder.Output, error[^1], StringComparison.Ordinal);
        Assert.Equal("", host.Other);
        var after = StoppedSearch.Snapshot(folder);
        if (place == "study.db")
        {
            // SQLite creates these files for reading, and does not delete them when it cannot write.
            after.Remove("study/study.db-shm");
            Assert.Equal("", after.GetValueOrDefault("study/study.db-wal", ""));
            after.Remove("study/study.db-wal");
        }

        if (code == "LOGML2017" || !before.ContainsKey(folder.Study))
        {
            Assert.Equal(before, after);
        }
        else if (place == "trials")
        {
            // The search ends when the output of a trial cannot be written. The trial itself has ended.
            Assert.Equal(
                before.Keys.Where(file => file.Contains("trials/", StringComparison.Ordinal)),
                after.Keys.Where(file => file.Contains("trials/", StringComparison.Ordinal)));
            Assert.InRange(StoppedSearch.Losses(database).Count, StoppedSearch.Count, 45);
        }
        else
        {
            // The study itself could be written: a trial was started there, and is waiting.
            Assert.Equal(
                before.Where(file => !file.Key.Contains("study.db", StringComparison.Ordinal)),
                after.Where(file => !file.Key.Contains("study.db", StringComparison.Ordinal)));
            Assert.Equal(StoppedSearch.Count, StoppedSearch.Losses(database).Count);
        }

        FaultTable.AddRefusals("not writable: " + place, [error[0]]);
        Make(folder.Output, ReadingFolder | UnixFileMode.UserWrite);
    }

#pragma warning disable CA1416 // Powerless has looked: this is no Windows.
    private static void Make(string path, UnixFileMode mode) => File.SetUnixFileMode(path, mode);
#pragma warning restore CA1416
}
