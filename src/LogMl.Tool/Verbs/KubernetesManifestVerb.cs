using LogMl.Storage.Locations;
using LogMl.Tool.Kubernetes;
using LogMl.Tool.Launching;
using LogMl.Tool.Storages;
using LogMl.Tool.Workers;

namespace LogMl.Tool.Verbs;

/// <summary>
/// The verb <c>kubernetes manifest</c>: writes what starts the workers of a bundle in a cluster, and says how to submit it.
/// </summary>
internal static class KubernetesManifestVerb
{
    private const string JobFile = "job.yaml";
    private const string SecretFile = "secret.yaml";
    private const string ContainerFileName = "Dockerfile";

    /// <param name="options">What the Job is like.</param>
    /// <param name="bundleFolder">The bundle; null for the one that this tool is in.</param>
    /// <param name="storageFile">The file with the location of the database, or null.</param>
    /// <param name="output">The folder to write to; null for the usual one.</param>
    /// <param name="console">The console.</param>
    /// <exception cref="ToolException">An option is wrong, there is no bundle, or a file cannot be written.</exception>
    public static int Run(JobOptions options, string? bundleFolder, string? storageFile, string? output, ToolConsole console)
    {
        JobOptionChecks.Require(options);
        var bundle = Bundle.Find(console, bundleFolder);
        var name = options.Name ?? JobNames.OfStudy(bundle.Study, options.Pods);
        var shown = output ?? name + ".kubernetes";
        var folder = new ManifestFolder(console, shown, bundle.Folder);
        var platform = ContainerFile.PlatformOf(bundle) is { } system ? $"--platform {system} " : "";
        var build = $"docker build {platform}-t {options.Image} -f {Quoted(Path.Combine(shown, ContainerFileName))} "
            + Quoted(bundleFolder ?? bundle.Folder);
        var files = new List<(string, string, bool)>
        {
            (JobFile, new JobManifest(options, name, bundle.Study).Text, false),
            (ContainerFileName, ContainerFile.Of(bundle, build), false),
        };
        var location = Location(storageFile, console);
        if (location is not null)
        {
            files.Add((SecretFile, ConnectionSecret.Text(name, options.Namespace, location.ConnectionString), true));
        }

        folder.Write(files);
        var space = options.Namespace is { } given ? $" -n {given}" : "";
        console.Say($"{bundle.Study} -> {shown}{Path.DirectorySeparatorChar}: {string.Join(", ", files.Select(file => file.Item1))}");
        console.Say(location is null
            ? "Put the location of the database into a file, here location.txt, for you alone (chmod 600). "
                + "Then, with this folder as it is or edited:"
            : $"The location of the database, {location.DisplayName}, is in {SecretFile} alone, which only you can read. "
                + "With this folder as it is or edited:");
        console.Say($"  {build}");
        console.Say($"  docker push {options.Image}");
        console.Say(location is null
            ? $"  kubectl create secret generic {ConnectionSecret.NameOf(name)}{space} --from-file={ConnectionSecret.Key}=location.txt"
            : $"  kubectl apply -f {Quoted(Path.Combine(shown, SecretFile))}");
        console.Say($"  kubectl apply -f {Quoted(Path.Combine(shown, JobFile))}");
        return ExitCodes.Done;
    }

    /// <summary>The database that is named; null when none is.</summary>
    private static StorageLocation? Location(string? file, ToolConsole console)
    {
        var location = NamedStorage.Find(console, file);
        return location?.Kind == StorageKind.Sqlite
            ? throw new ToolException(
                ToolErrors.Location,
                $"The study is stored in the file '{location.Path}', which pods of several nodes cannot share. They need PostgreSQL.")
            : location;
    }

    /// <summary>A path for a shell, without quotes where none are needed.</summary>
    private static string Quoted(string path) => path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-' or '\\' or ':')
        ? path
        : ShellText.Quote(path);
}
