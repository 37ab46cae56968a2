using LogMl.Host.Tests.Kit;
using LogMl.TestKit;

namespace LogMl.Host.Tests.Faults;

/// <summary>The disk becomes full during a search, again and again.</summary>
public sealed class DiskFullTests
{
    /// <summary>There is room when the search starts and when it ends.</summary>
    private const int Ample = 200 * 1024;

    [SmallDiskFact]
    public void Where_the_disk_with_the_study_is_full_nothing_is_lost_that_was_told()
    {
        using var search = new FaultySearch(StoreKind.Sqlite) { MayRunAgain = true, IsPrinting = true };
        using var disk = new SmallDisk(search.Folder.Output, 1024);
        var codes = Fill(search, disk);
        Assert.All(codes, code => Assert.True(code is "LOGML2006" or "LOGML2017", code));
        FaultTable.Add("disk full: study and results", StoreKind.Sqlite, codes.Count, search.Finish());
        FaultTable.AddRefusals("disk full: study and results", codes);
    }

    [SmallDiskFact]
    public void Where_only_the_disk_with_the_results_is_full_the_search_ends_with_an_error_and_goes_on_later()
    {
        var elsewhere = Directory.CreateTempSubdirectory("logml-").FullName;
        try
        {
            using var search = new FaultySearch(StoreKind.Sqlite)
            {
                MayRunAgain = true,
                IsPrinting = true,
                Database = Path.Combine(elsewhere, "studies.db")
            };
            using var disk = new SmallDisk(search.Folder.Output, 512);
            var codes = Fill(search, disk);
            Assert.All(codes, code => Assert.Equal("LOGML2006", code));
            FaultTable.Add("disk full: results only", StoreKind.Sqlite, codes.Count, search.Finish());
            FaultTable.AddRefusals("disk full: results only", codes);
        }
        finally
        {
            Directory.Delete(elsewhere, recursive: true);
        }
    }

    /// <summary>Each search fills the disk and fails. The next one has some more room.</summary>
    private static List<string> Fill(FaultySearch search, SmallDisk disk)
    {
        var random = new Random(4);
        var codes = new List<string>();
        for (var time = 0; time < FaultTable.Times(3); time++)
        {
            using var host = search.Start(1_000_000);
            var (code, message) = search.RequireError(host);
            Assert.Matches("(?i)full|space", message);
            codes.Add(code);
            disk.Resize(disk.Used + random.Next(16, 600));
        }

        disk.Resize(disk.Used + Ample);
        return codes;
    }
}
