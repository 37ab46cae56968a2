using System.Text;

namespace LogMl.Tool;

/// <summary>What surrounds a call of the tool: its streams, the environment and the present folder.</summary>
/// <param name="Output">The results.</param>
/// <param name="Error">Errors and warnings, a line each.</param>
internal sealed record ToolConsole(TextWriter Output, TextWriter Error)
{
    /// <summary>The value of an environment variable; null when it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>The present folder.</summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    /// <summary>The answers to questions; null when nobody answers.</summary>
    public TextReader? Input { get; init; }

    /// <summary>Opens the standard input, for a verb that talks to a program.</summary>
    public Func<Stream> OpenInput { get; init; } = Console.OpenStandardInput;

    /// <summary>The columns of the terminal that shows the output; null when the output is a file or a pipe.</summary>
    public int? Width { get; init; }

    /// <summary>Whether the output may have colours.</summary>
    public bool HasColors { get; init; }

    /// <summary>The console of this process.</summary>
    public static ToolConsole OfProcess()
    {
        var isTerminal = !Console.IsOutputRedirected;
        return new ToolConsole(
            new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 16 * 1024),
            Console.Error)
        {
            Input = Console.IsInputRedirected ? null : Console.In,
            Width = isTerminal ? Columns() : null,
            HasColors = isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
                && Environment.GetEnvironmentVariable("TERM") != "dumb",
        };
    }

    /// <summary>Writes a line at once, for verbs that take long.</summary>
    public void Say(string line)
    {
        Output.WriteLine(Shared.VisibleText.Of(line));
        Output.Flush();
    }

    /// <summary>Writes a warning.</summary>
    public void Warn(string code, string message) => Error.WriteLine($"warning {code}: {Shared.VisibleText.Of(message)}");

    private static int Columns()
    {
        const int Usual = 80;
        try
        {
            return Console.WindowWidth > 0 ? Console.WindowWidth : Usual;
        }
        catch (IOException)
        {
            return Usual;
        }
    }
}
