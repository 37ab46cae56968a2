using System.Globalization;
using LogMl.Host.Inputs;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Host.Search;
using LogMl.Host.Workers;
using LogMl.Shared.Requests;

namespace LogMl.Host.Packing;

/// <summary>
/// The verb <c>pack</c>: writes a bundle, a folder with all that a worker on another machine needs, and an archive of it.
/// </summary>
internal sealed class PackVerb(HostRequest request, HostEvents events)
{
    private const string Extension = ".bundle";

    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="HostException">The bundle cannot be written, or its workflow does not start.</exception>
    public int Run()
    {
        var terms = request.Packing
            ?? throw new HostException(HostErrors.Usage, "The request says nothing of what is to be packed ('packs').");
        var folder = terms.Folder ?? DefaultFolder();
        RequireBundle(folder);
        var unfinished = string.Create(CultureInfo.InvariantCulture, $"{folder}.{Environment.ProcessId}.tmp");
        try
        {
            try
            {
                Write(new BundleFolder(unfinished), terms);
                Replace(unfinished, folder);
            }
            finally
            {
                Delete(unfinished);
            }

            var archive = folder + ".tar.gz";
            BundleArchive.Write(folder, archive);
            Tell(folder, archive);
            return ExitCodes.Done;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HostException(HostErrors.BundleNotWritten, $"The bundle '{folder}' cannot be written: {exception.Message}");
        }
    }

    private void Write(BundleFolder bundle, PackTerms terms)
    {
        bundle.AddFolder(Path.GetDirectoryName(request.Assembly)!, BundleNames.Application);
        bundle.AddFolder(AppContext.BaseDirectory, BundleNames.Host);
        bundle.AddFile(request.Worker, Path.Combine(BundleNames.Worker, Path.GetFileName(request.Worker)));
        var layout = DataLayout.Of(
            request.ProjectDirectory, request.Inputs is { } list ? InputList.Read(list).Data : []);
        foreach (var (file, place) in layout.Files)
        {
            bundle.AddFile(file, place);
        }

        Directory.CreateDirectory(bundle.At(layout.ProjectFolder));
        foreach (var file in layout.LeftOut)
        {
            events.Warning(
                HostErrors.DataNotPacked, SourcePlace.Unknown,
                $"The data file '{file}' is not in the bundle: it has no place relative to the project. "
                + "Each machine needs it under this path.");
        }

        if (terms.Runtime is { } runtime)
        {
            new RuntimeFolder(runtime, terms.RuntimeIdentifier).AddTo(bundle, request.RuntimeConfig);
        }

        ToolDependencies.AddTo(bundle);
        BundleScripts.AddTo(bundle);
        BundleManifest.Write(bundle, request, layout.ProjectFolder);
        RequireStart(bundle, layout.ProjectFolder);
    }

    /// <summary>
    /// Requires that the workflow starts from the bundle as it is. A mistake is cheaper here than on many machines.
    /// </summary>
    private void RequireStart(BundleFolder bundle, string projectFolder)
    {
        var packed = BundleManifest.RequestOf(request, bundle.Path, projectFolder);
        using var worker = WorkerProcess.Launch(packed, 0, CancellationToken.None);
        var manifest = Manifest.Read(worker.Manifest, request.Overrides);
        SearchSettings.Of(manifest, request, storedSeed: 0);
        if (!worker.IsOptimized)
        {
            events.Message(
                $"{manifest.Name}: {Path.GetFileName(request.Assembly)} is not optimized (Debug). "
                + "Trials mostly take less time when the command has -c Release.");
        }
    }

    private string DefaultFolder()
    {
        ResultsRoot.Create(request.Output);
        return Path.Combine(request.Output, FolderName.Of(request.Study) + Extension);
    }

    /// <summary>Requires that the folder, if there is one, is an earlier bundle. Nothing else is replaced.</summary>
    private static void RequireBundle(string folder)
    {
        if (File.Exists(folder)
            || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()
                && !File.Exists(Path.Combine(folder, BundleNames.Manifest))))
        {
            throw new HostException(
                HostErrors.BundleNotWritten,
                $"'{folder}' is no bundle, and a bundle would replace it. Move it away, or set HyperOptPackPath to another folder.");
        }
    }

    private static void Replace(string written, string folder)
    {
        Delete(folder);
        Directory.Move(written, folder);
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void Tell(string folder, string archive)
    {
        var size = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        events.Summary(
            $"{request.Study} -> {DisplayPath.Of(folder, request.ShellDirectory)}{Path.DirectorySeparatorChar} ({MegaBytes(size)}), "
            + $"{DisplayPath.Of(archive, request.ShellDirectory)} ({MegaBytes(new FileInfo(archive).Length)})");
        events.Output(folder);
        events.Output(archive);
    }

    private static string MegaBytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
}
