using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using LogMl.Shared;
using LogMl.Storage;
using LogMl.Tool.Storages;

namespace LogMl.Tool.Commands;

/// <summary>Reads a command line, runs its verb, and turns every error into one line.</summary>
internal static class ToolCommandLine
{
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(IReadOnlyList<string> arguments, ToolConsole console)
    {
        VerbCommand? verb = null;
        try
        {
            var result = ToolCommands.Root(console).Parse(arguments);
            verb = result.CommandResult.Command as VerbCommand;
            if (result.Action is ParseErrorAction)
            {
                throw new ToolException(ToolErrors.Usage, Usage(result));
            }

            var code = result.Invoke(new InvocationConfiguration
            {
                Output = console.Output, Error = console.Error, EnableDefaultExceptionHandler = false,
            });

            // A reader that has seen enough, as head has, is no error: the stream of the console says nothing then.
            console.Output.Flush();
            return code;
        }
        catch (ToolException exception)
        {
            return Fail(console, verb, exception);
        }
        catch (StorageException exception)
        {
            return Fail(console, verb, StorageOpening.Of(exception));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Fail(console, verb, new ToolException(ToolErrors.Output, $"The result cannot be written: {exception.Message}"));
        }
    }

    private static int Fail(ToolConsole console, VerbCommand? verb, ToolException exception)
    {
        console.Error.WriteLine($"error {exception.Code}: {VisibleText.Of(exception.Message)}");
        return verb?.ExitCodeOf?.Invoke(exception)
            ?? (exception.Code is ToolErrors.Usage or ToolErrors.AskTell ? ExitCodes.WrongUsage : ExitCodes.Failed);
    }

    private static string NameOf(Command command) => command switch
    {
        RootCommand => "logml",
        VerbCommand verb => $"logml {verb.FullName}",
        _ => $"logml {command.Name}",
    };

    /// <summary>The first mistake. System.CommandLine reports what follows from it too.</summary>
    private static string Usage(ParseResult result)
    {
        var command = result.CommandResult.Command;
        var name = NameOf(command);
        var help = $"{name} --help";
        var unknown = result.UnmatchedTokens.Count > 0
            ? result.UnmatchedTokens[0]
            : result.Tokens.FirstOrDefault(token => token.Type == TokenType.Argument && token.Value.StartsWith('-'))?.Value;
        if (unknown is null)
        {
            return command.Subcommands.Count > 0
                ? $"A verb is missing. {help} lists them."
                : $"{result.Errors[0].Message} {help} shows what there is.";
        }

        var known = unknown.StartsWith('-')
            ? command.Options.Select(option => option.Name)
            : command.Subcommands.Select(verb => verb.Name);
        var what = unknown.StartsWith('-') ? "option" : command.Subcommands.Count > 0 ? "verb" : "argument";
        var meant = NearestName.Find(unknown, known);
        return $"'{unknown}' is no {what} of {name}{(meant is null ? "." : $"; did you mean '{meant}'?")} {help} shows what there is.";
    }
}
