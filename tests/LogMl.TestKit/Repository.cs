using System.Reflection;

namespace LogMl.TestKit;

/// <summary>The sources from which these tests were built.</summary>
public static class Repository
{
    /// <summary>The folder with LogMl.Sdk.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Debug or Release, as the tests themselves.</summary>
    public static string Configuration { get; } =
        typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";

    /// <summary>The text of a file: <c>docs/yaml.md</c>.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The C# sources that people write, as paths below the root: <c>src/LogMl/ITrial.cs</c>.</summary>
    public static IEnumerable<string> Sources() =>
        from folder in new[] { "src", "tests", "samples", "build" }
        from path in Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(Root, path).Replace('\\', '/')
        where !relative.Split('/').Any(part => part is "bin" or "obj" or "Snapshots")
        select relative;

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "LogMl.Sdk.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException("LogMl.Sdk.sln is in none of the folders above " + AppContext.BaseDirectory);
    }
}
