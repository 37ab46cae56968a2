using System.Diagnostics;
using System.Text;

namespace LogMl.Tasks;

/// <summary>
/// The request in its file until the host has read it. Builds that share an intermediate folder take turns: the build whose turn it is
/// locks an empty file beside it.
/// </summary>
internal sealed class RequestTurn : IDisposable
{
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(2);

    private readonly FileStream _lock;

    private RequestTurn(FileStream file) => _lock = file;

    /// <summary>Waits for the turn of this build, and writes the request.</summary>
    /// <param name="path">The file.</param>
    /// <param name="request">The content of the file.</param>
    /// <param name="isCancelled">Whether the build was cancelled.</param>
    /// <param name="onWait">Is called once, with the locked file, when another build has had its turn for two seconds.</param>
    /// <returns>The turn, which ends when it is disposed; null when the build was cancelled before.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static RequestTurn? Begin(string path, string request, Func<bool> isCancelled, Action<string> onWait)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        FileStream? file;
        var waited = Stopwatch.StartNew();
        var isTold = false;
        while ((file = TryLock(path + ".lock")) is null)
        {
            if (isCancelled())
            {
                return null;
            }

            if (!isTold && waited.Elapsed > Notice)
            {
                isTold = true;
                onWait(path + ".lock");
            }

            Thread.Sleep(Pause);
        }

        try
        {
            // A new file: what an old one leads to, if it is a link, stays as it is.
            File.Delete(path);
            using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            writer.Write(request);
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
        catch (IOException exception) when (exception.HResult is WindowsSharingViolation or LinuxWouldBlock or MacWouldBlock)
        {
            // Another build holds it. Any other error, such as a file system that is read-only, stays one.
            return null;
        }
    }
}
