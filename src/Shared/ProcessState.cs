namespace LogMl.Shared;

/// <summary>What Linux says about a process. Compiled into host and worker.</summary>
internal static class ProcessState
{
    /// <summary>
    /// Whether a process has ended and is a zombie: its id is taken until its parent asks for its exit code, and some parents never ask.
    /// False for a process that does not exist.
    /// </summary>
    /// <param name="folder">Its folder in /proc.</param>
    public static bool HasEnded(string folder)
    {
        // "4711 (name) Z ...", and the name may have anything in it.
        var stat = Read(folder + "/stat").AsSpan();
        return stat[(stat.LastIndexOf((byte)')') + 1)..].TrimStart((byte)' ') is [(byte)'Z' or (byte)'X', ..];
    }

    /// <summary>Reads a file of a process. Empty when the process does not exist, or belongs to another user.</summary>
    public static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
