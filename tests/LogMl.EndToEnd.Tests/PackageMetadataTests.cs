using System.Buffers.Binary;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Xml.Linq;
using LogMl.Shared;

namespace LogMl.EndToEnd.Tests;

/// <summary>The metadata of each package, and the place where a debugger finds the sources of its assemblies.</summary>
public sealed class PackageMetadataTests
{
    private const string Project = "https://github.com/logml/LogMl.Sdk";

    /// <summary>The kind of debug information that locates the sources (the specification of portable PDBs, "Source Link").</summary>
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    /// <summary>
    /// Assemblies that are rewritten at the end without debug information, because the compiler's process does not use it.
    /// </summary>
    private static readonly string[] Rewritten = ["LogMl.Generator.dll", "LogMl.Configuration.dll", "LogMl.YamlDotNet.dll"];

    public static TheoryData<string> Packages => ["LogMl.Sdk", "LogMl.Optimization", "LogMl.Storage", "LogMl.Tool"];

    [Fact]
    public void The_pages_of_diagnostics_are_in_the_same_repository() =>
        Assert.StartsWith(Project + "/", HelpLink.Folder, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task A_package_says_where_it_comes_from_what_it_is_and_what_is_new(string name)
    {
        using var package = await OpenAsync(name);
        var nuspec = await NuspecAsync(package, name);

        Assert.Equal(Project, nuspec.Of("projectUrl").Value);
        Assert.Equal(Project + "/blob/main/CHANGELOG.md", nuspec.Of("releaseNotes").Value);
        Assert.Equal("Apache-2.0", nuspec.Of("license").Value);
        Assert.NotEmpty(nuspec.Of("authors").Value);
        Assert.NotEmpty(nuspec.Of("description").Value);
        Assert.NotEmpty(nuspec.Of("tags").Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(
            ("git", Project), ((string?)nuspec.Of("repository").Attribute("type"), (string?)nuspec.Of("repository").Attribute("url")));
        Assert.Equal("icon.png", nuspec.Of("icon").Value);
        Assert.Equal((128, 128), SizeOf(await ReadAsync(package.GetEntry("icon.png")!)));
        Assert.Equal("README.md", nuspec.Of("readme").Value);
        Assert.NotEmpty(await ReadAsync(package.GetEntry("README.md")!));
        Assert.NotEmpty(await ReadAsync(package.GetEntry("LICENSE")!));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task An_assembly_is_the_same_bytes_each_time_and_its_sources_are_at_the_commit_of_the_package(string name)
    {
        using var package = await OpenAsync(name);
        var commit = (string?)(await NuspecAsync(package, name)).Of("repository").Attribute("commit");
        var assemblies = package.Entries
            .Where(entry => entry.Name.StartsWith("LogMl.", StringComparison.Ordinal)
                && entry.Name.EndsWith(".dll", StringComparison.Ordinal)
                && !Rewritten.Contains(entry.Name))
            .ToList();

        Assert.NotEmpty(assemblies);
        foreach (var assembly in assemblies)
        {
            using var reader = new PEReader(new MemoryStream(await ReadAsync(assembly)));
            Assert.Contains(reader.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);

            // A source tree without a Git repository has no commit.
            if (Path.Exists(Path.Combine(Repository.Root, ".git")))
            {
                Assert.Matches("^[0-9a-f]{40}$", commit);
                Assert.Equal($"https://raw.githubusercontent.com/logml/LogMl.Sdk/{commit}/*", AddressOfSources(reader));
            }
        }
    }

    private static async Task<ZipArchive> OpenAsync(string name) =>
        await ZipFile.OpenReadAsync((await PackedFeed.GetAsync()).PackageOf(name));

    private static async Task<Nuspec> NuspecAsync(ZipArchive package, string name)
    {
        await using var stream = await package.GetEntry(name + ".nuspec")!.OpenAsync();
        return new Nuspec(await XDocument.LoadAsync(stream, LoadOptions.None, CancellationToken.None));
    }

    private static async Task<byte[]> ReadAsync(ZipArchiveEntry entry)
    {
        await using var stream = await entry.OpenAsync();
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    /// <summary>Reads width and height from the header of a PNG: eight bytes of signature, a length, then IHDR.</summary>
    private static (int Width, int Height) SizeOf(byte[] png)
    {
        Assert.Equal("IHDR"u8, png.AsSpan(12, 4));
        return (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
    }

    private static string AddressOfSources(PEReader assembly)
    {
        var embedded = assembly.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using var provider = assembly.ReadEmbeddedPortablePdbDebugDirectoryData(embedded);
        var metadata = provider.GetMetadataReader();
        var map = metadata.CustomDebugInformation.Select(metadata.GetCustomDebugInformation)
            .Single(information => metadata.GetGuid(information.Kind) == SourceLink);
        using var json = JsonDocument.Parse(metadata.GetBlobBytes(map.Value));
        return json.RootElement.GetProperty("documents").GetProperty("/_/*").GetString()!;
    }

    /// <summary>The nuspec of a package.</summary>
    private sealed class Nuspec(XDocument document)
    {
        public XElement Of(string name) => document.Descendants().Single(element => element.Name.LocalName == name);
    }
}
