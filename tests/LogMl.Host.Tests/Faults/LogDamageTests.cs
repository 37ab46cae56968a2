using System.Buffers.Binary;
using System.Globalization;
using LogMl.Host.Tests.Kit;
using Microsoft.Data.Sqlite;

namespace LogMl.Host.Tests.Faults;

/// <summary>A host was killed, and a part of the log (study.db-wal) that it left beside study.db is lost.</summary>
public sealed class LogDamageTests
{
    [Fact]
    public void A_search_whose_log_is_damaged_is_refused_or_says_which_trials_it_has_lost()
    {
        using var killed = new SearchFolder();
        using (var host = killed.Start("", ["--max-evals", "1000000", "--workers", "2"]))
        {
            HostProcess.WaitUntil(
                () => host.Events("progress").Length > 0 && int.Parse(host.Events("progress")[^1][0], CultureInfo.InvariantCulture) > 150,
                "150 trials");
            host.Signal("KILL");
            host.WaitForExit();
        }

        var study = Path.Combine(killed.Output, killed.Study);
        var files = Directory.GetFiles(study).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes, StringComparer.Ordinal);
        var told = killed.Rows()
            .Where(row => row["state"] == "complete")
            .ToDictionary(row => long.Parse(row["number"], CultureInfo.InvariantCulture), row => row["loss"]);
        var checkpointed = Checkpointed(Path.Combine(study, "study.db"));
        var valid = ValidLength(files["study.db-wal"]);
        var random = new Random(6);
        var answers = new List<string>();
        for (var time = 0; time < FaultTable.Times(1); time++)
        {
            using var folder = new SearchFolder();
            var copy = Directory.CreateDirectory(Path.Combine(folder.Output, folder.Study)).FullName;
            var log = (byte[])files["study.db-wal"].Clone();
            switch (time % 4)
            {
                case 0:
                    log = log[..random.Next(valid)];
                    break;
                case 1:
                    random.NextBytes(log.AsSpan(random.Next(valid - 512), 512));
                    break;
                case 2:
                    // A part of the log had been written into the file already, so old pages would stand beside new ones.
                    log = log[..random.Next(valid / 4, valid)];
                    break;
                default:
                    log = [];
                    break;
            }

            File.WriteAllBytes(Path.Combine(copy, "study.db"), time % 4 == 2 ? checkpointed : files["study.db"]);
            File.WriteAllBytes(Path.Combine(copy, "study.db-wal"), log);
            File.WriteAllBytes(folder.Csv, files["trials.csv"]);
            using var host = folder.Start("", ["--max-evals", "200"]);
            var exitCode = host.WaitForExit();
            Assert.Equal("", host.Other);
            if (exitCode != 0)
            {
                Assert.True(host.Events("error") is [["LOGML2015", ..]], $"Time {time}: {host.Text}");
                answers.Add("LOGML2015");
                continue;
            }

            var stored = StoppedSearch.Losses(Path.Combine(copy, "study.db"))
                .ToDictionary(trial => trial.Trial, trial => trial.Loss.ToString("R", CultureInfo.InvariantCulture));
            var isWhole = told.All(trial => stored.GetValueOrDefault(trial.Key) == trial.Value);
            var warnings = host.Events("warning").Where(warning => warning[0] == "LOGML2031").ToArray();
            Assert.True(isWhole || warnings.Length == 1, $"Time {time}: trials are lost, and nobody says so. {host.Text}");
            Assert.Equal("ok", Scalar(Path.Combine(copy, "study.db"), "PRAGMA integrity_check"));
            if (warnings.Length > 0)
            {
                var kept = Assert.Single(Directory.GetFiles(copy, "trials.*.csv"));
                Assert.Equal(files["trials.csv"], File.ReadAllBytes(kept));
                Assert.Contains(kept, warnings[0][4], StringComparison.Ordinal);
            }

            answers.Add(warnings.Length > 0 ? "LOGML2031" : "");
        }

        FaultTable.AddRefusals("study.db-wal is damaged after kill -9: cut, garbage, older than study.db, emptied", answers);
    }

    [Fact]
    public void A_result_is_lost_too_when_the_study_has_its_trial_still_at_work()
    {
        using var folder = new SearchFolder();
        using (folder.Run(0, "", ["--max-evals", "5"]))
        {
        }

        // When the log is cut before the last result, the trial is stored as running, and the process that ran it is dead.
        var rows = File.ReadAllBytes(folder.Csv);
        var study = Path.Combine(folder.Output, folder.Study, "study.db");
        const string Trial = "(SELECT trial_id FROM trials WHERE number = 4)";
        Scalar(
            study,
            $"UPDATE trials SET state = 'RUNNING', datetime_complete = NULL WHERE number = 4; DELETE FROM trial_values WHERE trial_id = {Trial}; INSERT INTO logml_leases (trial_id, owner) VALUES ({Trial}, '0123456789abcdef')");

        using var host = folder.Run(0, "", ["--max-evals", "5"]);
        var warning = Assert.Single(host.Events("warning"), fields => fields[0] == "LOGML2031");
        Assert.Contains("has lost a finished trial", warning[4], StringComparison.Ordinal);
        Assert.Equal(rows, File.ReadAllBytes(Assert.Single(Directory.GetFiles(Path.GetDirectoryName(study)!, "trials.*.csv"))));

        // The warning comes once. After that the study and trials.csv agree again.
        using var again = folder.Run(0, "", ["--max-evals", "6"]);
        Assert.DoesNotContain(again.Events("warning"), fields => fields[0] == "LOGML2031");
    }

    /// <summary>
    /// The end of the log. What follows is from before the last checkpoint (https://www.sqlite.org/fileformat.html, 4.1).
    /// </summary>
    private static int ValidLength(byte[] log)
    {
        const int HeaderLength = 32, FrameHeaderLength = 24;
        var pageSize = BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(8));
        var end = HeaderLength;
        while (end + FrameHeaderLength + pageSize <= log.Length && log.AsSpan(end + 8, 8).SequenceEqual(log.AsSpan(16, 8)))
        {
            end += FrameHeaderLength + pageSize;
        }

        return end;
    }

    /// <summary>The file after all of the log has been written into it.</summary>
    private static byte[] Checkpointed(string database)
    {
        var copy = Directory.CreateTempSubdirectory("logml-");
        try
        {
            var path = Path.Combine(copy.FullName, "study.db");
            File.Copy(database, path);
            File.Copy(database + "-wal", path + "-wal");
            Scalar(path, "PRAGMA wal_checkpoint(TRUNCATE)");
            return File.ReadAllBytes(path);
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private static object? Scalar(string database, string sql)
    {
        using var connection =
            new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
