using System.IO.Compression;
using System.Xml.Linq;
using LogMl.TestKit;

namespace LogMl.EndToEnd.Tests;

/// <summary>The package of stored studies.</summary>
public sealed class StoragePackageTests
{
    private static readonly string Project = LibraryConsumer.Project("LogMl.Storage");

    [Fact]
    public async Task The_program_of_its_readme_goes_on_when_it_is_run_again()
    {
        using var project =
            await TestProject.CreateAsync("stored", ("stored.csproj", Project), ("Program.cs", await ProgramOfReadmeAsync()));

        (await project.DotnetAsync(["run"])).Succeeded().Shows("0 trials are there already.").Shows("100 trials, the best is number ");
        (await project.DotnetAsync(["run", "--no-build"])).Succeeded().Shows("100 trials are there already.").Shows("100 trials, the best is number ");
        project.Replace("Program.cs", "maxEvals: 100", "maxEvals: 120");
        var more = (await project.DotnetAsync(["run"])).Succeeded().Shows("100 trials are there already.").Shows("120 trials, the best is number ");

        File.Delete(project.At("study.db"));
        var anew = (await project.DotnetAsync(["run", "--no-build"])).Succeeded().Shows("0 trials are there already.");
        Assert.Equal(more.Lines.Last(line => line.StartsWith("120 ", StringComparison.Ordinal)), anew.Lines.Last(line => line.StartsWith("120 ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_package_has_the_library_with_its_documentation_and_depends_on_the_engine_and_the_databases()
    {
        var feed = await PackedFeed.GetAsync();
        using var package = await ZipFile.OpenReadAsync(feed.PackageOf("LogMl.Storage"));
        var files = package.Entries.Select(entry => entry.FullName).ToHashSet(StringComparer.Ordinal);

        Assert.Superset(
            new HashSet<string> { "lib/net10.0/LogMl.Storage.dll", "lib/net10.0/LogMl.Storage.xml", "README.md", "LICENSE" }, files);
        Assert.Single(files, file => file.EndsWith(".dll", StringComparison.Ordinal));
        await using var stream = await package.GetEntry("LogMl.Storage.nuspec")!.OpenAsync();
        var nuspec = (await XDocument.LoadAsync(stream, LoadOptions.None, CancellationToken.None)).Root!;
        var dependencies = nuspec.Descendants()
            .Where(e => e.Name.LocalName == "dependency")
            .ToDictionary(e => e.Attribute("id")!.Value, e => e.Attribute("version")!.Value);
        Assert.Equal(
            ["LogMl.Optimization", "Microsoft.Data.Sqlite", "Microsoft.Extensions.Logging.Abstractions", "Npgsql"],
            dependencies.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(feed.Version, dependencies["LogMl.Optimization"]);
        Assert.Equal("Apache-2.0", nuspec.Descendants().Single(e => e.Name.LocalName == "license").Value);
        Assert.Equal("README.md", nuspec.Descendants().Single(e => e.Name.LocalName == "readme").Value);
    }

    private static async Task<string> ProgramOfReadmeAsync()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "src", "LogMl.Storage", "README.md"));
        return readme.Split("```csharp\n")[1].Split("```")[0];
    }
}
