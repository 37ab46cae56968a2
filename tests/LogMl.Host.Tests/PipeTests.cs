using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.Versioning;
using LogMl.Host.Tests.Kit;
using LogMl.Host.Workers;
using LogMl.Shared.Wire;
using LogMl.TestKit;

namespace LogMl.Host.Tests;

/// <summary>
/// The places of the pipes to workers, and who can connect. These tests are for Unix; on Windows pipes are not in the file system.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class PipeTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Fact]
    public void The_socket_is_in_a_folder_that_nobody_else_can_enter_and_nothing_of_it_stays()
    {
        using var folder = new SearchFolder();
        var temp = Temp(folder);
        using var host = folder.Start("pid,1:hang", environment: ["TMPDIR=" + temp]);
        ProcessList.WaitForPid(folder.Trial(1, "worker.pid"));
        var pipe = Assert.Single(Directory.GetDirectories(temp, "logml-pipe-*"));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(pipe));
        host.Signal("INT");
        Assert.Equal(130, host.WaitForExit());
        Assert.Empty(Directory.GetDirectories(temp, "logml-*"));
    }

    [Fact]
    public void What_a_killed_host_has_left_is_deleted_by_the_next_one_and_that_of_a_living_one_is_not()
    {
        using var folder = new SearchFolder();
        using var other = new SearchFolder();
        var temp = Temp(folder);
        using var killed = folder.Start("pid,1:hang", environment: ["TMPDIR=" + temp]);
        ProcessList.WaitForPid(folder.Trial(1, "worker.pid"));
        var left = Assert.Single(Directory.GetDirectories(temp, "logml-pipe-*"));
        killed.Signal("KILL");
        killed.WaitForExit();
        using var living = other.Start("pid,1:hang", environment: ["TMPDIR=" + temp]);
        ProcessList.WaitForPid(other.Trial(1, "worker.pid"));
        var held = Assert.Single(Directory.GetDirectories(temp, "logml-pipe-*"), path => path != left);

        // Both have the time of yesterday.
        Array.ForEach([left, held], path => Directory.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(-1)));
        using var next = folder.Run(0, "", ["--max-evals", "3"], ["TMPDIR=" + temp]);
        Assert.Equal([held], Directory.GetDirectories(temp, "logml-pipe-*"));
        Assert.True(File.Exists(Path.Combine(held, "socket")));
    }

    [Theory]
    [InlineData("long")]
    [InlineData("missing")]
    [InlineData("unwritable")]
    public void A_folder_for_temporary_files_that_can_have_no_socket_does_not_end_a_search(string what)
    {
        using var folder = new SearchFolder();
        var temp = what switch
        {
            "long" => Directory.CreateDirectory(Path.Combine(folder.Root, new string('x', 100))).FullName,
            "missing" => Path.Combine(folder.Root, "missing"),

            // Not even root can create a folder there.
            _ => "/proc",
        };
        using var host = folder.Run(0, "", ["--max-evals", "3"], ["TMPDIR=" + temp]);
        Assert.Equal("", host.Other);
        Assert.Equal(3, folder.Rows().Length);
        Assert.Equal(what != "missing", Directory.Exists(temp));
    }

    [Fact]
    public void Where_no_folder_can_have_a_socket_the_error_names_each_with_its_reason()
    {
        var error = Assert.Throws<HostException>(() => PipeFolder.Create<int>(path => throw new IOException($"no socket at {Path.GetDirectoryName(Path.GetDirectoryName(path))}"), out _));
        Assert.Equal("LOGML2027", error.Code);
        Assert.Contains("no socket at /tmp", error.Message, StringComparison.Ordinal);
        Assert.Contains("Set TMPDIR", error.Message, StringComparison.Ordinal);
    }

    [RootFact]
    public async Task Another_user_who_comes_first_is_turned_away_and_the_worker_comes_after_all()
    {
        using var connection = new WorkerConnection();

        // The folder is opened to all users.
        File.SetUnixFileMode(Path.GetDirectoryName(connection.PipeName)!, (UnixFileMode)0b111_111_111);
        File.SetUnixFileMode(connection.PipeName, (UnixFileMode)0b111_111_111);
        var accepted = Task.Run(() => connection.WaitForWorker(CancellationToken.None));
        using var other = Process.Start(new ProcessStartInfo(
            "setpriv", ["--reuid=65534", "--clear-groups", "perl", "-MSocket", "-e", "socket(S, AF_UNIX, SOCK_STREAM, 0); connect(S, sockaddr_un($ARGV[0])) or die $!; sysread(S, $x, 1)", connection.PipeName]))!;
        await other.WaitForExitAsync();
        Assert.Equal(0, other.ExitCode);

        await using var worker = new NamedPipeClientStream(
            ".", connection.PipeName, PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        await worker.ConnectAsync();
        await accepted;
        await worker.WriteAsync("{\"type\":\"spoilt\"}\n"u8.ToArray());
        Assert.IsType<WorkerMessage.Spoilt>(connection.Receive());
    }

    private static string Temp(SearchFolder folder) => Directory.CreateDirectory(Path.Combine(folder.Root, "t")).FullName;
}
