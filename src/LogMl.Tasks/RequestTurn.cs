using System.Text;

namespace LogMl.Tasks;

/// <summary>
/// The request in its file until the host has read it. Builds that share an intermediate folder take turns: the build whose turn it is
/// locks an empty file beside it.
/// </summary>
internal sealed class RequestTurn : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly FileStream _lock;

    private RequestTurn(FileStream file) => _lock = file;

    /// <summary>Waits for the turn of this build, and writes the request.</summary>
    /// <param name="path">The file.</param>
    /// <param name="request">The content of the file.</param>
    /// <param name="isCancelled">Whether the build was cancelled.</param>
    /// <returns>The turn, which ends when it is disposed; null when the build was cancelled before.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static RequestTurn? Begin(string path, string request, Func<bool> isCancelled)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        FileStream? file;
        while ((file = TryLock(path + ".lock")) is null)
        {
            if (isCancelled())
            {
                return null;
            }

            Thread.Sleep(Pause);
        }

        try
        {
            File.WriteAllText(path, request, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return new RequestTurn(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Ends the turn. The next build may write the file.</summary>
    public void Dispose() => _lock.Dispose();

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
            when (File.Exists(path) && exception is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            return null;
        }
    }
}
