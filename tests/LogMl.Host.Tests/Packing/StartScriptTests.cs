using System.Globalization;
using System.Text.RegularExpressions;
using LogMl.Shared;
using LogMl.TestKit;

namespace LogMl.Host.Tests.Packing;

/// <summary>
/// The two start scripts of a bundle say the same. The one for sh is run by the tests of bundles; the one for Windows is only compared with
/// it.
/// </summary>
public sealed partial class StartScriptTests
{
    private static readonly string Sh = Read("search.sh");

    private static readonly string Cmd = Read("search.cmd");

    [Fact]
    public void They_start_the_same_command_lines()
    {
        var commands = CommandLines(Sh).Distinct().Order(StringComparer.Ordinal).ToArray();

        Assert.Equal(
            [
                "exec --depsfile host/LogMl.Search.deps.json --runtimeconfig host/LogMl.Host.runtimeconfig.json host/LogMl.Tool.dll",
                "exec host/LogMl.Tool.dll",
            ],
            commands);
        Assert.Equal(commands, CommandLines(Cmd).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void They_look_for_dotnet_in_the_same_order()
    {
        Assert.True(InOrder(Sh, "\"$here/dotnet/dotnet\"", "\"$DOTNET_ROOT/dotnet\"", "command -v dotnet", "echo "), Sh);
        Assert.True(
            InOrder(
                Cmd, "\"%~dp0dotnet\\dotnet.exe\" goto own", "\"%DOTNET_ROOT%\\dotnet.exe\" goto root", "where dotnet", "echo There"),
            Cmd);
    }

    [Fact]
    public void They_end_with_the_same_message_and_the_exit_code_for_a_wrong_start_when_there_is_none()
    {
        var message = Message().Match(Sh).Value;

        Assert.NotEmpty(message);
        Assert.Equal(message, Message().Match(Cmd).Value);
        var code = WorkerExitCodes.Usage.ToString(CultureInfo.InvariantCulture);
        Assert.True(InOrder(Sh, message, $"exit {code}"), Sh);
        Assert.True(InOrder(Cmd, message, $"exit /b {code}"), Cmd);
    }

    [Fact]
    public void Only_watch_has_the_dependencies_of_the_tool_and_no_argument_is_the_help()
    {
        Assert.Contains("\n    watch) exec \"$dotnet\" exec \"$here/host/LogMl.Tool.dll\" \"$@\"", Sh, StringComparison.Ordinal);
        Assert.Contains("\n:watch\n\"%run%\" exec \"%~dp0host\\LogMl.Tool.dll\" %*\n", Cmd, StringComparison.Ordinal);
        Assert.Contains("if \"%~1\"==\"watch\" goto watch\n", Cmd, StringComparison.Ordinal);
        Assert.Contains("[ $# -gt 0 ] || set -- --help\n", Sh, StringComparison.Ordinal);
        Assert.True(InOrder(Cmd, "if \"%~1\"==\"\" goto help\n", "\n:help\n", "--help\n"), Cmd);
    }

    [Fact]
    public void Each_label_that_the_one_for_Windows_goes_to_is_there_and_each_command_passes_its_exit_code_on()
    {
        Assert.All(GoTo().Matches(Cmd), label => Assert.Contains($"\n:{label.Groups["label"].Value}\n", Cmd, StringComparison.Ordinal));
        Assert.All(
            Cmd.Split("\"%run%\"").Skip(1), after => Assert.Equal("exit /b %errorlevel%", after.Split('\n')[1]));
    }

    private static bool InOrder(string text, params string[] parts)
    {
        var at = 0;
        foreach (var part in parts)
        {
            at = text.IndexOf(part, at, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            at += part.Length;
        }

        return true;
    }

    /// <summary>What the scripts start, without what differs between the two languages.</summary>
    private static IEnumerable<string> CommandLines(string script) =>
        Start().Matches(script.Replace("\\\n", "", StringComparison.Ordinal)).Select(match => Blanks().Replace(
            match.Groups["command"].Value.Replace("$here/", "", StringComparison.Ordinal).Replace("%~dp0", "", StringComparison.Ordinal)
                .Replace("\"", "", StringComparison.Ordinal).Replace('\\', '/'),
            " "));

    private static string Read(string name) =>
        File.ReadAllText(Path.Combine(Repository.Root, "src", "LogMl.Host", "Packing", name)).ReplaceLineEndings("\n");

    [GeneratedRegex("\"[$%](?:dotnet|run%)\" (?<command>exec [^\n]*LogMl\\.Tool\\.dll)", RegexOptions.CultureInvariant)]
    private static partial Regex Start();

    [GeneratedRegex(" +", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();

    [GeneratedRegex("There is no dotnet[^\">]*", RegexOptions.CultureInvariant)]
    private static partial Regex Message();

    [GeneratedRegex("goto (?<label>[a-z]+)", RegexOptions.CultureInvariant)]
    private static partial Regex GoTo();
}
