using System.Globalization;
using LogMl.Host.Results;
using LogMl.Host.Tests.Kit;
using LogMl.Storage;
using LogMl.TestKit;
using LogMl.TestKit.Postgres;
using Microsoft.Data.Sqlite;

namespace LogMl.Host.Tests.Faults;

/// <summary>
/// A search with repeated faults, and the proof that nothing was lost: every trial that was ever reported as finished is stored with its
/// loss, none was recorded twice or runs for ever, the numbers are 0, 1, 2 and so on, max_evals holds exactly, and no process is left.
/// </summary>
internal sealed class FaultySearch : IDisposable
{
    private const string NotesVariable = "LOGML_TEST_NOTES";

    private readonly SearchFolder _folder = new();
    private readonly StoreKind _kind;
    private readonly string _notes;
    private readonly string? _connectionString;
    private readonly int _maxRetries;
    private readonly Dictionary<string, string> _finished = new(StringComparer.Ordinal);

    /// <param name="kind">The store of the study.</param>
    /// <param name="server">The server for PostgreSQL.</param>
    /// <param name="maxRetries">How often a trial is repeated.</param>
    public FaultySearch(StoreKind kind, PostgresServer? server = null, int maxRetries = 1)
    {
        _kind = kind;
        _maxRetries = maxRetries;
        _notes = Directory.CreateDirectory(Path.Combine(_folder.Root, "notes")).FullName;
        _connectionString = kind == StoreKind.PostgreSql ? (server ?? PostgresServer.Shared).CreateDatabase().ConnectionString : null;
        Database = Path.Combine(_folder.Output, FolderName.Of(_folder.Study), "study.db");
    }

    public SearchFolder Folder => _folder;

    /// <summary>The file of a study in SQLite.</summary>
    public string Database { get; init; }

    public string? ConnectionString => _connectionString;

    /// <summary>The duration of a trial in milliseconds.</summary>
    public int TrialTime { get; init; } = 5;

    /// <summary>Whether each trial has a folder with files in it.</summary>
    public bool IsPrinting { get; init; }

    /// <summary>The lease in seconds; null for the default.</summary>
    public int? Lease { get; init; } = 1;

    /// <summary>Whether living hosts may count as dead. Then a result may come from the run under the previous number.</summary>
    public bool MayBeLate { get; init; }

    /// <summary>
    /// Whether a trial may end unrecorded, because its result cannot be stored or its search is stopping. It runs again, under its own
    /// number when it could be released.
    /// </summary>
    public bool MayRunAgain { get; init; }

    /// <summary>Starts a host.</summary>
    /// <param name="maxEvals">The number of trials. It is far more than will run when the host is to be killed.</param>
    /// <param name="environment">Further environment variables.</param>
    public HostProcess Start(int maxEvals, params string[] environment) => _folder.Start(
        $"sleep={Text(TrialTime)},note{(IsPrinting ? ",print" : "")}",
        [
            "--max-evals", Text(maxEvals), "--workers", "2", "--max-retries", Text(_maxRetries),
            .. Lease is { } lease ? ["--lease", Text(lease)] : Array.Empty<string>(),
        ],
        [
            $"{NotesVariable}={_notes}",
            .. Location is null ? Array.Empty<string>() : [$"{StorageSource.Variable}={Location}"],
            .. environment,
        ]);

    /// <summary>Records which trials the search reports as finished.</summary>
    public void Remember()
    {
        if (!File.Exists(_folder.Csv))
        {
            return;
        }

        // The last row may not be complete yet.
        var text = File.ReadAllText(_folder.Csv);
        var records = Rfc4180.Read(text[..(text.LastIndexOf('\n') + 1)]);
        foreach (var record in records.Skip(1).Where(record => record[1] == "complete"))
        {
            Assert.Equal(record[2], _finished.TryGetValue(record[0], out var loss) ? loss : record[2]);
            _finished[record[0]] = record[2];
        }
    }

    /// <summary>Continues the search to its end, and proves that nothing was lost.</summary>
    /// <returns>The counts.</returns>
    public FaultResult Finish()
    {
        Remember();
        var maxEvals = Read().Count(trial => trial.RetryHistory.Count == 0) + 10;
        using var host = Start(maxEvals);
        RequireEnd(host);
        return Prove(maxEvals);
    }

    /// <summary>Waits until each of the hosts has ended a trial.</summary>
    public static void WaitForTrials(params HostProcess[] hosts)
    {
        HostProcess.WaitUntil(() => hosts.All(host => host.Events("progress").Length > 0 || !LinuxProcess.IsAlive(host.Id)), "a trial of each host");
        Assert.All(hosts, host => Assert.True(host.Events("progress").Length > 0, host.Text));
    }

    /// <summary>Waits until the search has ended by itself.</summary>
    public static void RequireEnd(params HostProcess[] hosts)
    {
        Assert.All(hosts, host => Assert.True(host.WaitForExit() == 0, host.Text));
        Assert.All(hosts, host => Assert.Empty(host.Events("error")));
        Assert.All(hosts, host => Assert.Equal("", host.Other));
    }

