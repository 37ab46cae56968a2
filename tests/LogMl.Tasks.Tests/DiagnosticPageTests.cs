using System.Reflection;
using System.Text.RegularExpressions;
using LogMl.TestKit;

namespace LogMl.Tasks.Tests;

/// <summary>Each code of the tasks and targets has a page, and each page belongs to a code.</summary>
public partial class DiagnosticPageTests
{
    public static TheoryData<string> Codes => [.. AllCodes()];

    [Fact]
    public void Every_page_belongs_to_a_code() => Assert.Equal(AllCodes(), DiagnosticPage.Ids("LOGML1"));

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_page_has_the_form_of_all_pages_and_shows_the_message(string code)
    {
        var page = DiagnosticPage.Read(code);

        Assert.Equal("error", page.Severity);
        Assert.True(page.HasMessage);
    }

    [Fact]
    public void Every_error_of_the_targets_links_to_its_own_page()
    {
        foreach (var file in TargetFiles())
        {
            var targets = File.ReadAllText(file);
            Assert.Contains($"<_LogMlHelp>{Shared.HelpLink.Folder}</_LogMlHelp>", targets, StringComparison.Ordinal);
            foreach (Match error in Errors().Matches(targets))
            {
                Assert.Equal($"$(_LogMlHelp){error.Groups["code"].Value}.md", error.Groups["link"].Value);
            }
        }
    }

    private static IEnumerable<string> AllCodes() => CodesOfTasks().Concat(CodesOfTargets()).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<string> CodesOfTasks() =>
        typeof(Diagnostics).GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => (string)field.GetRawConstantValue()!);

    private static IEnumerable<string> CodesOfTargets() =>
        TargetFiles().SelectMany(file => Errors().Matches(File.ReadAllText(file))).Select(error => error.Groups["code"].Value);

    private static string[] TargetFiles() =>
        [Path.Combine(
            Repository.Root,
            "build",
            "build",
            "LogMl.Sdk.targets"), Path.Combine(Repository.Root, "build", "buildMultiTargeting", "LogMl.Sdk.targets")];

    [GeneratedRegex("""<Error Code="(?<code>[^"]*)" HelpLink="(?<link>[^"]*)" """)]
    private static partial Regex Errors();
}
