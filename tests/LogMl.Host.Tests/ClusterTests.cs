using System.Diagnostics;
using System.Text.Json;
using LogMl.Host.Tests.Kit;
using LogMl.Shared;
using LogMl.TestKit;
using LogMl.TestKit.Postgres;

namespace LogMl.Host.Tests;

/// <summary>Two machines search a study on a server, and the tool shows from elsewhere what becomes of them.</summary>
public sealed class ClusterTests : IDisposable
{
    private const string Lease = "10";

    private readonly SearchFolder _one = new();
    private readonly SearchFolder _two = new();
    private readonly PostgresDatabase _database;

    public ClusterTests() =>
        _database = PostgresServer.Missing is null ? PostgresServer.Shared.CreateDatabase() : new PostgresDatabase("", "");

    public void Dispose()
    {
        _one.Dispose();
        _two.Dispose();
    }

    [PostgresFact]
    public void A_machine_that_is_killed_is_gone_for_everybody_and_what_failed_there_tells_why_without_it()
    {
        using var first = Start(_one, "node1", "sleep=100", "--max-evals", "1000000");
        HostProcess.WaitUntil(() => first.Events("progress").Length > 0, "a trial of node1");

        // The disk of the other machine goes with it.
        using (var failing = Start(_two, "node2", "print=seen on node2,throw", "--max-evals", "1000000", "--max-trials", "1"))
        {
            Assert.Equal(WorkerExitCodes.Done, failing.WaitForExit());
        }

        Directory.Delete(_two.Output, recursive: true);
        var number = Assert.Single(Tool("trials", "--json", "--filter", "state = failed").GetProperty("trials").EnumerateArray())
            .GetProperty("number").GetInt32();
        var trial = Tool("trial", $"{number}", "--json").GetProperty("trial");
        Assert.Equal("node2", trial.GetProperty("host").GetString());
        Assert.Contains(
            "System.InvalidOperationException: The data are broken.", trial.GetProperty("stack").GetString(), StringComparison.Ordinal);
        Assert.EndsWith(
            $"out of trial {number}: é seen on node2\nerror of trial {number}", trial.GetProperty("output").GetString(),
            StringComparison.Ordinal);

        DateTime begun;
        using (var hanging = Start(_two, "node2", "pid,hang", "--max-evals", "1000000"))
        {
            var trials = Path.Combine(_two.Output, _two.Study, "trials");
            HostProcess.WaitUntil(
                () => Directory.Exists(trials) && Directory.GetFiles(trials, "worker.pid", SearchOption.AllDirectories).Length > 0,
                "a running trial of node2");
            var lost = Path.GetFileName(Assert.Single(Directory.GetDirectories(trials)));
            var running = Tool("trial", $"{lost}", "--json").GetProperty("trial");
            Assert.Equal(("running", "node2"), (running.GetProperty("state").GetString(), running.GetProperty("host").GetString()));
            begun = running.GetProperty("started").GetDateTime();
            Assert.Equal("alive", State("node2"));
            hanging.Signal("KILL");
            hanging.WaitForExit();
        }

        HostProcess.WaitUntil(() => State("node2") == "gone", "the end of node2");
        var hosts = Hosts();
        Assert.InRange(hosts["node2"].GetProperty("since").GetDateTime(), begun.AddSeconds(-1), begun.AddMinutes(10));
        Assert.Equal((1, 1), (hosts["node2"].GetProperty("repeated").GetInt32(), hosts["node2"].GetProperty("failed").GetInt32()));
        Assert.Equal("alive", hosts["node1"].GetProperty("state").GetString());
        var page = _one.Root + "/seen.html";
        Run("report", "--output", page);
        Assert.Contains("\"name\":\"node2\",\"state\":\"gone\"", File.ReadAllText(page), StringComparison.Ordinal);
        Assert.Contains("seen on node2", File.ReadAllText(page), StringComparison.Ordinal);

        // The machine comes back.
        using (var again = Start(_two, "node2", "print", "--max-evals", "1000000", "--max-trials", "1"))
        {
            Assert.Equal(WorkerExitCodes.Done, again.WaitForExit());
        }

        Assert.NotEqual("gone", State("node2"));
        Assert.Empty(first.Events("error"));
        first.Signal("TERM");
        Assert.Equal(WorkerExitCodes.Interrupted, first.WaitForExit());
        Assert.Equal("idle", State("node1"));
    }

    private HostProcess Start(SearchFolder folder, string node, string script, params string[] options) =>
        folder.Start(script, ["--joins", "--node", node, "--lease", Lease, .. options], ["LOGML_STORAGE=" + _database.Url]);

    private string Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(CommandLine.Dotnet, ["exec", TestWorkflow.Tool, .. arguments]) { WorkingDirectory = _one.Root };
        start.Environment["LOGML_STORAGE"] = _database.Url;
        return BoundedProcess.Run(start);
    }

    private JsonElement Tool(params string[] arguments) => JsonElement.Parse(Run(arguments));

    private Dictionary<string, JsonElement> Hosts() =>
        Tool("show", "--json").GetProperty("hosts").EnumerateArray().ToDictionary(host => host.GetProperty("host").GetString()!);

    private string? State(string node) => Hosts().TryGetValue(node, out var host) ? host.GetProperty("state").GetString() : null;
}
