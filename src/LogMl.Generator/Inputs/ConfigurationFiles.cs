using System.Collections.Immutable;

namespace LogMl.Generator.Inputs;

/// <summary>A project has one configuration; of several, the first by path is used.</summary>
internal static class ConfigurationFiles
{
    public static ConfigurationFile? Used(ImmutableArray<ConfigurationFile> files) => Sorted(files).FirstOrDefault();

    public static IEnumerable<ConfigurationFile> Unused(ImmutableArray<ConfigurationFile> files) => Sorted(files).Skip(1);

    private static IEnumerable<ConfigurationFile> Sorted(ImmutableArray<ConfigurationFile> files) =>
        files.OrderBy(file => file.Path, StringComparer.Ordinal);
}
