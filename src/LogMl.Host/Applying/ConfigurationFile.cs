using System.Globalization;
using System.Text;
using LogMl.Shared;

namespace LogMl.Host.Applying;

/// <summary>The configuration file of a user, which is replaced in one step and keeps its encoding and its permissions.</summary>
internal sealed class ConfigurationFile
{
    /// <summary>It refuses bytes that are no UTF-8, and leaves a byte-order mark in the text.</summary>
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _bytes;

    private ConfigurationFile(string path, byte[] bytes)
    {
        Path = path;
        _bytes = bytes;
        Text = Encoding.GetString(bytes);
    }

    public string Path { get; }

    /// <summary>The text, with its byte-order mark when it has one.</summary>
    public string Text { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="HostException">It cannot be read, or is not UTF-8.</exception>
    public static ConfigurationFile Read(string path)
    {
        try
        {
            return new ConfigurationFile(path, File.ReadAllBytes(path));
        }
        catch (DecoderFallbackException)
        {
            throw Refusal(path, "The file is not UTF-8, so that it cannot be changed without damage. Save it as UTF-8");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refusal(path, $"The file cannot be read: {exception.Message}");
        }
    }

    /// <summary>Replaces the text. When what is then read from the file is not right, the old bytes are put back.</summary>
    /// <param name="text">The new text.</param>
    /// <param name="isRight">Whether a text that was read is the one that is wanted.</param>
    /// <exception cref="HostException">The file cannot be written, has changed since it was read, or was put back.</exception>
    public void Replace(string text, Func<string, bool> isRight)
    {
        var bytes = Encoding.GetBytes(text);
        try
        {
            // The file of a link is replaced, and the link stays.
            var target = File.ResolveLinkTarget(Path, returnFinalTarget: true)?.FullName ?? Path;
            if ((File.GetAttributes(target) & FileAttributes.ReadOnly) != 0)
            {
                throw Refusal(Path, "The file is read-only. Make it writable, or set HyperOptDryRun=true to see the changes alone");
            }

            if (!File.ReadAllBytes(target).AsSpan().SequenceEqual(_bytes))
            {
                throw Refusal(Path, "The file was changed by somebody else at the same time. Nothing was written. Apply again");
            }

            Write(target, bytes);
            var written = File.ReadAllBytes(target);
            if (!written.AsSpan().SequenceEqual(bytes) || !isRight(Encoding.GetString(written)))
            {
                Write(target, _bytes);
                throw new HostException(
                    HostErrors.PutBack,
                    "What was written is not what is in the file, so that the file was put back as it was. Apply again.")
                {
                    Place = new SourcePlace(Path, 0),
                };
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refusal(Path, $"The file cannot be written: {exception.Message}");
        }
    }

    private static void Write(string path, byte[] bytes)
    {
        var temporary = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.tmp");
        try
        {
            using (var file = FreshFile.Create(temporary))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
            }

            // On Windows this keeps the attributes and the access rights of the file.
            File.Replace(temporary, path, null);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static HostException Refusal(string path, string why) =>
        new(HostErrors.NotApplicable, why + ".") { Place = new SourcePlace(path, 0) };
}
