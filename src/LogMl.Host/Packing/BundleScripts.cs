using LogMl.Shared.Requests;

namespace LogMl.Host.Packing;

/// <summary>The start scripts of a bundle.</summary>
internal static class BundleScripts
{
    private const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Adds them.</summary>
    public static void AddTo(BundleFolder bundle)
    {
        var script = bundle.At(BundleNames.Script);
        File.WriteAllText(script, Read("search.sh"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, Executable);
        }

        File.WriteAllText(bundle.At(BundleNames.Script + ".cmd"), Read("search.cmd").ReplaceLineEndings("\r\n"));
    }

    private static string Read(string name)
    {
        using var stream = typeof(BundleScripts).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
