namespace LogMl.Configuration.Yaml;

/// <summary>What bounds the time and the memory that a file can cost. The limits are stated in docs/yaml.md.</summary>
internal static class YamlLimits
{
    /// <summary>UTF-16 code units of a file.</summary>
    public const int Characters = 1 << 20;

    /// <summary>Nodes of a document, each alias counted as all that it stands for.</summary>
    public const int Nodes = 100_000;

    /// <summary>Levels of collections.</summary>
    public const int Depth = 64;

    /// <summary>Diagnostics of one file.</summary>
    public const int Diagnostics = 100;
}
