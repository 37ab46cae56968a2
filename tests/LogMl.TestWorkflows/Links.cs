namespace LogMl.TestWorkflows;

/// <summary>Puts links where the host will write: to a file that is none of its business, and to the folder of that file.</summary>
internal static class Links
{
    private static readonly string[] OfTrial = ["error.txt", "stdout.log", "stderr.log", "intermediate.csv", "parameters.yaml"];

    private static readonly string[] OfStudy = ["trials.csv", "trials.csv.tmp", "best.yaml", "best.yaml.tmp"];

    /// <param name="folder">The folder of the trial.</param>
    /// <param name="target">The file.</param>
    public static void Plant(string folder, string target)
    {
        var trials = Path.GetDirectoryName(folder)!;
        foreach (var path in OfTrial.Select(name => Path.Combine(folder, name))
            .Concat(OfStudy.Select(name => Path.Combine(Path.GetDirectoryName(trials)!, name))))
        {
            File.Delete(path);
            File.CreateSymbolicLink(path, target);
        }

        // The next trial's folder, and one that leads nowhere.
        var next = int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture) + 1;
        Directory.CreateSymbolicLink(Path.Combine(trials, FormattableString.Invariant($"{next}")), Path.GetDirectoryName(target)!);
        Directory.CreateSymbolicLink(Path.Combine(trials, FormattableString.Invariant($"{next + 1}")), target + ".nowhere");
    }

    /// <summary>Moves the folder of all trials away, and puts a link in its place.</summary>
    /// <param name="folder">The folder of the trial.</param>
    /// <param name="target">The folder that the link leads to.</param>
    public static void ReplaceTrials(string folder, string target)
    {
        var trials = Path.GetDirectoryName(folder)!;
        Directory.Move(trials, trials + ".old");
        Directory.CreateSymbolicLink(trials, target);
    }
}
