namespace LogMl.Shared;

/// <summary>The <c>dotnet</c> that runs this process, and is to run those that it starts.</summary>
internal static class DotNetPath
{
    /// <summary>Its path, or its name when this process was started in another way.</summary>
    public static string Current =>
        Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet"
            ? own
            : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
}
