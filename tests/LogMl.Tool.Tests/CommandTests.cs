using System.CommandLine;
using System.Diagnostics;
using System.Text.RegularExpressions;
using LogMl.TestKit;
using LogMl.Tool.Commands;
using LogMl.Tool.Tests.Kit;

namespace LogMl.Tool.Tests;

/// <summary>The verbs and options, their help, their page, and completion.</summary>
public sealed partial class CommandTests : IDisposable
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "tool.md"));

    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_page_has_each_verb_with_its_description() => Assert.Equal(
        Verbs().Select(verb => $"| `{verb.FullName}` | {verb.Description} |"), RowsAfter("| verb | |"));

    [Fact]
    public void The_page_has_each_argument_and_option_with_its_verbs()
    {
        var symbols = Verbs().SelectMany(verb => verb.Arguments.Cast<Symbol>().Concat(verb.Options).Select(symbol => (verb, symbol)))
            .GroupBy(pair => (Names: NamesOf(pair.symbol), pair.symbol.Description), pair => $"`{pair.verb.FullName}`")
            .Select(group => $"| {group.Key.Names} | {string.Join(", ", group)} | {group.Key.Description} |");

        Assert.Equal(symbols.Order(StringComparer.Ordinal), RowsAfter("| argument or option | of | |").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_verb_has_a_help_with_an_example_that_is_a_right_command_line()
    {
        Assert.Contains("  best ", _folder.Run("--help").Done, StringComparison.Ordinal);
        foreach (var verb in Verbs())
        {
            var help = _folder.Run([.. verb.FullName.Split(' '), "--help"]).Done;
            Assert.Contains($"Usage:\n  logml {verb.FullName}", help, StringComparison.Ordinal);
            Assert.EndsWith($"\nExample:\n  {verb.Example}\n", help, StringComparison.Ordinal);
            var example = Examples().Match(verb.Example);
            Assert.True(example.Success, verb.Example);
            var parsed = Root().Parse(example.Groups["arguments"].Value);
            Assert.Empty(parsed.Errors);
            Assert.Equal(verb.FullName, Assert.IsType<VerbCommand>(parsed.CommandResult.Command).FullName);
        }
    }

    [Theory]
    [InlineData("bst", "'bst' is no verb of logml; did you mean 'best'? logml --help shows what there is.")]
    [InlineData("best --jsn", "'--jsn' is no option of logml best; did you mean '--json'? logml best --help shows what there is.")]
    [InlineData("best a b", "'b' is no argument of logml best. logml best --help shows what there is.")]
    [InlineData("", "A verb is missing. logml --help lists them.")]
    [InlineData("best --yaml --json", "--json and --yaml are two forms. Ask for one of them.")]
    [InlineData("trials --best 0", "--best must be a number from 1.")]
    public void A_wrong_command_line_is_one_error(string line, string message) => Assert.Equal(
        "error LOGML3001: " + message,
        _folder.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Fails(ToolErrors.Usage, ExitCodes.WrongUsage));

    [Theory]
    [InlineData("trial x")]
    [InlineData("trial")]
    [InlineData("trials --best many")]
    [InlineData("trials --filter")]
    public void A_value_that_is_missing_or_no_number_is_one_error(string line) =>
        _folder.Run(line.Split(' ')).Fails(ToolErrors.Usage, ExitCodes.WrongUsage);

    [Fact]
    public void A_result_that_cannot_be_written_is_an_error()
    {
        using var error = new StringWriter { NewLine = "\n" };

        Assert.Equal(ExitCodes.Failed, ToolCommandLine.Run(["completion"], new ToolConsole(new FullDisk(), error)));
        Assert.Equal("error LOGML3007: The result cannot be written: No space left on device\n", error.ToString());
    }

    [Fact]
    public void Bash_completes_verbs_and_options_by_the_printed_script()
    {
        var tool = Path.Combine(AppContext.BaseDirectory, "LogMl.Tool.dll");
        File.WriteAllText(_folder.At("test.sh"), $$"""
            logml() { "{{CommandLine.Dotnet}}" exec "{{tool}}" "$@"; }
            {{_folder.Run("completion").Done}}
            complete_line() { COMP_LINE="$1" COMP_POINT=${#1} COMP_CWORD=$2 COMP_WORDS=($1); _logml; echo "${COMPREPLY[*]}"; }
            complete_line "logml tri" 1
            complete_line "logml best --y" 2
            """.ReplaceLineEndings("\n"));
        var start = new ProcessStartInfo("bash", ["test.sh"]) { WorkingDirectory = _folder.Path };

        Assert.Equal("trial trials\n--yaml\n", BoundedProcess.Run(start));
    }

    private static RootCommand Root() => ToolCommands.Root(new ToolConsole(TextWriter.Null, TextWriter.Null));

    private static IEnumerable<VerbCommand> Verbs() => Root().Subcommands
        .SelectMany(verb => verb is VerbCommand ? [verb] : verb.Subcommands).Cast<VerbCommand>();

    private static string NamesOf(Symbol symbol) => string.Join(
        ", ", (symbol is Option option ? option.Aliases.Prepend(option.Name) : [symbol.Name]).Distinct().Select(name => $"`{name}`"));

    private static IEnumerable<string> RowsAfter(string head) => Page.Split(head + "\n")[1].Split('\n').Skip(1)
        .TakeWhile(line => line.StartsWith('|'));

    private sealed class FullDisk : StringWriter
    {
        public override void Flush() => throw new IOException("No space left on device");
    }

    [GeneratedRegex("^(?:eval \"\\$\\()?logml (?<arguments>.*?)(?:\\)\")?$")]
    private static partial Regex Examples();
}
