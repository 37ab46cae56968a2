using System.Diagnostics;
using System.Globalization;
using System.Security;

namespace LogMl.TestKit;

/// <summary>
/// The packages in a feed of their own, packed once for each test run from the present build. Each run has a new version and a private
/// packages folder, because NuGet never reads a version again that it has seen.
/// </summary>
public sealed class PackedFeed
{
    private static readonly Lazy<Task<PackedFeed>> Only = new(PackAsync);

    private PackedFeed(string folder, string version)
    {
        Folder = folder;
        Version = version;
    }

    /// <summary>The version of the packages.</summary>
    public string Version { get; }

    /// <summary>The nupkg of LogMl.Sdk.</summary>
    public string Package => PackageOf("LogMl.Sdk");

    private string Folder { get; }

    /// <summary>The nupkg of a project.</summary>
    public string PackageOf(string project) => Path.Combine(Folder, "feed", $"{project}.{Version}.nupkg");

    /// <summary>The feed of this run.</summary>
    public static Task<PackedFeed> GetAsync() => Only.Value;

    /// <summary>
    /// A nuget.config that restores from the feed. Packages that the machine has already are taken from there;
    /// <paramref name="otherSources"/> adds the machine's own sources for those that it does not have.
    /// </summary>
    public string NuGetConfig(bool otherSources = false) => $"""
        <configuration>
          <config><add key="globalPackagesFolder" value="{SecurityElement.Escape(Path.Combine(Folder, "packages"))}" /></config>
          <fallbackPackageFolders><add key="machine" value="{SecurityElement.Escape(MachinePackages())}" /></fallbackPackageFolders>
          <packageSources>{(otherSources ? "" : "<clear />")}<add key="logml-tests" value="{SecurityElement.Escape(Path.Combine(Folder, "feed"))}" /></packageSources>
        </configuration>

        """;

    private static string MachinePackages()
    {
        var folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        // NuGet refuses a fallback folder that does not exist.
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>
    /// An empty folder for this run. A test host is killed at its end and cannot clean up, so each run deletes the folders of runs that
    /// have ended.
    /// </summary>
    private static string FolderOf(int processId)
    {
        var feeds = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "test-feeds"));
        var running = Process.GetProcesses()
            .Select(process => process.Id.ToString(CultureInfo.InvariantCulture))
            .ToHashSet(StringComparer.Ordinal);
        var own = processId.ToString(CultureInfo.InvariantCulture);
        foreach (var folder in feeds.GetDirectories().Where(folder => folder.Name == own || !running.Contains(folder.Name)))
        {
            folder.Delete(recursive: true);
        }

        return feeds.CreateSubdirectory(own).FullName;
    }

    private static async Task<PackedFeed> PackAsync()
    {
        using var process = Process.GetCurrentProcess();
        var version = "0.1.0-test."
            + process.StartTime.ToUniversalTime().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)
            + "."
            + process.Id;
        var folder = FolderOf(process.Id);
        foreach (var project in (string[])["LogMl.Sdk", "LogMl.Optimization", "LogMl.Storage", "LogMl.Tool"])
        {
            var result = await CommandLine.DotnetAsync(
                Repository.Root,
                [
                    "pack", Path.Combine("src", project), "--no-build", "--configuration", Repository.Configuration,
                    "--output", Path.Combine(folder, "feed"), "-p:PackageVersion=" + version,
                ]);
            result.Expect(result.ExitCode == 0, "the package " + project);
        }

        return new PackedFeed(folder, version);
    }
}
