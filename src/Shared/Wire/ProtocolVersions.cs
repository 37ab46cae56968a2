namespace LogMl.Shared.Wire;

/// <summary>The versions of what is exchanged between assemblies that may be of different versions of LogMl.Sdk.</summary>
/// <remarks>
/// The events of the host have no version, because host and task come from one package. Nor has ask-tell, because a caller starts the tool
/// that it talks to.
/// </remarks>
internal static class ProtocolVersions
{
    /// <summary>
    /// The messages between host and worker. They may differ in version, because the user's assembly brings its own LogMl.dll.
    /// </summary>
    public const int Pipe = 3;

    /// <summary>The manifest in a compiled assembly, which the host reads.</summary>
    public const int Manifest = 2;
}
