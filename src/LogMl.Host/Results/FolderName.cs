using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace LogMl.Host.Results;

/// <summary>A study's name is data: whatever it is, its folder lies directly in the results folder, on every system.</summary>
internal static class FolderName
{
    /// <summary>In bytes: a name may have 255, and .removed, .run.&lt;time&gt; and the like are appended to it.</summary>
    private const int Longest = 200;
    private const int HashLength = 8;

    /// <summary>Names that Windows keeps for devices.</summary>
    private static readonly HashSet<string> Devices = new(
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })], StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a letter has no other form that a file system (macOS) takes for the same: Å is U+00C5 and U+212B. The host has no tables of normal forms, so only ranges
    /// without such letters are let through.
    /// </summary>
    private static bool IsOneForm(char c) => c is < '\u0250' or (>= '\u0388' and <= '\u03ff') or (>= '\u0400' and <= '\u052f')
        or (>= '\u3041' and <= '\u30ff') or (>= '\u4e00' and <= '\u9fff') or (>= '\uac00' and <= '\ud7a3');

    /// <summary>The name itself where it can be a folder's everywhere; else a similar one that no other study gets.</summary>
    public static string Of(string study)
    {
        var kept = string.Concat(study.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ' ' or '@' or '+' or '(' or ')' ? c : '_')).Trim('.', ' ');
        if (kept == study && kept.Length > 0 && Encoding.UTF8.GetByteCount(kept) <= Longest && kept.All(IsOneForm) && !Devices.Contains(kept.Split('.')[0]))
        {
            return kept;
        }

        // Of the characters as they are: in UTF-8 all broken surrogates are the same.
        var hash = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(study.AsSpan())))[..HashLength];
        while (Encoding.UTF8.GetByteCount(kept) > Longest)
        {
            kept = kept[..^1];
        }

        return kept + "_" + hash;
    }
}
