using System.CommandLine;

namespace LogMl.Tool.Commands;

/// <summary>A verb of the tool, with an example that its help shows.</summary>
internal sealed class VerbCommand(string name, string description, string example) : Command(name, description)
{
    /// <summary>Its name on a command line: behind that of its group, when it is in one.</summary>
    public string FullName => Parents.OfType<Command>().SingleOrDefault() is { } group and not RootCommand
        ? $"{group.Name} {Name}"
        : Name;

    /// <summary>A command line that a user could type.</summary>
    public string Example { get; } = example;

    /// <summary>What its help says before the example; null for nothing.</summary>
    public Func<string>? Notes { get; set; }

    /// <summary>The exit code for an error, where it is another one than for the other verbs.</summary>
    public Func<ToolException, int>? ExitCodeOf { get; init; }
}
