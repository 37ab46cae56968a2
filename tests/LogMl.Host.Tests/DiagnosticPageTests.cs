using System.Reflection;
using LogMl.TestKit;

namespace LogMl.Host.Tests;

/// <summary>Every error and warning of the host has its page, and every page its id.</summary>
public sealed class DiagnosticPageTests
{
    public static TheoryData<string> Ids => [.. All()];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_page_has_the_form_of_all_pages_and_shows_the_message(string id) => Assert.True(DiagnosticPage.Read(id).HasMessage);

    [Fact]
    public void Every_page_has_an_id() => Assert.Equal(All().Order(StringComparer.Ordinal), DiagnosticPage.Ids("LOGML2"));

    private static IEnumerable<string> All() =>
        typeof(HostErrors).GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => (string)field.GetValue(null)!);
}
