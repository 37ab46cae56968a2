using System.Diagnostics;
using System.Globalization;

namespace LogMl.TestKit;

/// <summary>
/// A shell that starts the server as its child, sends signals to it and waits for it, on commands that the shell reads. When its input
/// ends, it ends the server and deletes the folder. So a test run that is killed closes the pipe like one that is done, and leaves nothing
/// behind.
/// </summary>
internal sealed class ServerSupervisor : IDisposable
{
    // Commands: "start", or the name of the signal that ends the server. The server stays the shell's child until it is waited for, so its
    // id is never another process's.
    private const string Script = """
        folder=$1; last=$2; shift 2
        trap '' INT TERM HUP
        server=
        while read -r command; do
            if [ "$command" = start ]; then
                "$@" < /dev/null >> "$folder/server.log" 2>&1 &
                server=$!
                echo "$server"
            else
                kill -s "$command" "$server"
                wait "$server" 2> /dev/null
                server=
                echo ended
            fi
        done
        if [ -n "$server" ]; then
            kill -s "$last" "$server"
            wait "$server" 2> /dev/null
        fi
        rm -rf "$folder"
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _shell;

    /// <param name="folder">The server's folder. It is deleted with this object.</param>
    /// <param name="command">The command line of the server.</param>
    /// <param name="last">The signal that ends the server at once.</param>
    public ServerSupervisor(string folder, IEnumerable<string> command, string last = "QUIT")
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "server-for-tests", folder, last, .. command])
        {
            RedirectStandardInput = true,
            // The shell has pipes of its own. With those of the test host, a reader of the test host's output would wait for the server.
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The working directory must not be a folder that a test deletes.
            WorkingDirectory = "/",
        };
        // Variables such as PGDATA and PGPORT must have no effect, and messages must be in English.
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["LANG"] = "C.UTF-8";
        _shell = Process.Start(start)!;
        _shell.ErrorDataReceived += (_, _) => { };
        _shell.BeginErrorReadLine();
    }

    /// <summary>Starts the server.</summary>
    /// <returns>Its process id.</returns>
    public int Start() => int.Parse(Ask("start"), CultureInfo.InvariantCulture);

    /// <summary>Sends the server a signal that ends it, and waits until it has ended.</summary>
    public void End(string signal) => Ask(signal);

    /// <summary>Ends the server if it runs, and deletes the folder.</summary>
    public void Dispose()
    {
        _shell.StandardInput.Close();
        _shell.WaitForExit(Patience);
        _shell.Dispose();
    }

    private string Ask(string command)
    {
        _shell.StandardInput.WriteLine(command);
        _shell.StandardInput.Flush();
        return _shell.StandardOutput.ReadLineAsync().WaitAsync(Patience).GetAwaiter().GetResult()
            ?? throw new ExpectationException("The shell that watches over the server is gone.");
    }
}
