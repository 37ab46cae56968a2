using System.Diagnostics;
using System.Text.Json;
using LogMl.TestKit;

namespace LogMl.Tool.Tests.Kit;

/// <summary>The real <c>ask-tell</c> as a process of its own. Its files are in a folder that is deleted with it.</summary>
internal sealed class AskTellProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("logml ask-tell é ").FullName;
    private readonly Process _process;
    private readonly Task<string> _errors;

    /// <param name="space">The space as JSON; null: no file.</param>
    /// <param name="arguments">The further command line.</param>
    /// <param name="options">The sampler's options as JSON; null: none.</param>
    /// <param name="environment">A variable of its environment and its value, as NAME=VALUE; null: none.</param>
    /// <param name="points">The points to begin with as JSON; null: none.</param>
    public AskTellProcess(string? space, string arguments, string? options = null, string? environment = null, string? points = null)
    {
        var start = new ProcessStartInfo(TestKit.CommandLine.Dotnet, ["exec", Path.Combine(AppContext.BaseDirectory, "LogMl.Tool.dll"), "ask-tell"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Add(start, "--space", "space.json", space);
        Add(start, "--options", "options.json", options);
        Add(start, "--points-to-evaluate", "points.json", points);
        foreach (var argument in arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            start.ArgumentList.Add(argument);
        }

        if (environment?.Split('=') is [var name, var value])
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>The next proposal as it was written.</summary>
    public string AskLine()
    {
        var line = _process.StandardOutput.ReadLineAsync().WaitAsync(Patience).GetAwaiter().GetResult();
        Assert.NotNull(line);
        return line;
    }

    /// <summary>The next proposal: each value by its key.</summary>
    public Dictionary<string, double> Ask()
    {
        using var json = JsonDocument.Parse(AskLine());
        Assert.Equal(["params", "values"], json.RootElement.EnumerateObject().Select(property => property.Name));
        return json.RootElement.GetProperty("params")
            .EnumerateObject()
            .ToDictionary(p => p.Name, p => p.Value.GetDouble(), StringComparer.Ordinal);
    }

    /// <summary>Sends a line.</summary>
    public void Tell(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>Ends its input.</summary>
    public void Close() => _process.StandardInput.Close();

    /// <summary>Kills it, as the system does when memory runs out.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code, the rest of stdout, and stderr.</returns>
    public (int ExitCode, string Output, string Errors) End()
    {
        Assert.True(_process.WaitForExit(Patience), "ask-tell does not end.");
        return (_process.ExitCode, _process.StandardOutput.ReadToEnd(), _errors.Result);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Add(ProcessStartInfo start, string option, string name, string? text)
    {
        if (text is not null)
        {
            var path = Path.Combine(_folder, name);
            File.WriteAllText(path, text);
            start.ArgumentList.Add(option);
            start.ArgumentList.Add(path);
        }
    }
}
