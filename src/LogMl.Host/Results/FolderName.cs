using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace LogMl.Host.Results;

/// <summary>Turns the name of a study, which may be any text, into the name of a folder that is valid on every system.</summary>
internal static class FolderName
{
    /// <summary>In bytes. File systems allow 255, and suffixes such as .removed and .run.&lt;time&gt; are appended.</summary>
    private const int MaxBytes = 200;
    private const int HashLength = 8;

    /// <summary>Names that Windows reserves for devices.</summary>
    private static readonly HashSet<string> Devices = new(
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a letter has no second form that a file system (macOS) treats as equal: Å is U+00C5 and U+212B. The host has no tables of
    /// normal forms, so only ranges without such letters are accepted.
    /// </summary>
    private static bool IsOneForm(char c) => c is < '\u0250' or (>= '\u0388' and <= '\u03ff') or (>= '\u0400' and <= '\u052f')
        or (>= '\u3041' and <= '\u30ff') or (>= '\u4e00' and <= '\u9fff') or (>= '\uac00' and <= '\ud7a3');

    private static bool IsAllowed(char c) => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ' ' or '@' or '+' or '(' or ')';

    /// <summary>The name itself when it is valid everywhere; else a similar one that no other study has.</summary>
    public static string Of(string study)
    {
        var kept = string.Concat(study.Select(c => IsAllowed(c) ? c : '_')).Trim('.', ' ');
        if (kept == study && kept.Length > 0 && Encoding.UTF8.GetByteCount(kept) <= MaxBytes && kept.All(IsOneForm)
            && !Devices.Contains(kept.Split('.')[0]))
        {
            return kept;
        }

        // The hash is of the UTF-16 characters: in UTF-8 all unpaired surrogates become the same bytes.
        var hash = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(study.AsSpan())))[..HashLength];
        while (Encoding.UTF8.GetByteCount(kept) > MaxBytes)
        {
            kept = kept[..^1];
        }

        return kept + "_" + hash;
    }
}
