using LogMl.Shared;
using LogMl.Storage.Locations;
using LogMl.Tool.Launching;
using LogMl.Tool.Workers;

namespace LogMl.Tool.Verbs;

/// <summary>The verb <c>launch</c>: starts the workers of a bundle on machines that ssh reaches, and on this one.</summary>
internal static class LaunchVerb
{
    /// <returns>One of <see cref="WorkerExitCodes"/>.</returns>
    /// <exception cref="ToolException">An option is wrong, or there is no bundle or no storage.</exception>
    public static int Run(LaunchOptions options, ToolConsole console)
    {
        var hosts = HostEntry.Read(options.Hosts);
        CommandWords.Split(options.Ssh);
        var bundle = Bundle.Find(options.Bundle is { } named ? Path.Combine(console.Folder, named) : null);
        var storage = Storage(options, hosts, console);
        var study = new string([.. bundle.Study.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
        var name = $"{study}-{BundleFingerprint.Of(bundle.Folder)}";
        return new Launch(bundle, new RemoteBundle(bundle, name, options), options, storage, console).Run(hosts);
    }

    /// <summary>The location of the storage, which all workers share.</summary>
    private static string Storage(LaunchOptions options, IReadOnlyList<HostEntry> hosts, ToolConsole console)
    {
        try
        {
            var file = options.StorageFile is { } given ? Path.GetFullPath(Path.Combine(console.Folder, given)) : null;
            var location = NamedLocation.Find(
                console.Variable(NamedLocation.Variable), file, "--storage-file", text => console.Warn(ToolErrors.Location, text));
            if (location is null)
            {
                throw WorkerVerb.NoStorage();
            }

            if (location.Kind == StorageKind.Sqlite && hosts.FirstOrDefault(host => !host.IsLocal) is { } other)
            {
                throw new ToolException(
                    ToolErrors.Location,
                    $"The study is stored in the file '{location.Path}', which {other.Name} cannot share. Machines share a study in "
                    + "PostgreSQL.");
            }

            return (file is null ? console.Variable(NamedLocation.Variable)! : File.ReadAllText(file)).Trim();
        }
        catch (FormatException exception)
        {
            throw new ToolException(ToolErrors.Location, exception.Message);
        }
    }
}
