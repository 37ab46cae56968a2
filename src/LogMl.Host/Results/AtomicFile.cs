namespace LogMl.Host.Results;

/// <summary>A file that is there whole, as it was before or as it is now, whenever somebody looks.</summary>
internal static class AtomicFile
{
    public static void Write(string path, string text)
    {
        var temporary = path + ".tmp";
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
    }
}
