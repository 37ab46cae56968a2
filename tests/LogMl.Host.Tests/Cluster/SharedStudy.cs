using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogMl.Host.Inputs;
using LogMl.Host.Tests.Kit;
using LogMl.Shared.Requests;
using LogMl.Storage;
using LogMl.TestKit;
using LogMl.TestKit.Postgres;

namespace LogMl.Host.Tests.Cluster;

/// <summary>
/// A study in PostgreSQL that the workers of one bundle search, each started with the one command line that all launchers start. The bundle
/// is laid out and not packed: its parts are links to where the builds have left them.
/// </summary>
internal sealed class SharedStudy : IDisposable
{
    public const string Name = "shared";
    private const string NotesVariable = "LOGML_TEST_NOTES";

    private readonly TempDirectory _folder = new("nodes");
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<int, double> _seen = [];
    private readonly List<(DateTime At, string? Node)> _faults = [];
    private readonly string _notes;

    /// <param name="server">The server; null for the one that tests share.</param>
    public SharedStudy(PostgresServer? server = null)
    {
        ConnectionString = (server ?? PostgresServer.Shared).CreateDatabase().ConnectionString;
        _notes = Directory.CreateDirectory(At("notes")).FullName;
        foreach (var (link, target) in new[]
        {
            ("host", Path.GetDirectoryName(TestWorkflow.Host)!), ("worker", Path.GetDirectoryName(TestWorkflow.Worker)!),
            ("app", TestWorkflow.App.Folder),
        })
        {
            Directory.CreateDirectory(At("bundle"));
            Directory.CreateSymbolicLink(At("bundle/" + link), target);
        }

        Directory.CreateDirectory(At("bundle/files"));
    }

    public string ConnectionString { get; }

    /// <summary>The evaluations that the study is to have.</summary>
    public required int MaxEvals { get; init; }

    /// <summary>The lease in seconds; null for the default.</summary>
    public int? Lease { get; init; } = 2;

    /// <summary>How often a trial that was cut off is repeated.</summary>
    public int MaxRetries { get; init; } = 100;

    /// <summary>The duration of a trial in milliseconds.</summary>
    public int TrialTime { get; init; } = 40;

    /// <summary>What the trials do besides (tests/LogMl.TestWorkflows/Script.cs).</summary>
    public string Actions { get; init; } = "";

    /// <summary>Further keys of the search, which the bundle overrides.</summary>
    public IReadOnlyDictionary<string, string> Overrides { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Whether a trial may run to its end and not be recorded, but run again under its own number: it was given back at that moment.
    /// </summary>
    public bool MayRunAgain { get; init; }

    /// <summary>Whether a living host may lose its trials. Then a result may come from the run under the previous number.</summary>
    public bool MayBeLate { get; init; }

    /// <summary>Where a file of the study's own is.</summary>
    public string At(string path) => Path.Combine(_folder.Path, path);

    /// <summary>Starts a worker on a node.</summary>
    /// <param name="name">The name of the node.</param>
    /// <param name="launcher">A command that replaces itself with the program that follows.</param>
    /// <param name="address">The address of the server as the node sees it; null for the loopback address.</param>
    /// <param name="environment">Further environment variables, <c>name=value</c>.</param>
    /// <param name="results">The folder for its logs; null for one of its own.</param>
    public Node Start(
        string name, IReadOnlyList<string>? launcher = null, string? address = null, IReadOnlyList<string>? environment = null,
        string? results = null)
    {
        if (!File.Exists(At("bundle/bundle.json")))
        {
            WriteManifest();
        }

        results ??= At("results-" + name);
        var start = new ProcessStartInfo("env")
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.Path,
        };
        string[] words =
        [
            "--default-signal=INT", .. launcher ?? [], CommandLine.Dotnet, "exec", TestWorkflow.Tool, "worker", "--bundle", At("bundle"),
            "--workers", "2", "--results", results,
        ];
        Array.ForEach(words, start.ArgumentList.Add);
        start.Environment["LOGML_STORAGE"] = address is null
            ? ConnectionString
            : ConnectionString.Replace("Host=127.0.0.1", "Host=" + address, StringComparison.Ordinal);
        start.Environment["NODE_NAME"] = name;
        start.Environment[NotesVariable] = _notes;
        start.Environment[TestWorkflow.ScriptVariable] =
            string.Create(CultureInfo.InvariantCulture, $"sleep={TrialTime},note{(Actions.Length > 0 ? "," + Actions : "")}");
        foreach (var pair in environment ?? [])
        {
            var parts = pair.Split('=', 2);
            start.Environment[parts[0]] = parts[1];
        }

        var node = new Node(name, start);
        _nodes.Add(node);
        return node;
    }

