using System.Runtime.InteropServices;
using System.Text.Json;
using LogMl.Shared.Requests;

namespace LogMl.Host.Packing;

/// <summary>
/// The .NET runtime of a bundle that needs none on its machines: the part of the installation that builds it which a machine with the
/// runtime alone would have. So host, tool and workers start as they do everywhere.
/// </summary>
/// <param name="root">The installation.</param>
/// <param name="runtimeIdentifier">The system that the bundle is for; null for that of the installation.</param>
internal sealed class RuntimeFolder(string root, string? runtimeIdentifier)
{
    private const string BaseFramework = "Microsoft.NETCore.App";

    private static readonly string[] Notices = ["LICENSE.txt", "ThirdPartyNotices.txt"];

    /// <summary>Adds it to a bundle.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="runtimeConfig">The runtimeconfig.json of the application, which names the frameworks that it needs.</param>
    /// <exception cref="HostException">The installation is for another system, or has no such framework.</exception>
    public void AddTo(BundleFolder bundle, string runtimeConfig)
    {
        RequireSystem();
        var program = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        bundle.AddFile(Path.Combine(root, program), Path.Combine(BundleNames.Runtime, program));
        foreach (var notice in Notices.Where(notice => File.Exists(Path.Combine(root, notice))))
        {
            bundle.AddFile(Path.Combine(root, notice), Path.Combine(BundleNames.Runtime, notice));
        }

        AddNewest(bundle, Path.Combine("host", "fxr"), _ => true);
        foreach (var (name, version) in Frameworks(runtimeConfig))
        {
            AddNewest(bundle, Path.Combine("shared", name), found => found.Major == version.Major && found >= version);
        }
    }

    private void RequireSystem()
    {
        var own = RuntimeInformation.RuntimeIdentifier;
        if (runtimeIdentifier is not null && runtimeIdentifier != own)
        {
            throw new HostException(
                HostErrors.BundleNotWritten,
                $"The bundle is to be for {runtimeIdentifier}, with a runtime, and the runtime that is here is for {own}. Pack it on "
                + "such a machine, or without SelfContained, and install the .NET runtime on the machines.");
        }
    }

    private void AddNewest(BundleFolder bundle, string place, Func<Version, bool> fits)
    {
        var folder = Path.Combine(root, place);
        var newest = (Directory.Exists(folder) ? Directory.GetDirectories(folder) : [])
            .Where(path => VersionOf(path) is { } version && fits(version)).MaxBy(VersionOf)
            ?? throw new HostException(
                HostErrors.BundleNotWritten, $"The .NET installation '{root}' has nothing in '{place}' that the application can run with.");
        bundle.AddFolder(newest, Path.Combine(BundleNames.Runtime, place, Path.GetFileName(newest)));
    }

    private static Version? VersionOf(string path) =>
        Version.TryParse(Path.GetFileName(path).Split('-')[0], out var version) ? version : null;

    /// <summary>The frameworks of an application with their least versions. Each application needs the first of them.</summary>
    private static Dictionary<string, Version> Frameworks(string runtimeConfig)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(runtimeConfig));
        var options = json.RootElement.GetProperty("runtimeOptions");
        JsonElement[] named =
        [
            .. options.TryGetProperty("framework", out var one) ? [one] : Array.Empty<JsonElement>(),
            .. options.TryGetProperty("frameworks", out var several) ? several.EnumerateArray() : Enumerable.Empty<JsonElement>(),
        ];
        var frameworks = named.ToDictionary(
            framework => framework.GetProperty("name").GetString()!,
            framework => Version.Parse(framework.GetProperty("version").GetString()!.Split('-')[0]),
            StringComparer.Ordinal);
        frameworks.TryAdd(BaseFramework, frameworks.Count == 0 ? new Version(10, 0) : frameworks.Values.Max()!);
        return frameworks;
    }
}
