using LogMl.Shared;
using LogMl.TestKit.Ssh;
using LogMl.Tool.Launching;
using LogMl.Tool.Tests.Kit;
using LogMl.Tool.Workers;

namespace LogMl.Tool.Tests;

/// <summary>
/// The verb launch with a real sshd, and with a start script that only tells how it was started. The tests of the package start real
/// workers.
/// </summary>
public sealed class LaunchTests : IDisposable
{
    private const string Secret = "Host=db;Database=studies;Username=ann;Password=it's \"secret\" \\x";

    private readonly ToolFolder _folder = new();

    public LaunchTests()
    {
        var version = typeof(Bundle).Assembly.GetName().Version!.ToString(3);
        Directory.CreateDirectory(_folder.At("bundle/app"));
        File.WriteAllText(
            _folder.At("bundle/bundle.json"), $$"""{ "format": 1, "version": "{{version}}", "request": { "study": "my study" } }""");
        File.WriteAllText(_folder.At("bundle/app/it's data"), "1");
        Script("echo \"$@\"; echo \"$LOGML_STORAGE\"; pwd");
        _folder.Set("LOGML_STORAGE", Secret);
    }

    private string There => _folder.At("the nodes'");

    private string There0 => Directory.GetDirectories(There, "my-study-*").Single();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a, ann@b.c:4,local:2,[::1]:3", null)]
    [InlineData("a,b:0", "'b:0' has no number of workers from 1 to 1024")]
    [InlineData("a,-oProxyCommand=x", "'-oProxyCommand=x' is no host with a number of workers")]
    [InlineData("a,b,a:3", "it names 'a' twice; give it more workers instead, a:4")]
    [InlineData(",", "it names no host")]
    public void Hosts_are_names_with_a_number_of_workers(string list, string? error)
    {
        if (error is null)
        {
            Assert.Equal(
                [new("a", 1), new("ann@b.c", 4), new("local", 2), new("[::1]", 3)], HostEntry.Read(list));
        }
        else
        {
            Assert.StartsWith(
                $"--hosts: {error}. Write names", Assert.Throws<ToolException>(() => HostEntry.Read(list)).Message,
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ssh -p 2222", "ssh|-p|2222")]
    [InlineData(" ssh  -o 'User ann' -i \"my key\"", "ssh|-o|User ann|-i|my key")]
    public void A_command_is_split_into_words(string text, string words) => Assert.Equal(words, string.Join('|', CommandWords.Split(text)));

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(75, 1, 1)]
    [InlineData(1, 64, 64)]
    [InlineData(75, 0, 75)]
    [InlineData(0, 137, 137)]
    public void The_exit_code_is_the_worst_of_the_hosts(int one, int other, int code) => Assert.Equal(code, Launch.Worst([one, other]));

    [Fact]
    public void A_file_is_no_storage_for_several_machines()
    {
        _folder.Set("LOGML_STORAGE", "sqlite:////tmp/x.db");

        Assert.Contains(
            "The study is stored in the file '/tmp/x.db', which b cannot share.",
            _folder.Run("launch", "--hosts", "local,b", "--bundle", "bundle").Fails(ToolErrors.Location, WorkerExitCodes.Usage),
            StringComparison.Ordinal);
    }

    [SshFact]
    public void A_bundle_is_copied_once_and_each_worker_gets_its_options_and_the_secret_by_its_input()
    {
        using var server = new SshServer();

        var result = Run(server, "127.0.0.1:3,127.0.0.2,local:2", "--max-time", "1h", "--max-trials", "9");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        foreach (var (host, workers) in (ReadOnlySpan<(string, int)>)[("127.0.0.1", 3), ("127.0.0.2", 1), ("local", 2)])
        {
            Assert.Contains(
                $"[{host}] worker --workers {workers} --exit-on-stdin-eof --max-trials 9 --max-time 1h\n[{host}] {Secret}\n",
                Of(host, result.Output),
                StringComparison.Ordinal);
        }

        Assert.Contains($"[127.0.0.1] {There}\n", result.Output, StringComparison.Ordinal);
        Assert.Equal("1", File.ReadAllText(Path.Combine(There0, "app", "it's data")));
        Assert.Empty(Directory.GetDirectories(There, "*.part-*"));
        Assert.DoesNotContain("copied", Run(server, "127.0.0.1").Output, StringComparison.Ordinal);

        // Another bundle is another folder, and nothing of an earlier one stays in it.
        var first = There0;
        File.Move(_folder.At("bundle/app/it's data"), _folder.At("bundle/app/more"));
        Assert.Contains("bundle copied by ", Run(server, "127.0.0.1").Output, StringComparison.Ordinal);
        Assert.Equal(
            ["more"],
            Directory.GetFiles(Path.Combine(Directory.GetDirectories(There, "my-*").Single(path => path != first), "app"))
                .Select(Path.GetFileName));
    }

    [SshFact]
    public void A_machine_without_rsync_gets_the_bundle_by_tar()
    {
        // The programs of its sessions.
        Directory.CreateDirectory(_folder.At("programs"));
        foreach (var program in (string[])["sh", "mkdir", "tar", "gzip", "mv", "rm"])
        {
            File.CreateSymbolicLink(_folder.At("programs/" + program), "/bin/" + program);
        }

        using var server = new SshServer("PATH=" + _folder.At("programs"));

        var result = Run(server, "127.0.0.1");

        // The start files of the shell may miss other programs, and say so.
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("[127.0.0.1] bundle copied by tar in ", result.Output, StringComparison.Ordinal);
        Assert.Equal("1", File.ReadAllText(Path.Combine(There0, "app", "it's data")));
    }

    [SshFact]
    public void A_host_that_fails_is_named_with_its_reason_and_the_others_go_on()
    {
        using var server = new SshServer();
        Script("echo 'error LOGML2105: other code' >&2; exit 64");

        // Nobody listens at the third address.
        var result = Run(server, "127.0.0.1,127.0.0.3");

        Assert.Equal(WorkerExitCodes.Usage, result.ExitCode);
        Assert.Contains("[127.0.0.1] error LOGML2105: other code\n", result.Error, StringComparison.Ordinal);
        Assert.Contains(
            "error LOGML3070: 127.0.0.1: its worker ended with exit code 64: error LOGML2105: other code\n", result.Error,
            StringComparison.Ordinal);
        Assert.Contains(
            "error LOGML3070: 127.0.0.3: the bundle could not be copied with exit code 255: ssh: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(WorkerExitCodes.TryAgain, Run(server, "127.0.0.3").ExitCode);
    }

    private static string Of(string host, string output) =>
        string.Concat(output.Split('\n').Where(line => line.StartsWith($"[{host}]", StringComparison.Ordinal)).Select(line => line + "\n"));

    private ToolResult Run(SshServer server, string hosts, params string[] options) => _folder.Run(
        ["launch", "--hosts", hosts, "--bundle", "bundle", "--folder", There, "--ssh", server.Client, .. options]);

    private void Script(string script)
    {
        var path = _folder.At("bundle/search");
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
