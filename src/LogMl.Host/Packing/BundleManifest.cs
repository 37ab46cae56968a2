using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogMl.Host.Inputs;
using LogMl.Host.Search;
using LogMl.Shared.Requests;

namespace LogMl.Host.Packing;

/// <summary>
/// The manifest of a bundle: what a worker is asked to run, with paths relative to the bundle, and the fingerprint of what it was built
/// from.
/// </summary>
internal static class BundleManifest
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes it.</summary>
    public static void Write(BundleFolder bundle, HostRequest request, string projectFolder)
    {
        var packed = JsonNode.Parse(RequestWriter.Write(RequestOf(request, "", projectFolder) with
        {
            Bundle = null,
            NewSeed = Math.Max(Seeds.New(), 1),
        }))!.AsObject();

        // Each worker has its own results folder.
        packed.Remove("output");
        var manifest = new JsonObject
        {
            ["format"] = BundleNames.Format,
            ["version"] = Version(),
            ["study"] = request.Study,
            ["workflow"] = request.Workflow,
            ["target_framework"] = request.Packing?.TargetFramework,
            ["runtime_identifier"] = request.Packing?.RuntimeIdentifier,
            ["has_runtime"] = request.Packing?.Runtime is not null,
            ["request"] = packed,
            [PackedInputs.Property] = JsonNode.Parse(InputFingerprint.OfFiles(request, null).ToJson()),
        };
        File.WriteAllText(bundle.At(BundleNames.Manifest), manifest.ToJsonString(Indented) + "\n");
    }

    /// <summary>What a host of the bundle is asked.</summary>
    /// <param name="request">The request of the build.</param>
    /// <param name="bundle">The folder of the bundle; empty for paths relative to it.</param>
    /// <param name="projectFolder">The folder in which trials run, relative to the bundle.</param>
    public static HostRequest RequestOf(HostRequest request, string bundle, string projectFolder)
    {
        return new HostRequest
        {
            ProjectDirectory = Path.Combine(bundle, projectFolder),
            Study = request.Study,
            HasDefaultStudy = request.HasDefaultStudy,
            Workflow = request.Workflow,
            From = request.From,
            Output = bundle,
            Assembly = Application(request.Assembly),
            DepsFile = Application(request.DepsFile),
            RuntimeConfig = Application(request.RuntimeConfig),
            Worker = Path.Combine(bundle, BundleNames.Worker, Path.GetFileName(request.Worker)),
            Overrides = request.Overrides,
            NoProgress = request.NoProgress,
            Bundle = Path.Combine(bundle, BundleNames.Manifest),
        };

        string Application(string file) => Path.Combine(bundle, BundleNames.Application, Path.GetFileName(file));
    }

    private static string Version() =>
        typeof(BundleManifest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
