using LogMl.Shared;

namespace LogMl.Tool.Output;

/// <summary>Prints names with their values, a line each.</summary>
internal sealed class FieldList
{
    private readonly List<(string Name, string Value)> _fields = [];

    /// <summary>Adds a line, unless its value is null or empty.</summary>
    public FieldList Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _fields.Add((name, value));
        }

        return this;
    }

    /// <summary>Prints the lines. A value of several lines goes on below its beginning.</summary>
    public void Print(ToolConsole console)
    {
        var width = _fields.Count == 0 ? 0 : _fields.Max(field => VisibleText.Of(field.Name).Length);
        foreach (var (name, value) in _fields)
        {
            var lines = value.ReplaceLineEndings("\n").Split('\n');
            console.Output.WriteLine($"{VisibleText.Of(name).PadRight(width)}  {VisibleText.Of(lines[0])}");
            foreach (var line in lines.Skip(1))
            {
                console.Output.WriteLine(new string(' ', width + 2) + VisibleText.Of(line));
            }
        }
    }
}
