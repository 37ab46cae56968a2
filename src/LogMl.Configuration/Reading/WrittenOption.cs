using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>An option of a choice as written.</summary>
/// <param name="Node">The option.</param>
/// <param name="Distribution">The distribution of numbers that it is, whose kind is known; null for every other option.</param>
internal sealed record WrittenOption(YamlNode Node, WrittenDistribution? Distribution);
