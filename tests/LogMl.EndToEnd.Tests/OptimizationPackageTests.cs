using System.IO.Compression;
using System.Xml.Linq;
using LogMl.TestKit;

namespace LogMl.EndToEnd.Tests;

/// <summary>The package of the engine.</summary>
public sealed class OptimizationPackageTests
{
    private static readonly string Project = LibraryConsumer.Project("LogMl.Optimization");

    private const string Main = """
        using LogMl.Optimization;

        var space = new SearchSpace
        {
            ["x"] = Distribution.Uniform(-5, 10),
            ["kind"] = Distribution.Choice("plain", new Branch("extra", new SearchSpace { ["n"] = Distribution.UniformInt(1, 9) })),
        };
        var study = new Study(space, new StudyOptions
        {
            Sampler = Samplers.Tpe(seed: 1),
            Pruner = Pruners.Median(),
            Stopping = [StoppingCriteria.LossThreshold(1e-9)],
        });
        study.Enqueue(space.Values(("x", 2), ("kind", "plain")));
        StudyEnd end = await study.OptimizeAsync(
            async (trial, cancellation) =>
            {
                trial.Report(1, step: 0);
                trial.ThrowIfPruned();
                await Task.Yield();
                return Math.Pow(trial.GetDouble("x") - 1, 2);
            },
            maxEvals: 60);
        Console.WriteLine($"{end.Reason}, {study.Trials.Count} trials, good: {study.BestTrial!.Loss < 0.1}, first: {study.Trials[0].Loss}");
        """;

    [Fact]
    public async Task A_console_program_optimizes_with_the_package_alone()
    {
        using var project = await TestProject.CreateAsync("engine", ("engine.csproj", Project), ("Program.cs", Main));

        (await project.DotnetAsync(["run"])).Succeeded().Shows("MaxEvals, 60 trials, good: True, first: 1");
    }

    [Fact]
    public async Task The_package_has_the_library_with_its_documentation_and_depends_on_what_it_uses()
    {
        var feed = await PackedFeed.GetAsync();
        using var package = await ZipFile.OpenReadAsync(feed.PackageOf("LogMl.Optimization"));
        var files = package.Entries.Select(entry => entry.FullName).ToHashSet(StringComparer.Ordinal);

        Assert.Superset(
            new HashSet<string>
            {
                "lib/net10.0/LogMl.Optimization.dll", "lib/net10.0/LogMl.Optimization.xml", "README.md", "LICENSE", "THIRD-PARTY-NOTICES",
            },
            files);
        Assert.Single(files, file => file.EndsWith(".dll", StringComparison.Ordinal));
        await using var stream = await package.GetEntry("LogMl.Optimization.nuspec")!.OpenAsync();
        var nuspec = (await XDocument.LoadAsync(stream, LoadOptions.None, CancellationToken.None)).Root!;
        Assert.Equal("Apache-2.0", Values(nuspec, "license"));
        Assert.Equal("README.md", Values(nuspec, "readme"));
        Assert.Equal(
            ["MathNet.Numerics"], nuspec.Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => e.Attribute("id")!.Value));
    }

    private static string Values(XElement nuspec, string name) => nuspec.Descendants().Single(e => e.Name.LocalName == name).Value;
}
