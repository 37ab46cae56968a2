using System.Formats.Tar;
using System.IO.Compression;

namespace LogMl.Host.Packing;

/// <summary>The archive of a bundle, a .tar.gz that keeps the modes of files: the start script stays executable.</summary>
internal static class BundleArchive
{
    /// <summary>Writes it in one step, so that nobody reads half of it.</summary>
    public static void Write(string folder, string archive)
    {
        var unfinished = archive + ".tmp";
        try
        {
            using (var file = File.Create(unfinished))
            using (var compressed = new GZipStream(file, CompressionLevel.Optimal))
            using (var tar = new TarWriter(compressed, TarEntryFormat.Pax))
            {
                Add(tar, folder, Path.GetFileName(folder));
            }

            File.Move(unfinished, archive, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Adds what is in a folder, in an order that does not depend on the file system. An empty folder is added too.</summary>
    private static void Add(TarWriter tar, string folder, string name)
    {
        tar.WriteEntry(folder, name + "/");
        foreach (var path in Directory.GetFileSystemEntries(folder).Order(StringComparer.Ordinal))
        {
            var entry = $"{name}/{Path.GetFileName(path)}";
            if (Directory.Exists(path))
            {
                Add(tar, path, entry);
            }
            else
            {
                tar.WriteEntry(path, entry);
            }
        }
    }
}
