using System.Security.Cryptography;
using System.Text;

namespace LogMl.Host.Results;

/// <summary>A study's name is data: whatever it is, its folder lies directly in the results folder, on every system.</summary>
internal static class FolderName
{
    private const int Longest = 80;
    private const int HashLength = 8;

    /// <summary>Names that Windows keeps for devices.</summary>
    private static readonly HashSet<string> Devices = new(
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })], StringComparer.OrdinalIgnoreCase);

    /// <summary>The name itself where it can be a folder's everywhere; else a similar one that no other study gets.</summary>
    public static string Of(string study)
    {
        var kept = string.Concat(study.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ' ' or '@' or '+' or '(' or ')' ? c : '_')).Trim('.', ' ');
        if (kept == study && kept.Length is > 0 and <= Longest && !Devices.Contains(kept.Split('.')[0]))
        {
            return kept;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(study)))[..HashLength];
        return kept[..Math.Min(kept.Length, Longest)] + "_" + hash;
    }
}
