namespace LogMl.Shared;

/// <summary>What Linux says about a process. Compiled into host and worker.</summary>
internal static class ProcessState
{
    /// <summary>Whether a process has ended, although its id is still taken: it waits for its parent to ask how it ended, and some parents never ask. False for a process that is not there.</summary>
    /// <param name="folder">Its folder in /proc.</param>
    public static bool HasEnded(string folder)
    {
        // "4711 (name) Z ...", and the name may have anything in it.
        var stat = Read(folder + "/stat").AsSpan();
        return stat[(stat.LastIndexOf((byte)')') + 1)..].TrimStart((byte)' ') is [(byte)'Z' or (byte)'X', ..];
    }

    /// <summary>A file of a process: nothing when the process is not there, or belongs to another user.</summary>
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
