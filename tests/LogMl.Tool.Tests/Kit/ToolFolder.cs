using LogMl.Storage;
using LogMl.TestKit;
using LogMl.Tool.Commands;

namespace LogMl.Tool.Tests.Kit;

/// <summary>A folder with studies, in which the tool is called.</summary>
internal sealed class ToolFolder : IDisposable
{
    private readonly TempDirectory _folder = new("tool");
    private readonly Dictionary<string, string> _variables = [];

    /// <summary>The folder.</summary>
    public string Path => _folder.Path;

    /// <summary>The columns of the terminal; null for a pipe.</summary>
    public int? Width { get; set; }

    /// <summary>What somebody answers to the questions of the next call; null when nobody does.</summary>
    public string? Answer { get; set; }

    /// <summary>Sets an environment variable of the calls.</summary>
    public void Set(string variable, string value) => _variables[variable] = value;

    /// <summary>The path of a file in the folder.</summary>
    public string At(string file) => System.IO.Path.Combine(Path, file);

    /// <summary>Adds studies to a storage in the folder.</summary>
    public ToolFolder With(string file, Action<StudyStorage> fill)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(file))!);
        using var storage = StudyStorages.Sqlite(At(file));
        fill(storage);
        return this;
    }

    /// <summary>Calls the tool.</summary>
    public ToolResult Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = ToolCommandLine.Run(arguments, new ToolConsole(output, error)
        {
            Input = Answer is null ? null : new StringReader(Answer),
            Folder = Path, Variable = _variables.GetValueOrDefault, Width = Width, HasColors = Width is not null,
        });
        return new ToolResult(code, output.ToString(), error.ToString());
    }

    public void Dispose() => _folder.Dispose();
}
