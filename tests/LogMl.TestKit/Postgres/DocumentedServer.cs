using System.Diagnostics;
using System.Globalization;

namespace LogMl.TestKit.Postgres;

/// <summary>
/// The server that the lines of docs/postgresql.md start, in a home folder of its own. Only its port is another one, and it listens on the
/// loopback address alone. It ends when its input does.
/// </summary>
public sealed class DocumentedServer : IDisposable
{
    private const string Page = "docs/postgresql.md";
    private const string Ready = "ready";

    private readonly Process _shell;

    /// <summary>Starts it.</summary>
    public DocumentedServer()
    {
        var page = MarkdownBlocks.Of(Repository.Read(Page)).First();
        var port = LoopbackPort.Free().ToString(CultureInfo.InvariantCulture);
        Home = Directory.CreateTempSubdirectory("logml-home-").FullName;
        PostgresInstallation.GiveToServiceUser(Home);
        var script = page.Replace("5433", port, StringComparison.Ordinal)
            .Replace("listen_addresses=*", "listen_addresses=127.0.0.1", StringComparison.Ordinal)
            + $"echo {Ready}; cat > /dev/null; pg_ctl -D $D -m immediate -w stop\n";
        string[] command = [.. PostgresInstallation.Found!.AsServiceUser("postgres")[..^1], "/bin/sh", "-e", "-c", script];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/",
        };
        start.Environment["HOME"] = Home;
        _shell = Process.Start(start)!;
        var errors = _shell.StandardError.ReadToEndAsync();
        for (var line = ""; line != Ready;)
        {
            line = _shell.StandardOutput.ReadLine()
                ?? throw new ExpectationException($"The lines of {Page} start no server:\n{errors.GetAwaiter().GetResult()}");
        }

        var password = File.ReadAllText(Path.Combine(Home, ".studies-password")).Trim();
        Url = $"postgresql://ann:{password}@127.0.0.1:{port}/postgres";
    }

    /// <summary>The home folder.</summary>
    public string Home { get; }

    /// <summary>The location for the workers, without parameters.</summary>
    public string Url { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        _shell.StandardInput.Close();
        _shell.StandardOutput.ReadToEnd();
        _shell.WaitForExit();
        _shell.Dispose();
        Directory.Delete(Home, recursive: true);
    }
}
