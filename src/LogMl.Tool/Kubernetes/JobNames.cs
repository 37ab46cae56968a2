using System.Globalization;
using System.Text.RegularExpressions;

namespace LogMl.Tool.Kubernetes;

/// <summary>The names that Kubernetes takes.</summary>
internal static partial class JobNames
{
    /// <summary>The greatest length of a label of a host name, which the name of a pod must be.</summary>
    private const int LabelLength = 63;

    /// <summary>The name for a study without a letter or digit that a name could have.</summary>
    private const string Nameless = "search";

    /// <summary>What a name may be, for messages.</summary>
    public const string Expected = "lower-case letters, digits and hyphens, with a letter or digit at both ends";

    /// <summary>The greatest length of the name of a Job: its pods have the name, a hyphen and their index as their host name.</summary>
    public static int GreatestLength(int pods) =>
        LabelLength - 1 - (pods - 1).ToString(CultureInfo.InvariantCulture).Length;

    /// <summary>Whether a name is a label.</summary>
    public static bool IsLabel(string name) => name.Length <= LabelLength && Label().IsMatch(name);

    /// <summary>The name of the Job of a study.</summary>
    public static string OfStudy(string study, int pods)
    {
        var name = Other().Replace(study.ToLowerInvariant(), "-").Trim('-');
        name = name.Length > GreatestLength(pods) ? name[..GreatestLength(pods)].Trim('-') : name;
        return name.Length > 0 ? name : Nameless;
    }

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Other();
}
