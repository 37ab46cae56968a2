using System.Globalization;
using LogMl.Host.Results;
using LogMl.Host.Tests.Kit;
using LogMl.Storage;
using LogMl.TestKit.Postgres;
using Microsoft.Data.Sqlite;

namespace LogMl.Host.Tests.Faults;

/// <summary>
/// A search to which something happens again and again, and the proof afterwards that nothing came of it: every trial that was ever told to be finished is stored with its loss, none was
/// recorded twice or ran for ever, numbers are 0, 1, 2 and so on, max_evals holds exactly, and no process is left.
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

    /// <param name="kind">Where the study lives.</param>
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

    /// <summary>For how many milliseconds a trial runs.</summary>
    public int TrialTime { get; init; } = 5;

    /// <summary>Whether each trial has a folder with files in it.</summary>
    public bool IsPrinting { get; init; }

    /// <summary>The lease in seconds; null for the default.</summary>
    public int? Lease { get; init; } = 1;

    /// <summary>Whether hosts are taken for dead that are not: then a result may come from the run under the number before.</summary>
    public bool MayBeLate { get; init; }

    /// <summary>Whether a trial may end unrecorded, because its result cannot be stored or its search is stopping: it runs again, under its own number when it could be given back.</summary>
    public bool MayRunAgain { get; init; }

    /// <summary>Starts a host.</summary>
    /// <param name="maxEvals">The number of trials; far more than there will be, when it is to be killed.</param>
    /// <param name="environment">Further environment variables.</param>
    public HostProcess Start(int maxEvals, params string[] environment) => _folder.Start(
        $"sleep={Text(TrialTime)},note{(IsPrinting ? ",print" : "")}",
        ["--max-evals", Text(maxEvals), "--workers", "2", "--max-retries", Text(_maxRetries), .. Lease is { } lease ? ["--lease", Text(lease)] : Array.Empty<string>()],
        [$"{NotesVariable}={_notes}", .. Location is null ? Array.Empty<string>() : [$"{StorageLocation.Variable}={Location}"], .. environment]);

    /// <summary>Remembers what the search says is finished.</summary>
    public void Remember()
    {
        if (!File.Exists(_folder.Csv))
        {
            return;
        }

        // The last row may be on its way.
        var text = File.ReadAllText(_folder.Csv);
        var records = Rfc4180.Read(text[..(text.LastIndexOf('\n') + 1)]);
        foreach (var record in records.Skip(1).Where(record => record[1] == "complete"))
        {
            Assert.Equal(record[2], _finished.TryGetValue(record[0], out var loss) ? loss : record[2]);
            _finished[record[0]] = record[2];
        }
    }

    /// <summary>Lets the search come to its end, and proves that all is well.</summary>
    /// <returns>What the fault has cost.</returns>
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
        HostProcess.WaitUntil(() => hosts.All(host => host.Events("progress").Length > 0 || !ProcessList.IsRunning(host.Id)), "a trial of each host");
        Assert.All(hosts, host => Assert.True(host.Events("progress").Length > 0, host.Text));
    }

    /// <summary>Waits until the search has come to its end by itself.</summary>
    public static void RequireEnd(params HostProcess[] hosts)
    {
        Assert.All(hosts, host => Assert.True(host.WaitForExit() == 0, host.Text));
        Assert.All(hosts, host => Assert.Empty(host.Events("error")));
        Assert.All(hosts, host => Assert.Equal("", host.Other));
    }

    /// <summary>Proves that all is well with a search that has come to its end.</summary>
    /// <param name="maxEvals">The number of evaluations that were wanted.</param>
    /// <returns>What the fault has cost.</returns>
    public FaultResult Prove(int maxEvals)
    {
        Remember();
        var trials = Read();
        Assert.Equal(Enumerable.Range(0, trials.Count), trials.Select(trial => trial.Number));
        Assert.Equal(maxEvals, trials.Count(trial => trial.RetryHistory.Count == 0));
        Assert.All(trials, trial => Assert.True(trial.State is StoredState.Complete or StoredState.Fail, $"Trial {trial.Number} is {trial.State}."));
        var losses = trials.Where(trial => trial.State == StoredState.Complete).ToDictionary(trial => Text(trial.Number), trial => Assert.Single(trial.Values).ToString("R", CultureInfo.InvariantCulture));
        Assert.Empty(_finished.Where(trial => losses.GetValueOrDefault(trial.Key) != trial.Value).Select(trial => trial.Key));
        Assert.Equal(Enumerable.Range(0, trials.Count).Select(Text), _folder.Rows().Select(row => row["number"]));

        // A failed trial is repeated, or was as often as it may be: anew in a call that finds no complete trial, and runs the failed ones again. Nothing else failed.
        var repeated = trials.SelectMany(trial => trial.RetryHistory.TakeLast(1)).ToArray();
        Assert.Equal(repeated.Distinct().Count(), repeated.Length);
        var givenUp = trials.Where(trial => trial.State == StoredState.Fail && !repeated.Contains(trial.Number)).ToArray();
        Assert.All(givenUp, trial => Assert.Equal(_maxRetries, trial.RetryHistory.Count - trial.WantedRuns));

        // Whoever has a result has run to its end, and exactly once under its number; a trial that ended unrecorded has run again under another one.
        var runs = Directory.EnumerateFiles(_notes).GroupBy(file => Path.GetFileNameWithoutExtension(file)).ToDictionary(group => group.Key, group => group.Count());
        Assert.All(runs, run => Assert.True(run.Value == 1 || MayRunAgain, $"Trial {run.Key} has run {run.Value} times."));
        Assert.All(
            trials.Where(trial => trial.State == StoredState.Complete),
            trial => Assert.True(runs.ContainsKey(Text(trial.Number)) || (MayBeLate && trial.RetryHistory.Any(number => runs.ContainsKey(Text(number)))), $"Trial {trial.Number} has not run."));
        RequireIntact();
        HostProcess.WaitUntil(() => !ProcessList.AnyWith($"{NotesVariable}={_notes}"), "the end of all processes");
        return new FaultResult(trials.Count, _finished.Count, losses.Count, repeated.Length, givenUp.Length);
    }

    /// <summary>A host that has ended with an error, only one, and a coded one; what it had told to be finished is stored.</summary>
    /// <returns>The code of the error, and its message.</returns>
    public (string Code, string Message) RequireError(HostProcess host)
    {
        var error = RequireErrorWithoutStore(host);
        var told = host.Events("progress").Select(progress => int.Parse(progress[0], CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
        var trials = Read();
        var repeated = trials.SelectMany(trial => trial.RetryHistory).ToHashSet();
        Assert.InRange(trials.Count(trial => trial.State is StoredState.Complete or StoredState.Fail && !repeated.Contains(trial.Number)), told, int.MaxValue);
        return error;
    }

    /// <summary>The same where the store cannot be looked at.</summary>
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

    /// <summary>A database elsewhere than by default.</summary>
    private string? Location => _connectionString ?? (Database.StartsWith(_folder.Output, StringComparison.Ordinal) ? null : "sqlite:///" + Database);

    private void RequireIntact()
    {
        if (_kind == StoreKind.Sqlite)
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false }.ToString());
            connection.Open();
            using var check = connection.CreateCommand();
            check.CommandText = "PRAGMA integrity_check";
            Assert.Equal("ok", check.ExecuteScalar());
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a search had to go through.</summary>
/// <param name="Trials">All trials.</param>
/// <param name="Told">Those that the search had told were complete while it went on.</param>
/// <param name="Complete">Those with a result.</param>
/// <param name="Repeated">Those that were cut off, and run again.</param>
/// <param name="GivenUp">Those that were cut off as often as they may be.</param>
internal sealed record FaultResult(int Trials, int Told, int Complete, int Repeated, int GivenUp);
