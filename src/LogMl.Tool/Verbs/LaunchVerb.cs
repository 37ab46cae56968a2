using LogMl.Shared;
using LogMl.Storage.Locations;
using LogMl.Tool.Launching;
using LogMl.Tool.Storages;
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
        var ssh = CommandWords.Split(options.Ssh);
        var bundle = Bundle.Find(console, options.Bundle);
        var storage = Storage(options, hosts, console);
        var study = new string([.. bundle.Study.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
        var name = $"{study}-{BundleFingerprint.Of(bundle.Folder)}";
        return new Launch(bundle, new RemoteBundle(bundle, name, ssh, options.Folder), options, storage, console).Run(hosts);
    }

    /// <summary>The location of the storage, which all workers share.</summary>
    private static string Storage(LaunchOptions options, IReadOnlyList<HostEntry> hosts, ToolConsole console)
    {
        var location = NamedStorage.Find(console, options.StorageFile) ?? throw WorkerVerb.NoStorage();
        if (location.Kind == StorageKind.Sqlite && hosts.FirstOrDefault(host => !host.IsLocal) is { } other)
        {
            throw new ToolException(
                ToolErrors.Location,
                $"The study is stored in the file '{location.Path}', which {other.Name} cannot share. Machines share a study in "
                + "PostgreSQL.");
        }

        var text = NamedStorage.FileOf(console, options.StorageFile) is { } file
            ? File.ReadAllText(file)
            : console.Variable(NamedLocation.Variable)!;
        return text.Trim();
    }
}
