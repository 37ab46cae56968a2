namespace LogMl.Shared.Requests;

/// <summary>The names in a bundle: a folder with all that a worker needs (docs/architecture.md, seam 6).</summary>
internal static class BundleNames
{
    /// <summary>The manifest.</summary>
    public const string Manifest = "bundle.json";

    /// <summary>The version of the form of the manifest.</summary>
    public const int Format = 1;

    /// <summary>The start script.</summary>
    public const string Script = "search";

    /// <summary>The folder of the host and of the tool.</summary>
    public const string Host = "host";

    /// <summary>The folder of the worker's bootstrap.</summary>
    public const string Worker = "worker";

    /// <summary>The folder of what was published.</summary>
    public const string Application = "app";

    /// <summary>The folder in which the declared data are, and below which trials run.</summary>
    public const string Files = "files";

    /// <summary>The folder of the .NET runtime, when the bundle brings it.</summary>
    public const string Runtime = "dotnet";

    /// <summary>The assembly of the host.</summary>
    public const string HostAssembly = "LogMl.Host.dll";
}
