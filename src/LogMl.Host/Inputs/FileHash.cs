using System.Security.Cryptography;

namespace LogMl.Host.Inputs;

/// <summary>The hash of a file, with its size and time, which tell cheaply whether the file is unchanged.</summary>
/// <param name="Hash">The first digits of the SHA-256; <see cref="Unreadable"/> when the file cannot be read.</param>
/// <param name="Size">The length in bytes; null when the hash must not be reused.</param>
/// <param name="Modified">The time of the last write in ticks of UTC; null when the hash must not be reused.</param>
internal sealed record FileHash(string Hash, long? Size = null, long? Modified = null)
{
    public const string Unreadable = "";

    private const int Digits = 16;

    /// <summary>
    /// The least size in bytes of a file whose hash is reused. Smaller files are read each time: that costs nothing, and is right whatever
    /// a tool does to their times.
    /// </summary>
    private const long MinReusableSize = 1024 * 1024;

    /// <summary>
    /// The least age of a file whose hash is reused: a file that was written a moment ago may be written again with the same time.
    /// </summary>
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(3);

    /// <summary>Hashes a file, or reuses the earlier hash when size and time have not changed.</summary>
    public static FileHash Of(string path, FileHash? earlier)
    {
        try
        {
            using var stream = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, FileOptions.SequentialScan);

            // These are of the open file. For a link that is the file it leads to.
            var size = stream.Length;
            var modified = File.GetLastWriteTimeUtc(stream.SafeFileHandle);
            if (size < MinReusableSize)
            {
                return new FileHash(Text(SHA256.HashData(stream)));
            }

            if (earlier is { Size: { } earlierSize, Modified: { } earlierModified } && earlierSize == size
                && earlierModified == modified.Ticks)
            {
                return earlier;
            }

            var hash = Text(SHA256.HashData(stream));
            return DateTime.UtcNow - modified > SettleTime ? new FileHash(hash, size, modified.Ticks) : new FileHash(hash);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new FileHash(Unreadable);
        }
    }

    /// <summary>Hashes an assembly without its commit, folder and time.</summary>
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
