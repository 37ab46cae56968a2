using System.Globalization;
using System.Text.Json;
using LogMl.Shared;
using LogMl.Shared.Spaces;
using LogMl.Storage;
using LogMl.Tool.Output;
using LogMl.Tool.Storages;
using LogMl.Tool.Studies;
using LogMl.Tool.Views;

namespace LogMl.Tool.Verbs;

/// <summary>The verb <c>studies</c>.</summary>
internal static class StudiesVerb
{
    /// <summary>The trials by state. The table has a rare one only where a study has such trials.</summary>
    private static readonly (string Name, Func<StudySummary, int> Of, bool IsRare)[] Counts =
    [
        (TrialCsvRows.Complete, study => study.Complete, false),
        (TrialWords.Infeasible, study => study.Infeasible, true),
        (TrialCsvRows.Pruned, study => study.Pruned, false),
        (TrialCsvRows.Failed, study => study.Failed, false),
        (TrialCsvRows.Repeated, study => study.Repeated, true),
        (TrialWords.Running, study => study.Running, false),
        (TrialWords.Waiting, study => study.Waiting, false),
    ];

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
        var counts = Counts.Where(count => !count.IsRare || studies.Any(row => count.Of(row.Study) > 0)).ToList();
        TextTable.Print(
            console,
            [
                new("study"), new("best", IsNumber: true), new("trial", IsNumber: true),
                .. counts.Select(count => new TableColumn(count.Name, IsNumber: true)),
                new("last ended") { MayBeLeftOut = true }, new("storage") { MayBeLeftOut = true },
            ],
            [
                .. studies.Select(row => (string[])
                [
                    row.Study.Name,
                    row.Study.Best is { } best ? ShortNumber.Of(best.Value)
                        : row.Study.Directions.Count > 1 ? $"{Count(row.Study.Directions.Count)} objectives" : "",
                    row.Study.Best is { } trial ? Count(trial.Number) : "",
                    .. counts.Select(count => Count(count.Of(row.Study))),
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
            foreach (var (name, count, _) in Counts)
            {
                json.WriteNumber(name, count(study));
            }

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
