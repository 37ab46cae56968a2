using System.Diagnostics;

namespace LogMl.Storage.Tests.Kit;

/// <summary>Runs this assembly as a separate process, which a test can kill. Program.cs lists the commands.</summary>
internal sealed class OtherProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The path of <c>dotnet</c>.</summary>
    public static string Dotnet { get; } = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet"
        ? path
        : "dotnet";

    private readonly Process _process;
    private readonly Task<string> _errors;

    public OtherProcess(params string[] arguments)
        : this(new Dictionary<string, string>(), arguments)
    {
    }

    public OtherProcess(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Dotnet, [typeof(OtherProcess).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Waits for the next line that it prints.</summary>
    public string ReadLine() => _process.StandardOutput.ReadLineAsync().WaitAsync(Patience).GetAwaiter().GetResult()
        ?? throw new InvalidOperationException("The process has ended: " + _errors.GetAwaiter().GetResult());

    /// <summary>Waits until it ends with success. Returns the remaining output.</summary>
    public string[] ReadToEnd()
    {
        var output = _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience).GetAwaiter().GetResult();
        Assert.True(_process.WaitForExit(Patience));
        Assert.True(_process.ExitCode == 0, _errors.GetAwaiter().GetResult() + output);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Waits until it ends with a failure. Returns its error output.</summary>
    public string ReadFailure()
    {
        var errors = _errors.WaitAsync(Patience).GetAwaiter().GetResult();
        Assert.True(_process.WaitForExit(Patience));
        Assert.NotEqual(0, _process.ExitCode);
        return errors;
    }

    /// <summary>Kills it, and waits for its end.</summary>
    public void Kill()
    {
        _process.Kill();
        Assert.True(_process.WaitForExit(Patience));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
