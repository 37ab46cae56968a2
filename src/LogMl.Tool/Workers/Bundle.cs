using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogMl.Shared.Requests;

namespace LogMl.Tool.Workers;

/// <summary>A bundle that <c>-t:HyperOptPack</c> has written: what is to be run, and the host that runs it.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Study">The name of the study.</param>
/// <param name="Request">What the host is asked, but for its results folder and the terms of the worker.</param>
internal sealed record Bundle(string Folder, string Study, JsonObject Request)
{
    /// <summary>The target framework of the project, such as <c>net10.0</c>.</summary>
    public string? TargetFramework { get; private init; }

    /// <summary>The system that it is for; null for any.</summary>
    public string? RuntimeIdentifier { get; private init; }

    /// <summary>Whether it brings the .NET runtime.</summary>
    public bool HasRuntime { get; private init; }

    /// <summary>The version of this tool, which is that of the bundles that it can start.</summary>
    private static readonly string Version =
        typeof(Bundle).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The assembly of the host.</summary>
    public string Host => Path.Combine(Folder, BundleNames.Host, BundleNames.HostAssembly);

    /// <summary>Reads a bundle.</summary>
    /// <param name="console">Its folder is where a path begins.</param>
    /// <param name="option">The folder that a call names; null for the one that this tool is in.</param>
    /// <exception cref="ToolException">There is none, or it is of another version.</exception>
    public static Bundle Find(ToolConsole console, string? option)
    {
        var named = option is null ? null : Path.Combine(console.Folder, option);
        var folder = Path.GetFullPath(named ?? Path.Combine(AppContext.BaseDirectory, ".."));
        var manifest = Path.Combine(folder, BundleNames.Manifest);
        if (!File.Exists(manifest))
        {
            throw new ToolException(
                ToolErrors.Bundle,
                (named is null ? "This tool is not in a bundle. Start ./search of one, or name it: --bundle and its folder."
                    : $"'{named}' is no bundle: it has no {BundleNames.Manifest}.")
                + " dotnet build -t:HyperOptPack writes one.");
        }

        try
        {
            var json = JsonNode.Parse(File.ReadAllText(manifest))!;
            var version = (string?)json["version"];
            if ((int?)json["format"] != BundleNames.Format || version != Version)
            {
                throw new ToolException(
                    ToolErrors.Bundle,
                    $"The bundle '{folder}' is of version {version} of LogMl.Sdk, and this tool is of version {Version}. "
                    + $"Start it by its own script: {Path.Combine(folder, BundleNames.Script)}.");
            }

            var request = json["request"]!.AsObject();
            return new Bundle(folder, (string)request["study"]!, request)
            {
                TargetFramework = (string?)json["target_framework"],
                RuntimeIdentifier = (string?)json["runtime_identifier"],
                HasRuntime = (bool?)json["has_runtime"] ?? false,
            };
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new ToolException(ToolErrors.Bundle, $"The manifest '{manifest}' cannot be read: {exception.Message} Pack it again.");
        }
    }

    /// <summary>The request to the host.</summary>
    /// <param name="output">The results folder.</param>
    /// <exception cref="ToolException">The manifest is wrong.</exception>
    public HostRequest RequestFor(string output)
    {
        var request = (JsonObject)Request.DeepClone();
        request["output"] = output;
        try
        {
            using var json = JsonDocument.Parse(request.ToJsonString());
            var fields = new RequestReader(json.RootElement, Folder);
            var read = HostRequest.Pass(fields, null);
            fields.RequireNoOther();
            return read with { Bundle = Path.Combine(Folder, BundleNames.Manifest) };
        }
        catch (FormatException exception)
        {
            throw new ToolException(
                ToolErrors.Bundle, $"The manifest of the bundle '{Folder}' is wrong: {exception.Message} Pack it again.");
        }
    }
}
