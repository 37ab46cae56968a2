namespace LogMl.Configuration.Yaml;

/// <summary>The limits of the time and memory that a file can cost. docs/yaml.md lists them.</summary>
internal static class YamlLimits
{
    /// <summary>The greatest number of UTF-16 code units of a file.</summary>
    public const int Characters = 1 << 20;

    /// <summary>The greatest number of nodes of a document. Each alias counts as all nodes that it stands for.</summary>
    public const int Nodes = 100_000;

    /// <summary>The greatest depth of nested collections.</summary>
    public const int Depth = 64;

    /// <summary>The greatest number of diagnostics for one file.</summary>
    public const int Diagnostics = 100;
}
