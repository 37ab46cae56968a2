using System.Collections.Immutable;

namespace LogMl.Generator.Inputs;

/// <summary>Selects the configuration of a project: if it has several files, the first one by path is used.</summary>
internal static class ConfigurationFiles
{
    public static ConfigurationFile? Used(ImmutableArray<ConfigurationFile> files) => Sorted(files).FirstOrDefault();

    public static IEnumerable<ConfigurationFile> Unused(ImmutableArray<ConfigurationFile> files) => Sorted(files).Skip(1);

    private static IEnumerable<ConfigurationFile> Sorted(ImmutableArray<ConfigurationFile> files) =>
        files.OrderBy(file => file.Path, StringComparer.Ordinal);
}