    /// <summary>Notes a fault that happens now: how long it takes until the next trial ends, is a part of what it costs.</summary>
    /// <param name="node">The node whose trials count; null for any.</param>
    public void NoteFault(string? node = null) => _faults.Add((DateTime.UtcNow, node));

    /// <summary>Records the results that are stored now. They must never change again.</summary>
    public void Remember()
    {
        foreach (var trial in Read().Where(trial => trial.State == StoredState.Complete))
        {
            var loss = Assert.Single(trial.Values);
            Assert.Equal(loss, _seen.GetValueOrDefault(trial.Number, loss));
            _seen[trial.Number] = loss;
        }
    }

    /// <summary>Waits until a node has ended a further trial, or has ended itself.</summary>
    public void WaitForTrial(Node node)
    {
        HostProcess.WaitUntil(() => !node.IsRunning || Read().Count > 0, $"the study of {node.Name}: {node.Text}");
        var before = Ended(node.Name);
        HostProcess.WaitUntil(() => !node.IsRunning || Ended(node.Name) > before, $"a trial on {node.Name}: {node.Text}");
    }

    /// <summary>The trials with a result from a node.</summary>
    public long Ended(string node) => Count(
        "SELECT COUNT(*) FROM trials t JOIN trial_user_attributes a ON a.trial_id = t.trial_id "
        + $"WHERE t.state = 'COMPLETE' AND a.\"key\" = 'host' AND a.value_json = '{JsonSerializer.Serialize(node)}'");

    public IReadOnlyList<TrialRecord> Read() => FromServer<IReadOnlyList<TrialRecord>>(() =>
    {
        using var storage = StudyStorages.PostgreSql(ConnectionString);
        return storage.FindStudy(Name) is { } study ? storage.ReadTrials(study.Id, -1, []) : [];
    });