    /// <summary>Proves that nothing was lost in a search that has ended.</summary>
    /// <param name="maxEvals">The number of evaluations of the search.</param>
    /// <returns>The counts.</returns>
    public FaultResult Prove(int maxEvals)
    {
        Remember();
        var trials = Read();
        Assert.Equal(Enumerable.Range(0, trials.Count), trials.Select(trial => trial.Number));
        Assert.Equal(maxEvals, trials.Count(trial => trial.RetryHistory.Count == 0));
        Assert.All(trials, trial => Assert.True(trial.State is StoredState.Complete or StoredState.Fail, $"Trial {trial.Number} is {trial.State}."));
        var losses = trials.Where(trial => trial.State == StoredState.Complete)
            .ToDictionary(trial => Text(trial.Number), trial => Assert.Single(trial.Values).ToString("R", CultureInfo.InvariantCulture));
        Assert.Empty(_finished.Where(trial => losses.GetValueOrDefault(trial.Key) != trial.Value).Select(trial => trial.Key));
        Assert.Equal(Enumerable.Range(0, trials.Count).Select(Text), _folder.Rows().Select(row => row["number"]));

        // A failed trial is repeated, or has been repeated as often as is allowed. A call that finds no complete trial repeats failed
        // trials again. Nothing else failed.
        var repeated = trials.SelectMany(trial => trial.RetryHistory.TakeLast(1)).ToArray();
        Assert.Equal(repeated.Distinct().Count(), repeated.Length);
        var givenUp = trials.Where(trial => trial.State == StoredState.Fail && !repeated.Contains(trial.Number)).ToArray();
        Assert.All(givenUp, trial => Assert.Equal(_maxRetries, trial.RetryHistory.Count - trial.WantedRuns));

        // A trial with a result has run to its end exactly once under its number. A trial that ended unrecorded has run again under another
        // number.
        var runs = Directory.EnumerateFiles(_notes)
            .GroupBy(file => Path.GetFileNameWithoutExtension(file))
            .ToDictionary(group => group.Key, group => group.Count());
        Assert.All(runs, run => Assert.True(run.Value == 1 || MayRunAgain, $"Trial {run.Key} has run {run.Value} times."));
        Assert.All(
            trials.Where(trial => trial.State == StoredState.Complete),
            trial => Assert.True(
                runs.ContainsKey(Text(trial.Number)) || (MayBeLate && trial.RetryHistory.Any(number => runs.ContainsKey(Text(number)))),
                $"Trial {trial.Number} has not run."));
        RequireIntact();
        HostProcess.WaitUntil(() => !ProcessList.AnyWith($"{NotesVariable}={_notes}"), "the end of all processes");
        return new FaultResult(trials.Count, _finished.Count, losses.Count, repeated.Length, givenUp.Length);
    }

    /// <summary>
    /// Expects that a host has ended with exactly one error, which has a code, and that everything it had reported as finished is stored.
    /// </summary>
    /// <returns>The code of the error, and its message.</returns>
    public (string Code, string Message) RequireError(HostProcess host)
    {
        var error = RequireErrorWithoutStore(host);
        var told = host.Events("progress").Select(progress => int.Parse(progress[0], CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
        var trials = Read();
        var repeated = trials.SelectMany(trial => trial.RetryHistory).ToHashSet();
        Assert.InRange(
            trials.Count(trial => trial.State is StoredState.Complete or StoredState.Fail && !repeated.Contains(trial.Number)),
            told,
            int.MaxValue);
        return error;
    }

    /// <summary>The same, when the store cannot be read.</summary>
    public (string Code, string Message) RequireErrorWithoutStore(HostProcess host)
    {
        Assert.True(host.WaitForExit() == 1, host.Text);
        Assert.Equal("", host.Other);
        Remember();
        var error = Assert.Single(host.Events("error"));
        return (error[0], error[^1]);
    }

    public IReadOnlyList<TrialRecord> Read()
    {
        if (_kind == StoreKind.Sqlite && !File.Exists(Database))
        {
            return [];
        }

        using var storage = _connectionString is null ? StudyStorages.Sqlite(Database) : StudyStorages.PostgreSql(_connectionString);
        return storage.FindStudy(_folder.Study) is { } study ? storage.ReadTrials(study.Id, -1, []) : [];
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The connection string of a database that is not the default.</summary>
    private string? Location =>
        _connectionString ?? (Database.StartsWith(_folder.Output, StringComparison.Ordinal) ? null : "sqlite:///" + Database);

    private void RequireIntact()
    {
        if (_kind == StoreKind.Sqlite)
        {
            using var connection =
                new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false }.ToString());
            connection.Open();
            using var check = connection.CreateCommand();
            check.CommandText = "PRAGMA integrity_check";
            Assert.Equal("ok", check.ExecuteScalar());
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The counts of a search with faults.</summary>
/// <param name="Trials">All trials.</param>
/// <param name="Told">The trials that the search had reported as complete while it ran.</param>
/// <param name="Complete">The trials with a result.</param>
/// <param name="Repeated">The trials that were cut off and ran again.</param>
/// <param name="GivenUp">The trials that were cut off as often as is allowed.</param>
internal sealed record FaultResult(int Trials, int Told, int Complete, int Repeated, int GivenUp);
