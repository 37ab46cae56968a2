using System.Text.Json;
using System.Text.Json.Nodes;
using LogMl.Tool.Workers;

namespace LogMl.Tool.Kubernetes;

/// <summary>The Dockerfile of the image in which the workers of a bundle run.</summary>
internal static class ContainerFile
{
    /// <summary>The folder of the bundle in the image.</summary>
    private const string Folder = "/bundle";

    private const string WebFramework = "Microsoft.AspNetCore.App";

    private const string UsualFramework = "net10.0";

    /// <summary>The text.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="build">The command that builds the image.</param>
    /// <exception cref="ToolException">The bundle is for another system.</exception>
    public static string Of(Bundle bundle, string build) => $"""
        # The image of the workers of the study. It is built with the bundle as its context:
        #   {build}
        FROM {BaseOf(bundle)}
        COPY . {Folder}
        # The user of these images that is not root. It cannot write the bundle.
        USER $APP_UID
        WORKDIR /tmp
        ENTRYPOINT ["{Folder}/{Shared.Requests.BundleNames.Script}"]

        """.ReplaceLineEndings("\n");

    /// <summary>The platform that the image must be built for, such as <c>linux/arm64</c>; null for that of the machine.</summary>
    public static string? PlatformOf(Bundle bundle) => bundle.RuntimeIdentifier?.Split('-')[^1] switch
    {
        null => null,
        "x64" => "linux/amd64",
        "arm64" => "linux/arm64",
        "arm" => "linux/arm/v7",
        _ => null,
    };

    private static string BaseOf(Bundle bundle)
    {
        if (bundle.RuntimeIdentifier is { } system && !system.StartsWith("linux-", StringComparison.Ordinal))
        {
            throw new ToolException(
                ToolErrors.Bundle,
                $"The bundle '{bundle.Folder}' is for {system}, and the containers are those of Linux. Pack it without -r, or with "
                + "-r linux-x64.");
        }

        var image = bundle.HasRuntime ? "runtime-deps" : NeedsWebFramework(bundle) ? "aspnet" : "runtime";
        var version = (bundle.TargetFramework ?? UsualFramework).Split('-')[0]["net".Length..];
        var variant = bundle.RuntimeIdentifier?.Contains("musl", StringComparison.Ordinal) == true ? "-alpine" : "";
        return $"mcr.microsoft.com/dotnet/{image}:{version}{variant}";
    }

    /// <summary>Whether the published project wants ASP.NET Core.</summary>
    private static bool NeedsWebFramework(Bundle bundle)
    {
        var file = (string?)bundle.Request["runtimeconfig"];
        if (file is null)
        {
            return false;
        }

        try
        {
            var options = JsonNode.Parse(File.ReadAllText(Path.Combine(bundle.Folder, file)))?["runtimeOptions"];
            return (options?["frameworks"]?.AsArray() ?? [options?["framework"]?.DeepClone()])
                .Any(framework => (string?)framework?["name"] == WebFramework);
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            throw new ToolException(
                ToolErrors.Bundle, $"'{file}' of the bundle '{bundle.Folder}' cannot be read: {exception.Message} Pack it again.");
        }
    }
}
