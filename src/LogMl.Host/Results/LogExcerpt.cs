using System.Text;
using LogMl.Shared;

namespace LogMl.Host.Results;

/// <summary>The last lines that a trial has printed, for the report.</summary>
internal static class LogExcerpt
{
    /// <summary>How much of the end of each file is read, in bytes.</summary>
    private const int Longest = 2_000;

    /// <summary>The end of the output, then that of the errors; null when there is neither.</summary>
    /// <param name="folder">The folder of the trial.</param>
    public static string? Of(string folder)
    {
        string[] texts = [.. ((string[])[TrialFolder.OutputFile, TrialFolder.ErrorOutputFile])
            .Select(name => Tail(Path.Combine(folder, name))).OfType<string>()];
        return texts.Length == 0 ? null : string.Join("\n", texts);
    }

    private static string? Tail(string path)
    {
        // A trial may have put a link or a pipe in the place of its log.
        if (!FreshFile.IsRegularFile(path))
        {
            return null;
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var isCut = file.Length > Longest;
            file.Seek(isCut ? -Longest : 0, isCut ? SeekOrigin.End : SeekOrigin.Begin);
            var bytes = new byte[Longest];
            var text = Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, Longest, throwOnEndOfStream: false));

            // The first line is not whole.
            text = (isCut && text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? text[(end + 1)..] : text).Trim();
            return text.Length == 0 ? null : text;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
