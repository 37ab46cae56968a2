using System.Text.RegularExpressions;
using LogMl.TestKit;
using LogMl.Tool.Commands;

namespace LogMl.Tool.Tests;

/// <summary>The commands of docs/many-machines.md, read by the command line of the tool.</summary>
public sealed partial class LauncherPageTests
{
    private const int FewestCommands = 8;

    private static readonly string Page = Repository.Read("docs/many-machines.md");

    [Fact]
    public void Each_command_of_the_page_is_a_right_command_line_of_the_tool()
    {
        var commands = MarkdownBlocks.Of(Page).Select(text => text.Replace("\\\n", " ", StringComparison.Ordinal))
            .Concat(Inline().Matches(Page).Select(span => span.Groups["text"].Value))
            // What a shell puts in is a number in these commands.
            .SelectMany(text => Commands().Matches(Substitution().Replace(text, "1")))
            .Select(command => command.Groups["arguments"].Value).ToArray();

        Assert.True(commands.Length >= FewestCommands, string.Join('\n', commands));
        Assert.All(commands, command =>
        {
            var parsed = Root().Parse(command);
            Assert.True(parsed.Errors.Count == 0, $"{command}: {string.Join("; ", parsed.Errors)}");
        });
    }

    [Theory]
    [InlineData("exec xor.bundle/search worker --wrkers 4", "worker --wrkers 4")]
    [InlineData("ssh a 'xor.bundle/search worker --workers 4'", "worker --workers 4")]
    [InlineData("cd x && logml show >> log 2>&1", "show")]
    [InlineData("mkdir research && run --logml-x", null)]
    public void The_commands_of_a_line_are_found(string line, string? arguments) => Assert.Equal(
        arguments, Commands().Match(line) is { Success: true } match ? match.Groups["arguments"].Value : null);

    private static System.CommandLine.RootCommand Root() => ToolCommands.Root(new ToolConsole(TextWriter.Null, TextWriter.Null));

    /// <summary>The command up to its end for a shell: a quote around it, a redirection, a comment, the next command.</summary>
    [GeneratedRegex(
        """(?<=^|[\s'"(])(?:\S*/search|logml)[ \t]+(?<arguments>(?:"[^"\n]*"|[^'"\n>|;&#])*[^'"\n>|;&#\s]"?)""",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Commands();

    /// <summary>A command in the text that is whole, and no name of a verb: it has an option.</summary>
    [GeneratedRegex(@"`(?<text>(?:\./search|logml) [a-z][^`\n]* --[^`\n]*)`", RegexOptions.CultureInvariant)]
    private static partial Regex Inline();

    [GeneratedRegex("""\"?\$(?:\([^)]*\)|[A-Za-z_]+|\{[^}]*\})\"?""", RegexOptions.CultureInvariant)]
    private static partial Regex Substitution();
}
