using System.Globalization;
using System.Text.Json;
using LogMl.Shared;
using LogMl.Storage;
using LogMl.Tool.Output;
using LogMl.Tool.Storages;
using LogMl.Tool.Views;

namespace LogMl.Tool.Verbs;

/// <summary>The verb <c>studies</c>.</summary>
internal static class StudiesVerb
{
    /// <exception cref="ToolException">There is no storage, or one cannot be used.</exception>
    public static int Run(StudyRequest request, bool isJson, ToolConsole console)
    {
        var studies = StorageFinder.Find(request, console).SelectMany(location =>
        {
            using var storage = StorageOpening.ToRead(location);
            return StorageOpening.Translate(storage.ListStudies).Select(study => (Storage: storage.DisplayName, Study: study)).ToList();
        }).ToList();
        if (isJson)
        {
            JsonText.Print(console, json => Write(json, studies));
        }
        else if (studies.Count == 0)
        {
            console.Output.WriteLine("no studies");
        }
        else
        {
            Print(console, studies);
        }

        return ExitCodes.Done;
    }

    private static void Print(ToolConsole console, IReadOnlyList<(string Storage, StudySummary Study)> studies)
    {
        // Most studies have no constraints.
        var hasInfeasible = studies.Any(row => row.Study.Infeasible > 0);
        TextTable.Print(
            console,
            [
                new("study"), new("best", IsNumber: true), new("trial", IsNumber: true), new("complete", IsNumber: true),
                .. (TableColumn[])(hasInfeasible ? [new("infeasible", IsNumber: true)] : []),
                new("pruned", IsNumber: true), new("failed", IsNumber: true), new("running", IsNumber: true),
                new("waiting", IsNumber: true),
                new("last ended") { MayBeLeftOut = true }, new("storage") { MayBeLeftOut = true },
            ],
            [
                .. studies.Select(row => (string[])
                [
                    row.Study.Name,
                    row.Study.Best is { } best ? ShortNumber.Of(best.Value)
                        : row.Study.Directions.Count > 1 ? $"{Count(row.Study.Directions.Count)} objectives" : "",
                    row.Study.Best is { } trial ? Count(trial.Number) : "",
                    Count(row.Study.Complete),
                    .. (string[])(hasInfeasible ? [Count(row.Study.Infeasible)] : []),
                    Count(row.Study.Pruned), Count(row.Study.Failed), Count(row.Study.Running),
                    Count(row.Study.Waiting),
                    TrialFields.Time(row.Study.LastEnded) ?? "",
                    Path.IsPathRooted(row.Storage) ? Path.GetRelativePath(console.Folder, row.Storage) : row.Storage,
                ]),
            ]);
    }

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static void Write(Utf8JsonWriter json, IReadOnlyList<(string Storage, StudySummary Study)> studies)
    {
        json.WriteStartArray("studies");
        foreach (var (storage, study) in studies)
        {
            json.WriteStartObject();
            json.WriteString("study", study.Name);
            json.WriteString("storage", storage);
            json.WriteStartArray("directions");
            foreach (var direction in study.Directions)
            {
                json.WriteStringValue(StudyFacts.Word(direction));
            }

            json.WriteEndArray();
            json.WriteNumber("trials", study.Trials);
            json.WriteNumber("complete", study.Complete);
            json.WriteNumber("infeasible", study.Infeasible);
            json.WriteNumber("pruned", study.Pruned);
            json.WriteNumber("failed", study.Failed);
            json.WriteNumber("running", study.Running);
            json.WriteNumber("waiting", study.Waiting);
            json.WritePropertyName("best");
            if (study.Best is { } best)
            {
                json.WriteStartObject();
                json.WriteNumber("number", best.Number);
                json.WriteNumber("value", (double?)best.Value);
                json.WriteEndObject();
            }
            else
            {
                json.WriteNullValue();
            }

            json.WriteTime("first_started", study.FirstStarted);
            json.WriteTime("last_ended", study.LastEnded);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
