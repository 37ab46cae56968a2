using Spectre.Console;

namespace LogMl.Tool.Output;

/// <summary>The terminal, for what is more than lines of text.</summary>
internal static class Terminal
{
    public static IAnsiConsole Of(ToolConsole console)
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = console.HasColors ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = console.HasColors ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(console.Output),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        terminal.Profile.Width = console.Width ?? int.MaxValue;
        terminal.Profile.Capabilities.Unicode = true;
        return terminal;
    }
}