    /// <summary>The point and the loss of each evaluation, in their order.</summary>
    public IReadOnlyList<string> Evaluations() =>
    [
        .. Read().Where(trial => trial.State == StoredState.Complete)
            .OrderBy(trial => trial.RetryHistory is [var first, ..] ? first : trial.Number)
            .Select(trial => string.Join(
                ", ", trial.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value).Concat(trial.Values)
                    .Select(value => value.ToString("R", CultureInfo.InvariantCulture)))),
    ];

    /// <summary>Waits for the end of a search whose workers say that it is over, and proves what docs/reliability.md promises.</summary>
    public StudyCounts Prove()
    {
        foreach (var node in _nodes)
        {
            node.WaitForExit();
        }

        Remember();
        var trials = Read();
        Assert.Equal(Enumerable.Range(0, trials.Count), trials.Select(trial => trial.Number));

        // max_evals is exact, and nothing runs or waits.
        Assert.Equal(MaxEvals, trials.Count(trial => trial.RetryHistory.Count == 0));
        Assert.All(trials, trial => Assert.True(
            trial.State is StoredState.Complete or StoredState.Fail, $"Trial {trial.Number} is {trial.State}."));
        Assert.Equal(0, Count("SELECT COUNT(*) FROM logml_leases"));
        Assert.Equal(0, Count("SELECT COUNT(*) FROM trial_heartbeats"));

        // No result was lost, none belongs to another point, and none counts twice.
        var complete = trials.Where(trial => trial.State == StoredState.Complete).ToDictionary(trial => trial.Number);
        Assert.DoesNotContain(_seen, seen => !complete.TryGetValue(seen.Key, out var trial) || !trial.Values[0].Equals(seen.Value));
        Assert.Equal(complete.Count, Count("SELECT COUNT(*) FROM trial_values"));
        Assert.All(complete.Values, trial => Assert.Equal(LossAt(trial), Assert.Single(trial.Values), 9));
        var repeated = trials.SelectMany(trial => trial.RetryHistory.TakeLast(1)).ToArray();
        Assert.Equal(repeated.Distinct().Count(), repeated.Length);
        Assert.DoesNotContain(repeated, complete.ContainsKey);

        // A failed trial was cut off; it is repeated, or that was done as often as is allowed.
        var givenUp = trials.Where(trial => trial.State == StoredState.Fail && !repeated.Contains(trial.Number)).ToArray();
        Assert.All(givenUp, trial => Assert.Equal(MaxRetries, trial.RetryHistory.Count));
        Assert.Equal(MaxEvals, complete.Count + givenUp.Length);

        // A result comes from one run to the end.
        var runs = Directory.EnumerateFiles(_notes).GroupBy(file => Path.GetFileNameWithoutExtension(file))
            .ToDictionary(group => int.Parse(group.Key, CultureInfo.InvariantCulture), group => group.Count());
        Assert.All(runs, run => Assert.True(run.Value == 1 || MayRunAgain, $"Trial {run.Key} has run {run.Value} times."));
        Assert.All(complete.Values, trial => Assert.True(
            runs.ContainsKey(trial.Number) || (MayBeLate && trial.RetryHistory.Any(runs.ContainsKey)),
            $"Trial {trial.Number} has not run."));
        HostProcess.WaitUntil(() => !ProcessList.AnyWith($"{NotesVariable}={_notes}"), "the end of all processes");
        return new StudyCounts(trials.Count, _seen.Count, complete.Count, repeated.Length, givenUp.Length, [.. Waits(trials)]);
    }

    public void Dispose()
    {
        _nodes.ForEach(node => node.Dispose());
        _folder.Dispose();
    }

    /// <summary>The seconds from each fault to the next end of a trial; none for a fault after which none came.</summary>
    private IEnumerable<double> Waits(IReadOnlyList<TrialRecord> trials)
    {
        using var storage = StudyStorages.PostgreSql(ConnectionString);
        var notes = storage.ReadTrialAttributes(storage.FindStudy(Name)!.Id);
        foreach (var (at, node) in _faults)
        {
            var next = trials.Where(trial => trial.State == StoredState.Complete && trial.Completed > at
                && (node is null || IsOn(notes[trial.Number], node))).Min(trial => trial.Completed);
            if (next is { } end)
            {
                yield return (end - at).TotalSeconds;
            }
        }
    }

    private static bool IsOn(IReadOnlyDictionary<string, string> notes, string node) =>
        notes.GetValueOrDefault("host") == JsonSerializer.Serialize(node);

    /// <summary>The loss of the test workflow.</summary>
    private static double LossAt(TrialRecord trial)
    {
        var x = Value("x");
        return ((x - 1) * (x - 1)) + Math.Max(0, Value("kind"));

        double Value(string name) => trial.Parameters.First(pair => pair.Key.EndsWith("." + name, StringComparison.Ordinal)).Value;
    }

    private long Count(string sql) => FromServer(() =>
    {
        using var connection = new Npgsql.NpgsqlConnection(ConnectionString + ";Pooling=false");
        connection.Open();
        using var command = new Npgsql.NpgsqlCommand(sql, connection);
        return (long)command.ExecuteScalar()!;
    });

    /// <summary>Asks the server, which refuses connections while it recovers: after a crash, and soon after the end of a session.</summary>
    private static T FromServer<T>(Func<T> ask)
    {
        for (var since = Stopwatch.GetTimestamp(); ; Thread.Sleep(20))
        {
            try
            {
                return ask();
            }
            catch (Exception exception) when (
                exception is StorageException or Npgsql.NpgsqlException && Stopwatch.GetElapsedTime(since) < TimeSpan.FromMinutes(2))
            {
                // It is asked again.
            }
        }
    }

    private void WriteManifest()
    {
        var packed = new HostRequest
        {
            ProjectDirectory = At("bundle/files"), Study = Name, Output = At("bundle"), Assembly = TestWorkflow.App.Assembly,
            DepsFile = TestWorkflow.App.DepsFile,
        };
        var request = new Dictionary<string, object>
        {
            ["project_directory"] = "files", ["study"] = Name, ["assembly"] = "app/LogMl.TestWorkflows.App.dll",
            ["depsfile"] = "app/LogMl.TestWorkflows.App.deps.json", ["runtimeconfig"] = "app/LogMl.TestWorkflows.App.runtimeconfig.json",
            ["worker"] = "worker/LogMl.Worker.dll", ["new_seed"] = 7,
            ["overrides"] = new Dictionary<string, string>(Overrides)
            {
                ["max_evals"] = MaxEvals.ToString(CultureInfo.InvariantCulture),
                ["max_retries"] = MaxRetries.ToString(CultureInfo.InvariantCulture),
            },
        };
        if (Lease is { } lease)
        {
            request["lease"] = lease;
        }

        File.WriteAllText(At("bundle/bundle.json"), JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["format"] = 1, ["version"] = FileVersionInfo.GetVersionInfo(TestWorkflow.Tool).ProductVersion!.Split('+')[0],
            ["study"] = Name, ["target_framework"] = "net10.0", ["has_runtime"] = false, ["request"] = request,
            ["inputs"] = JsonNode.Parse(InputFingerprint.OfFiles(packed, null).ToJson())!,
        }));
    }
}

/// <summary>The counts of a study that has ended.</summary>
/// <param name="Trials">All trials.</param>
/// <param name="Seen">The results that were seen in the store before its end or at it.</param>
/// <param name="Complete">The trials with a result.</param>
/// <param name="Repeated">The trials that were cut off and ran again.</param>
/// <param name="GivenUp">The trials that were cut off as often as is allowed.</param>
/// <param name="Waits">The seconds after each fault until work went on.</param>
internal sealed record StudyCounts(int Trials, int Seen, int Complete, int Repeated, int GivenUp, IReadOnlyList<double> Waits);
