using System.Security.Cryptography;

namespace LogMl.Host.Inputs;

/// <summary>The hash of one file, with what says cheaply that it is still the same.</summary>
/// <param name="Hash">The first digits of its SHA-256; <see cref="Unreadable"/> when it cannot be read.</param>
/// <param name="Size">Its length in bytes, when the hash may be reused.</param>
/// <param name="Modified">When it was written, in ticks of UTC, when the hash may be reused.</param>
internal sealed record FileHash(string Hash, long? Size = null, long? Modified = null)
{
    public const string Unreadable = "";

    private const int Digits = 16;

    /// <summary>Smaller files are read each time: that costs nothing, and is right whatever a tool does to their times.</summary>
    private const long WorthReusing = 1024 * 1024;

    /// <summary>A file that was written a moment ago may be written again with the same time.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(3);

    /// <summary>Reads a file, or takes the hash of an earlier call when size and time are those of then.</summary>
    public static FileHash Of(string path, FileHash? earlier)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, FileOptions.SequentialScan);

            // Of the open file: for a link that is what it points at.
            var size = stream.Length;
            var modified = File.GetLastWriteTimeUtc(stream.SafeFileHandle);
            if (size < WorthReusing)
            {
                return new FileHash(Text(SHA256.HashData(stream)));
            }

            if (earlier is { Size: { } earlierSize, Modified: { } earlierModified } && earlierSize == size && earlierModified == modified.Ticks)
            {
                return earlier;
            }

            var hash = Text(SHA256.HashData(stream));
            return DateTime.UtcNow - modified > Settled ? new FileHash(hash, size, modified.Ticks) : new FileHash(hash);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new FileHash(Unreadable);
        }
    }

    /// <summary>The hash of an assembly, in which commit, folder and time do not count.</summary>
    public static FileHash OfAssembly(string path)
    {
        try
        {
            return new FileHash(Text(AssemblyHash.Of(File.ReadAllBytes(path))));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new FileHash(Unreadable);
        }
    }

    private static string Text(byte[] hash) => Convert.ToHexStringLower(hash)[..Digits];
}
