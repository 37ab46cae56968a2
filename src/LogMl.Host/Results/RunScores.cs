using LogMl.Shared;

namespace LogMl.Host.Results;

/// <summary>The file scores.json of a single run: what it was made with, and what model_evaluate gave for each part.</summary>
/// <param name="Name">The name of the workflow.</param>
/// <param name="Seed">The seed of the run.</param>
/// <param name="DataSeed">The seed of the data-set stages.</param>
/// <param name="Scores">The scores by part and name.</param>
/// <param name="Seconds">How long the run took.</param>
internal sealed record RunScores(
    string Name, long Seed, long DataSeed, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Scores, double Seconds)
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "scores.json";

    /// <summary>The study and the trial whose parameters the run has; null for none.</summary>
    public (string Study, int Trial)? Trial { get; init; }

    /// <summary>The file of the parameters; null for none.</summary>
    public string? File { get; init; }

    /// <summary>Writes the file into a folder, in one step.</summary>
    public void Write(string folder) => AtomicFile.Write(Path.Combine(folder, FileName), JsonFileText.Of(json =>
    {
        json.WriteString("name", Name);
        json.WriteString("parameters", Trial is not null ? "trial" : File is not null ? "file" : "defaults");
        if (Trial is var (study, trial))
        {
            json.WriteString("study", study);
            json.WriteNumber("trial", trial);
        }

        if (File is not null)
        {
            json.WriteString("file", File);
        }

        json.WriteNumber("seed", Seed);
        json.WriteNumber("data_seed", DataSeed);
        json.WriteNumber("seconds", Math.Round(Seconds, 3));
        json.WriteStartObject("scores");
        foreach (var (part, figures) in Scores)
        {
            FigureJson.Write(json, part, figures);
        }

        json.WriteEndObject();
    }));
}
