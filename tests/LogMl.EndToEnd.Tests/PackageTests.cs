using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;
using LogMl.TestKit;

namespace LogMl.EndToEnd.Tests;

/// <summary>The files of the package.</summary>
public sealed class PackageTests : IAsyncLifetime
{
    private ZipArchive _package = null!;

    public async Task InitializeAsync() => _package = await ZipFile.OpenReadAsync((await PackedFeed.GetAsync()).Package);

    public Task DisposeAsync()
    {
        _package.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public void The_package_has_exactly_these_files()
    {
        string[] expected =
        [
            "LICENSE",
            "LogMl.Sdk.nuspec",
            "README.md",
            "Sdk/Sdk.props",
            "Sdk/Sdk.targets",
            "THIRD-PARTY-NOTICES",
            "analyzers/dotnet/cs/LogMl.Configuration.dll",
            "analyzers/dotnet/cs/LogMl.Generator.dll",
            "analyzers/dotnet/cs/LogMl.YamlDotNet.dll",
            "build/LogMl.Sdk.props",
            "build/LogMl.Sdk.targets",
            "buildMultiTargeting/LogMl.Sdk.props",
            "buildMultiTargeting/LogMl.Sdk.targets",
            "icon.png",
            "lib/net10.0/LogMl.dll",
            "lib/net10.0/LogMl.xml",
            "tools/host/LogMl.Configuration.dll",
            "tools/host/LogMl.Host.deps.json",
            "tools/host/LogMl.Host.dll",
            "tools/host/LogMl.Host.runtimeconfig.json",
            "tools/host/LogMl.Optimization.dll",
            "tools/host/LogMl.Report.dll",
            "tools/host/LogMl.Storage.dll",
            "tools/host/LogMl.Tool.deps.json",
            "tools/host/LogMl.Tool.dll",
            "tools/host/LogMl.Tool.runtimeconfig.json",
            "tools/host/MathNet.Numerics.dll",
            "tools/host/Microsoft.Data.Sqlite.dll",
            "tools/host/Microsoft.Extensions.Configuration.Abstractions.dll",
            "tools/host/Microsoft.Extensions.Configuration.Binder.dll",
            "tools/host/Microsoft.Extensions.Configuration.EnvironmentVariables.dll",
            "tools/host/Microsoft.Extensions.Configuration.dll",
            "tools/host/Microsoft.Extensions.DependencyInjection.Abstractions.dll",
            "tools/host/Microsoft.Extensions.DependencyInjection.dll",
            "tools/host/Microsoft.Extensions.Diagnostics.Abstractions.dll",
            "tools/host/Microsoft.Extensions.Logging.Abstractions.dll",
            "tools/host/Microsoft.Extensions.Logging.Configuration.dll",
            "tools/host/Microsoft.Extensions.Logging.dll",
            "tools/host/Microsoft.Extensions.Options.ConfigurationExtensions.dll",
            "tools/host/Microsoft.Extensions.Options.dll",
            "tools/host/Microsoft.Extensions.Primitives.dll",
            "tools/host/Npgsql.dll",
            "tools/host/OpenTelemetry.Api.ProviderBuilderExtensions.dll",
            "tools/host/OpenTelemetry.Api.dll",
            "tools/host/OpenTelemetry.Exporter.OpenTelemetryProtocol.dll",
            "tools/host/OpenTelemetry.dll",
            "tools/host/SQLitePCLRaw.batteries_v2.dll",
            "tools/host/SQLitePCLRaw.core.dll",
            "tools/host/SQLitePCLRaw.provider.e_sqlite3.dll",
            "tools/host/Spectre.Console.dll",
            "tools/host/System.CommandLine.dll",
            "tools/host/YamlDotNet.dll",
            "tools/host/runtimes/linux-arm64/native/libe_sqlite3.so",
            "tools/host/runtimes/linux-musl-arm64/native/libe_sqlite3.so",
            "tools/host/runtimes/linux-musl-x64/native/libe_sqlite3.so",
            "tools/host/runtimes/linux-x64/native/libe_sqlite3.so",
            "tools/host/runtimes/osx-arm64/native/libe_sqlite3.dylib",
            "tools/host/runtimes/osx-x64/native/libe_sqlite3.dylib",
            "tools/host/runtimes/win-arm64/native/e_sqlite3.dll",
            "tools/host/runtimes/win-x64/native/e_sqlite3.dll",
            "tools/hyperopt.proj",
            "tools/tasks/LogMl.Tasks.dll",
            "tools/worker/LogMl.Worker.dll",
        ];

        var found = _package.Entries.Select(entry => entry.FullName)
            .Where(name => !IsOfThePackageFormat(name))
            .Order(StringComparer.Ordinal);

        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task The_package_is_a_dependency_and_an_sdk_and_depends_on_nothing()
    {
        await using var stream = await _package.GetEntry("LogMl.Sdk.nuspec")!.OpenAsync();
        var nuspec = (await XDocument.LoadAsync(stream, LoadOptions.None, CancellationToken.None)).Root!;
        var metadata = nuspec.Elements().Single();

        Assert.Equal(["Dependency", "MSBuildSdk"], All("packageType").Select(type => (string?)type.Attribute("name")));
        Assert.Equal(["net10.0"], All("group").Select(group => (string?)group.Attribute("targetFramework")));
        Assert.Empty(All("dependency"));
        // A development dependency would be installed without the assembly to compile against, LogMl.dll.
        Assert.DoesNotContain(All("developmentDependency"), element => element.Value == "true");
        Assert.Equal("README.md", All("readme").Single().Value);

        IEnumerable<XElement> All(string name) => metadata.Descendants().Where(element => element.Name.LocalName == name);
    }

    [Theory]
    [InlineData("LogMl.Generator.dll")]
    [InlineData("LogMl.Configuration.dll")]
    [InlineData("LogMl.YamlDotNet.dll")]
    public async Task No_analyzer_shares_a_library_with_another_package(string file)
    {
        var references = await References("analyzers/dotnet/cs/" + file);

        Assert.DoesNotContain(references, reference => reference.Name == "YamlDotNet");
        // References that are not in the package must come with the compiler.
        Assert.All(references, reference => Assert.True(
            reference.Name is "netstandard" or "Microsoft.CodeAnalysis" or "Microsoft.CodeAnalysis.CSharp" or "System.Collections.Immutable"
                or "System.Memory" or "System.Runtime.CompilerServices.Unsafe" or "System.Buffers" or "System.Reflection.Metadata"
                or "LogMl.Configuration" or "LogMl.YamlDotNet",
            reference.Name));
    }

    [Fact]
    public async Task The_configuration_reader_uses_the_renamed_library() =>
        Assert.Contains(await References("analyzers/dotnet/cs/LogMl.Configuration.dll"), reference => reference.Name == "LogMl.YamlDotNet");

    [Fact]
    public async Task The_renamed_library_is_the_same_bytes_each_time()
    {
        using var folder = new TempDirectory("twice");
        var bin = Path.Combine(Repository.Root, "artifacts", "bin");
        var pivot = Repository.Configuration.ToLowerInvariant();
        var tool = Path.Combine(bin, "PrivatizeYamlDotNet", pivot, "PrivatizeYamlDotNet.dll");
        var generator = Path.Combine(bin, "LogMl.Generator", pivot);
        foreach (var run in new[] { "first", "second" })
        {
            (await CommandLine.DotnetAsync(
                folder.Path,
                ["exec", tool, run, "LogMl.YamlDotNet", Path.Combine(generator, "YamlDotNet.dll"), Path.Combine(generator, "LogMl.Configuration.dll")],
                folder)).Succeeded();
        }

        foreach (var file in new[] { "LogMl.YamlDotNet.dll", "LogMl.Configuration.dll" })
        {
            Assert.Equal(
                await File.ReadAllBytesAsync(Path.Combine(folder.Path, "first", file)), await File.ReadAllBytesAsync(
                    Path.Combine(folder.Path, "second", file)));
        }
    }

    [Fact]
    public async Task The_generator_runs_in_every_compiler_from_its_documented_floor_on()
    {
        var references = await References("analyzers/dotnet/cs/LogMl.Generator.dll");

        Assert.Equal(new Version(4, 14, 0, 0), references.Single(reference => reference.Name == "Microsoft.CodeAnalysis").Version);
    }

    [Theory]
    [InlineData("tools/tasks/LogMl.Tasks.dll", "netstandard", "Microsoft.Build.Framework", "Microsoft.Build.Utilities.Core")]
    [InlineData("lib/net10.0/LogMl.dll", "System.", "System.")]
    public async Task What_runs_in_a_foreign_process_brings_no_libraries(string file, params string[] allowed)
    {
        var references = await References(file);

        Assert.All(references, reference => Assert.Contains(allowed, start => reference.Name.StartsWith(start, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task No_file_says_where_the_package_was_built()
    {
        foreach (var entry in _package.Entries)
        {
            var bytes = await ReadAsync(entry.FullName);
            Assert.All(
                [Encoding.UTF8, Encoding.Unicode],
                encoding => Assert.False(bytes.AsSpan().IndexOf(encoding.GetBytes(Repository.Root)) >= 0, entry.FullName));
        }

        // Debug information is compressed.
        foreach (var file in new[] { "lib/net10.0/LogMl.dll", "tools/host/LogMl.Host.dll", "tools/host/LogMl.Optimization.dll", "tools/host/LogMl.Storage.dll", "tools/worker/LogMl.Worker.dll", "tools/tasks/LogMl.Tasks.dll" })
        {
            Assert.All(Sources(await ReadAsync(file)), source => Assert.StartsWith("/_/", source, StringComparison.Ordinal));
        }
    }

    private static IReadOnlyList<string> Sources(byte[] assembly)
    {
        using var reader = new PEReader(new MemoryStream(assembly));
        var embedded = reader.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using var provider = reader.ReadEmbeddedPortablePdbDebugDirectoryData(embedded);
        var metadata = provider.GetMetadataReader();
        string[] sources = [.. metadata.Documents.Select(document => metadata.GetString(metadata.GetDocument(document).Name))];
        Assert.NotEmpty(sources);
        return sources;
    }

    private async Task<byte[]> ReadAsync(string file)
    {
        await using var stream = await _package.GetEntry(file)!.OpenAsync();
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private static bool IsOfThePackageFormat(string name) =>
        name is "[Content_Types].xml" or "_rels/.rels" || name.StartsWith("package/services/metadata/", StringComparison.Ordinal);

    private async Task<List<(string Name, Version Version)>> References(string file)
    {
        using var reader = new PEReader(new MemoryStream(await ReadAsync(file)));
        var metadata = reader.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(metadata.GetAssemblyReference).Select(r => (metadata.GetString(r.Name), r.Version))];
    }
}
