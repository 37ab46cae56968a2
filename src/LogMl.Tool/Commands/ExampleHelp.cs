using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace LogMl.Tool.Commands;

/// <summary>The help of System.CommandLine with the name of the tool, followed by the example of the verb.</summary>
internal sealed class ExampleHelp(HelpAction help) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        using var text = new StringWriter { NewLine = output.NewLine };
        parseResult.InvocationConfiguration.Output = text;
        var code = help.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;

        // It calls the tool by the file that runs.
        output.Write(text.ToString().Replace($"  {RootCommand.ExecutableName} ", "  logml ", StringComparison.Ordinal).TrimEnd());
        output.WriteLine();
        if (parseResult.CommandResult.Command is VerbCommand verb)
        {
            output.WriteLine();
            if (verb.Notes is { } notes)
            {
                output.WriteLine(notes());
                output.WriteLine();
            }

            output.WriteLine("Example:");
            output.WriteLine($"  {verb.Example}");
        }

        return code;
    }
}
