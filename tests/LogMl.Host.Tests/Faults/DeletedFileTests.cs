using System.Globalization;
using System.Text.RegularExpressions;
using LogMl.Host.Tests.Kit;

namespace LogMl.Host.Tests.Faults;

/// <summary>Files are deleted, moved or replaced while a search has them open.</summary>
public sealed partial class DeletedFileTests
{
    public static TheoryData<string> Damages => ["study.db is deleted", "study.db is replaced", "study.db-wal is deleted", "study.db-wal is cut", "study.db-wal is emptied", "the study's folder is deleted", "the results folder is deleted", "the results folder is moved"];

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_search_whose_study_is_gone_ends_with_an_error_and_has_saved_what_it_told(string damage)
    {
        using var folder = new SearchFolder();
        using var host = folder.Start("sleep=20", ["--max-evals", "1000000", "--workers", "2"]);
        HostProcess.WaitUntil(() => host.Events("progress").Length > 2, "some trials");
        var study = Path.Combine(folder.Output, folder.Study);
        var database = Path.Combine(study, "study.db");
        switch (damage)
        {
            case "study.db is deleted":
                File.Delete(database);
                break;
            case "study.db is replaced":
                // Editors and copy programs do this: a new file takes the name.
                File.Copy(database, database + ".new");
                File.Move(database + ".new", database, overwrite: true);
                break;
            case "study.db-wal is deleted":
                File.Delete(database + "-wal");
                break;
            case "study.db-wal is cut":
                Truncate(database + "-wal", 100);
                break;
            case "study.db-wal is emptied":
                Truncate(database + "-wal", 0);
                break;
            case "the study's folder is deleted":
                Delete(study, host);
                break;
            case "the results folder is deleted":
                Delete(folder.Output, host);
                break;
            default:
                Directory.Move(folder.Output, folder.Output + " moved");
                break;
        }

        Assert.Equal(1, host.WaitForExit());
        var error = Assert.Single(host.Events("error"));
        Assert.True(error[0] == "LOGML2030", host.Text);
        Assert.Equal("", host.Other);
        Assert.Empty(host.Events("summary"));

        // The saved file is a whole study with everything that was reported, and the search continues with it.
        var saved = Saved().Match(error[4]).Groups["path"].Value;
        var told = int.Parse(host.Events("progress")[^1][0], CultureInfo.InvariantCulture);
        Assert.InRange(StoppedSearch.Losses(saved).Count, told, int.MaxValue);
        Array.ForEach(Directory.GetFiles(study, "study.db*"), File.Delete);
        File.Move(saved, database);
        using var rest = folder.Run(0, "", ["--max-evals", (told + 20).ToString(CultureInfo.InvariantCulture)]);
        Assert.Contains(rest.Events("message"), fields => fields[1].Contains("goes on after", StringComparison.Ordinal));
        Assert.Equal(told + 20, folder.Rows().Count(row => row["state"] == "complete"));
        FaultTable.AddRefusals("while the search runs, " + damage, [error[0]]);
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("emptied")]
    [InlineData("replaced")]
    [InlineData("a link")]
    public void Results_that_are_gone_or_damaged_are_written_again(string damage)
    {
        using var folder = new SearchFolder();
        var other = Path.Combine(folder.Root, "other.txt");
        File.WriteAllText(other, "other");
        using var host = folder.Start("sleep=20", ["--max-evals", "60"]);
        HostProcess.WaitUntil(() => host.Events("progress").Length > 2, "some trials");
        File.Delete(folder.BestYaml);
        switch (damage)
        {
            case "deleted":
                File.Delete(folder.Csv);
                break;
            case "emptied":
                File.WriteAllText(folder.Csv, "");
                break;
            case "replaced":
                File.Delete(folder.Csv);
                File.WriteAllText(folder.Csv, "number\n1\n");
                break;
            default:
                File.Delete(folder.Csv);
                File.CreateSymbolicLink(folder.Csv, other);
                break;
        }

        Assert.True(host.WaitForExit() == 0, host.Text);
        Assert.Equal(
            Enumerable.Range(0, 60).Select(number => number.ToString(CultureInfo.InvariantCulture)),
            folder.Rows().Select(row => row["number"]));
        Assert.All(host.Events("output"), fields => Assert.True(File.Exists(fields[0]) || Directory.Exists(fields[0]), fields[0]));
        Assert.Equal("other", File.ReadAllText(other));
        Assert.DoesNotContain('\0', File.ReadAllText(folder.Csv));
    }

    /// <summary>Overwrites the file in place, while the search has it open.</summary>
    private static void Truncate(string path, long length)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.SetLength(length);
    }

    /// <summary>Deletes a folder like <c>rm -rf</c>. The search sleeps meanwhile, or the copy that it saves may be deleted too.</summary>
    private static void Delete(string path, HostProcess host)
    {
        host.Signal("STOP");
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (IOException)
        {
            // A worker has created a file in it, but the earlier files are gone.
        }

        host.Signal("CONT");
    }

    [GeneratedRegex("saved in '(?<path>[^']+)'")]
    private static partial Regex Saved();
}
