using System.Globalization;
using LogMl.Host.Tests.Kit;

namespace LogMl.Host.Tests.Faults;

/// <summary>study.db is damaged.</summary>
public sealed class DamageTests(StoppedSearch stopped) : IClassFixture<StoppedSearch>
{
    public static TheoryData<string, string> Damages => new()
    {
        { "cut in half", "LOGML2015" },
        { "cut after 50 bytes", "LOGML2015" },
        { "empty", "LOGML2015" },
        { "its first page is garbage", "LOGML2015" },
        { "its first page is zeros", "LOGML2015" },
        { "all of it is garbage", "LOGML2015" },
        { "a database of another program", "LOGML2015" },
        { "a database without tables", "LOGML2015" },
        { "a folder", "LOGML2015" },
        { "of a newer Optuna", "LOGML2016" },
        { "of a newer LogMl", "LOGML2016" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void What_is_no_study_any_more_is_refused_and_left_as_it_is(string damage, string code)
    {
        using var folder = new SearchFolder();
        var database = stopped.CopyTo(folder);
        var bytes = File.ReadAllBytes(database);
        var garbage = new byte[bytes.Length];
        new Random(7).NextBytes(garbage);
        switch (damage)
        {
            case "cut in half":
                File.WriteAllBytes(database, bytes[..(bytes.Length / 2)]);
                break;
            case "cut after 50 bytes":
                File.WriteAllBytes(database, bytes[..50]);
                break;
            case "empty":
                File.WriteAllBytes(database, []);
                break;
            case "its first page is garbage":
                File.WriteAllBytes(database, [.. garbage[..4096], .. bytes[4096..]]);
                break;
            case "its first page is zeros":
                File.WriteAllBytes(database, [.. new byte[4096], .. bytes[4096..]]);
                break;
            case "all of it is garbage":
                File.WriteAllBytes(database, garbage);
                break;
            case "a database of another program":
                File.Delete(database);
                StoppedSearch.Execute(database, "CREATE TABLE customers (name TEXT); INSERT INTO customers VALUES ('Ada')");
                break;
            case "a database without tables":
                File.Delete(database);
                StoppedSearch.Execute(database, "CREATE TABLE t (a); DROP TABLE t");
                break;
            case "a folder":
                File.Delete(database);
                Directory.CreateDirectory(database);
                break;
            case "of a newer Optuna":
                StoppedSearch.Execute(database, "UPDATE alembic_version SET version_num = 'v9.9.9.a'");
                break;
            default:
                StoppedSearch.Execute(database, "UPDATE logml_version SET version = 1000");
                break;
        }

        var before = StoppedSearch.Snapshot(folder);
        using var host = folder.Run(1, "", StoppedSearch.GoOn);
        var error = Assert.Single(host.Events("error"));
        Assert.Equal(code, error[0]);
        Assert.Contains(database, error[^1], StringComparison.Ordinal);
        Assert.Contains("left as", error[^1], StringComparison.Ordinal);
        Assert.Equal("", host.Other);
        Assert.Equal(before, StoppedSearch.Snapshot(folder));
        FaultTable.AddRefusals("study.db is damaged: " + damage, [error[0]]);
    }

    [Fact]
    public void Garbage_in_the_middle_is_an_error_or_does_not_matter_and_costs_no_trial_that_can_be_read()
    {
        var random = new Random(8);
        var answers = new List<string>();
        for (var time = 0; time < FaultTable.Times(2); time++)
        {
            using var folder = new SearchFolder();
            var database = stopped.CopyTo(folder);
            var bytes = File.ReadAllBytes(database);

            // A sector or a piece of one, as a bad disk or a faulty program would damage it.
            var start = random.Next(4096, bytes.Length - 512);
            random.NextBytes(bytes.AsSpan(start, random.Next(1, 512)));
            File.WriteAllBytes(database, bytes);
            var readable = StoppedSearch.Losses(database);
            using var host = folder.Start("", StoppedSearch.GoOn);
            var exitCode = host.WaitForExit();
            Assert.True(exitCode is 0 or 1, host.Text);
            Assert.Equal("", host.Other);
            var codes = host.Events("error").Select(error => error[0]).ToArray();
            Assert.True(exitCode == 0 ? codes.Length == 0 : codes is ["LOGML2014" or "LOGML2015" or "LOGML2016" or "LOGML2017"], $"Garbage from {start.ToString(CultureInfo.InvariantCulture)} on. {host.Text}");
            var after = StoppedSearch.Losses(database);
            Assert.True(readable.IsSubsetOf(after), $"Garbage from {start.ToString(CultureInfo.InvariantCulture)} on: of {readable.Count} trials that could be read there are {after.Count}. {host.Text}");
            answers.Add(codes.FirstOrDefault() ?? "");
        }

        FaultTable.AddRefusals("study.db is damaged: garbage of up to 512 bytes in the middle", answers);
    }
}
