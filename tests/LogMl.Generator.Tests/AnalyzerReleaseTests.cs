using LogMl.Configuration.Diagnostics;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Tests.Kit;

namespace LogMl.Generator.Tests;

/// <summary>
/// What a version of the package has added to the rules of the compiler stands in AnalyzerReleases.Shipped.md, and what the next one will
/// add in AnalyzerReleases.Unshipped.md. Both follow from the tables of diagnostics.
/// </summary>
public sealed class AnalyzerReleaseTests
{
    [Fact]
    public void A_rule_that_no_version_has_shipped_is_among_the_unshipped_ones()
    {
        var shipped = Repository.Read("src/LogMl.Generator/AnalyzerReleases.Shipped.md")
            .Split('\n')
            .Select(line => line.Split(' ')[0])
            .ToHashSet(StringComparer.Ordinal);
        var rows = ConfigurationDiagnostics.All.Concat(StepDiagnostics.All)
            .Where(definition => !shipped.Contains(definition.Id))
            .Select(PlacedDiagnostic.DescriptorOf)
            .Select(rule => $"{rule.Id} | {rule.Category} | {rule.DefaultSeverity} | {rule.Title}, [page]({rule.HelpLinkUri})\n");

        Snapshot.AssertEqualFile(
            "src/LogMl.Generator/AnalyzerReleases.Unshipped.md",
            "### New Rules\n\nRule ID | Category | Severity | Notes\n--------|----------|----------|-------\n" + string.Concat(rows));
    }
}
