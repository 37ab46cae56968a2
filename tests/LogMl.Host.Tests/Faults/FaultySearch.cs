using System.Globalization;
using LogMl.Host.Results;
using LogMl.Host.Tests.Kit;
using LogMl.Storage;
using LogMl.TestKit;
using Microsoft.Data.Sqlite;

namespace LogMl.Host.Tests.Faults;

/// <summary>
/// A search to which something happens again and again, and the proof afterwards that nothing came of it: every trial that was ever told to be finished is stored with its loss, none was
/// recorded twice or ran for ever, numbers are 0, 1, 2 and so on, max_evals holds exactly, and no process is left.
/// </summary>
internal sealed class FaultySearch : IDisposable
{
    private const string NotesVariable = "LOGML_TEST_NOTES";
    private const string Script = "sleep=5,note";

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
        _notes = Path.Combine(_folder.Root, "notes.txt");
        _connectionString = kind == StoreKind.PostgreSql ? (server ?? PostgresServer.Shared).CreateDatabase().ConnectionString : null;
    }

    public SearchFolder Folder => _folder;

    /// <summary>Starts a host.</summary>
    /// <param name="maxEvals">The number of trials; far more than there will be, when it is to be killed.</param>
    /// <param name="environment">Further environment variables.</param>
    public HostProcess Start(int maxEvals, params string[] environment) => _folder.Start(
        Script,
        ["--max-evals", Text(maxEvals), "--workers", "2", "--max-retries", Text(_maxRetries), "--lease", "1"],
        [$"{NotesVariable}={_notes}", .. _connectionString is null ? Array.Empty<string>() : [$"{StorageLocation.Variable}={_connectionString}"], .. environment]);

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
        using (var host = Start(maxEvals))
        {
            Assert.True(host.WaitForExit() == 0, host.Text);
        }

        Remember();
        var trials = Read();
        Assert.Equal(Enumerable.Range(0, trials.Count), trials.Select(trial => trial.Number));
        Assert.Equal(maxEvals, trials.Count(trial => trial.RetryHistory.Count == 0));
        Assert.All(trials, trial => Assert.True(trial.State is StoredState.Complete or StoredState.Fail, $"Trial {trial.Number} is {trial.State}."));
        var losses = trials.Where(trial => trial.State == StoredState.Complete).ToDictionary(trial => Text(trial.Number), trial => Assert.Single(trial.Values).ToString("R", CultureInfo.InvariantCulture));
        var lost = _finished.Where(trial => losses.GetValueOrDefault(trial.Key) != trial.Value).Select(trial => trial.Key).ToArray();
        Assert.Empty(lost);

        // A failed trial is repeated, or was as often as it may be. Nothing else failed.
        var repeated = trials.SelectMany(trial => trial.RetryHistory.TakeLast(1)).ToArray();
        Assert.Equal(repeated.Distinct().Count(), repeated.Length);
        var givenUp = trials.Where(trial => trial.State == StoredState.Fail && !repeated.Contains(trial.Number)).ToArray();
        Assert.All(givenUp, trial => Assert.Equal(_maxRetries, trial.RetryHistory.Count));

        // Whoever has a result has run to its end, and exactly once under its number; a trial that ended unrecorded has run again under another one.
        var runs = File.ReadAllLines(_notes).GroupBy(number => number).ToDictionary(group => group.Key, group => group.Count());
        Assert.All(losses.Keys, number => Assert.True(runs.GetValueOrDefault(number) == 1, $"Trial {number} has run {runs.GetValueOrDefault(number)} times."));
        RequireIntact();
        HostProcess.WaitUntil(() => !ProcessList.AnyWith($"{NotesVariable}={_notes}"), "the end of all processes");
        return new FaultResult(trials.Count, losses.Count, repeated.Length, givenUp.Length);
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

    private string Database => Path.Combine(_folder.Output, FolderName.Of(_folder.Study), "study.db");

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
/// <param name="Complete">Those with a result.</param>
/// <param name="Repeated">Those that were cut off, and run again.</param>
/// <param name="GivenUp">Those that were cut off as often as they may be.</param>
internal sealed record FaultResult(int Trials, int Complete, int Repeated, int GivenUp);
