using System.Globalization;
using LogMl.Host.Tests.Kit;

namespace LogMl.Host.Tests.Faults;

/// <summary><c>clean</c> at the moment when a search starts, runs or ends.</summary>
public sealed class CleanRaceTests
{
    private const int Trials = 12;

    [Fact]
    public void A_study_that_a_search_has_open_is_never_removed()
    {
        var random = new Random(5);
        var (refused, rounds) = (0, FaultTable.Times(1));
        for (var round = 0; round < rounds; round++)
        {
            // Half of the searches are of a new study, and half of an existing one, for which nothing must be created.
            using var folder = new SearchFolder();
            if (round % 2 == 0)
            {
                using var before = folder.Run(0, "", ["--max-evals", "3"]);
            }

            using var search = folder.Start("sleep=100", ["--max-evals", Trials.ToString(CultureInfo.InvariantCulture)]);
            Thread.Sleep(random.Next(1200));
            using var clean = folder.StartClean();
            var cleaned = clean.WaitForExit();
            Assert.True(search.WaitForExit() == 0, $"Round {round}: {search.Text}\n{clean.Text}");
            Assert.Empty(search.Events("error"));
            Assert.Equal("", search.Other + clean.Other);
            if (cleaned == 0 && clean.ExitTime > search.ExitTime && folder.Studies().Length == 0)
            {
                // The removal came after the end of the search, and has removed everything.
                continue;
            }

            Assert.True(File.Exists(folder.Csv), $"Round {round}: the study is gone. {search.Text}\n{clean.Text}");
            Assert.Equal(Trials, folder.Rows().Length);
            Assert.Equal(Trials, StoppedSearch.Losses(Path.Combine(folder.Output, folder.Study, "study.db")).Count);
            if (cleaned != 0)
            {
                var error = Assert.Single(clean.Events("error"));
                Assert.Equal("LOGML2006", error[0]);
                Assert.Contains("a search of it is running", error[4], StringComparison.Ordinal);
                refused++;
            }
        }

        FaultTable.AddRefusals(
            "HyperOptClean while a search starts or runs: its own error, the search lost nothing",
            [.. Enumerable.Repeat("LOGML2006", refused), .. Enumerable.Repeat("", rounds - refused)]);
    }
}
