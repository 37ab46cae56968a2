using System.Text.RegularExpressions;
using LogMl.Tool.Workers;

namespace LogMl.Tool.Slurm;

/// <summary>What a command line says about a job array that is to be submitted.</summary>
internal sealed partial record SubmitOptions
{
    private const int MostWorkers = 10_000;

    /// <summary>Two dashes and two letters. sbatch takes the beginning of a name for the name.</summary>
    private const int ShortestBeginning = 4;

    /// <summary>The options of sbatch that the script has, and cannot do without, with their short names.</summary>
    private static readonly (string Name, string? Short, string Instead)[] Taken =
    [
        ("--array", "-a", "--workers before the -- is the number of its tasks."),
        ("--time", "-t", "Write --time before the --."),
        ("--signal", null, "By it a worker learns that its time limit is near."),
        ("--wrap", null, "The script runs workers."),
    ];

    /// <summary>The folder of the bundle; null for the one that the tool is in.</summary>
    public string? Bundle { get; init; }

    /// <summary>The file with the location of the storage; null when the environment has it.</summary>
    public string? StorageFile { get; init; }

    /// <summary>How many workers the array has.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>The time limit of a task in a form of Slurm; null for that of the partition.</summary>
    public string? Time { get; init; }

    /// <summary>The folder for script and output; null for the one beside the bundle.</summary>
    public string? Folder { get; init; }

    /// <summary>Further options of sbatch.</summary>
    public IReadOnlyList<string> Sbatch { get; init; } = [];

    /// <summary>Whether the call is only checked.</summary>
    public bool IsCheck { get; init; }

    /// <summary>Checks the values.</summary>
    /// <exception cref="ToolException">One is wrong.</exception>
    public void Require()
    {
        WorkerOptionChecks.RequireNumber("--workers", Workers, 1, MostWorkers);
        if (Time is { } time && !Times().IsMatch(time))
        {
            throw Wrong(
                $"--time is '{time}', but must be a time of Slurm: minutes, minutes:seconds, hours:minutes:seconds, days-hours, "
                + "days-hours:minutes or days-hours:minutes:seconds.");
        }

        foreach (var option in Sbatch)
        {
            Require(option);
        }
    }

    private void Require(string option)
    {
        if (!option.StartsWith('-') || option.Any(char.IsControl))
        {
            throw Wrong($"'{option}' is no option of sbatch in one word. Write --partition=gpu instead of --partition gpu.");
        }

        var name = option.Split('=')[0];
        foreach (var taken in Taken)
        {
            if (name == taken.Name || (name.Length >= ShortestBeginning && taken.Name.StartsWith(name, StringComparison.Ordinal))
                || (taken.Short is { } letter && name.StartsWith(letter, StringComparison.Ordinal)))
            {
                throw Wrong($"'{option}' would change an option of the script: {taken.Name}. {taken.Instead}");
            }
        }

        if (StorageFile is null && name == "--export" && option != "--export=ALL"
            && !option.StartsWith("--export=ALL,", StringComparison.Ordinal))
        {
            throw Wrong($"With '{option}' the tasks would not know the storage of the study. Name it by a file: --storage-file.");
        }
    }

    private static ToolException Wrong(string message) => new(ToolErrors.Usage, message);

    [GeneratedRegex(@"^(\d+|\d+:\d\d|\d+:\d\d:\d\d|\d+-\d+(:\d\d){0,2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Times();
}
