using System.Globalization;
using System.Text.Json;
using LogMl.Report;
using LogMl.Shared;
using LogMl.Tool.Output;
using LogMl.Tool.Storages;
using LogMl.Tool.Studies;
using LogMl.Tool.Views;

namespace LogMl.Tool.Verbs;

/// <summary>The verb <c>compare</c>.</summary>
internal static class CompareVerb
{
    /// <summary>After how many trials the best one so far is compared.</summary>
    private static readonly int[] Marks = [10, 25, 50, 100, 250, 500, 1000];

    /// <exception cref="ToolException">There are no such studies, or a storage cannot be used.</exception>
    public static int Run(IReadOnlyList<StudyRequest> requests, IReadOnlyList<string> names, bool isJson, ToolConsole console)
    {
        var studies = requests.SelectMany(request => StorageFinder.Find(request, console)).SelectMany(location =>
        {
            using var storage = StorageOpening.ToRead(location);
            return StorageOpening.Translate(() => storage.ListNames().Where(name => names.Count == 0 || names.Contains(name))
                .Select(name => StudyData.Read(storage, name)).ToList());
        }).ToList();
        if (names.FirstOrDefault(name => studies.TrueForAll(study => study.Name != name)) is { } missing)
        {
            throw new ToolException(ToolErrors.Study, $"There is no study '{missing}'.");
        }

        if (studies.Count < 2)
        {
            throw new ToolException(
                ToolErrors.Study, $"There {(studies.Count == 0 ? "is no study" : "is one study only")}, and two or more are compared.");
        }

        if (isJson)
        {
            JsonText.Print(console, json => Write(json, studies));
        }
        else
        {
            Print(console, studies);
        }

        return ExitCodes.Done;
    }

    private static void Print(ToolConsole console, List<StudyData> studies)
    {
        var marks = Marks.Where(mark => studies.Exists(study => study.Trials.Count > mark)).ToArray();
        TextTable.Print(
            console,
            [
                new TableColumn("study"), new TableColumn("objective"), new TableColumn("best", IsNumber: true),
                new TableColumn("trial", IsNumber: true), new TableColumn("trials", IsNumber: true),
                new TableColumn("most important") { MayBeLeftOut = true },
                .. marks.Select(mark =>
                    new TableColumn(string.Create(CultureInfo.InvariantCulture, $"after {mark}"), IsNumber: true) { MayBeLeftOut = true }),
                new TableColumn("storage") { MayBeLeftOut = true },
            ],
            [
                .. studies.Select(study => (string[])
                [
                    study.Name,
                    string.Join(", ", study.Objectives.Select(objective => objective.Name)),
                    study.Best is { } best ? string.Join(", ", best.Objectives.Select(ShortNumber.Of)) : "",
                    study.Best is { } trial ? TrialFields.Number(trial.Number) : "",
                    TrialFields.Number(study.Trials.Count),
                    MostImportant(study) ?? "",
                    .. marks.Select(mark => BestAfter(study, mark) is { } value ? ShortNumber.Of(value) : ""),
                    Path.IsPathRooted(study.Content.Storage)
                        ? Path.GetRelativePath(console.Folder, study.Content.Storage)
                        : study.Content.Storage,
                ]),
            ]);
    }

    private static void Write(Utf8JsonWriter json, List<StudyData> studies)
    {
        json.WriteStartArray("studies");
        foreach (var study in studies)
        {
            json.WriteStartObject();
            StudyJson.Write(json, study);
            json.WriteString("most_important", MostImportant(study));
            json.WriteStartObject("best_after");
            foreach (var mark in Marks.Where(mark => study.Trials.Count > mark))
            {
                json.WriteNumber(mark.ToString(CultureInfo.InvariantCulture), BestAfter(study, mark));
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>
    /// The best value of the first objective among the first trials; null where there is none, or there are fewer trials.
    /// </summary>
    private static double? BestAfter(StudyData study, int trials) => study.Trials.Count <= trials
        ? null
        : study.Trials.Take(trials).Where(trial => trial.Rank is not null).MinBy(trial => trial.Rank)?.Objectives[0];

    /// <summary>The parameter with the greatest share in the variance of the first objective; null when no importance is known.</summary>
    private static string? MostImportant(StudyData study) => study.Content is { View.History: { } history, Space: { } space }
        && StudyImportance.Of(history, space) is [{ Fanova: [var first, ..] }, ..]
        && first.Value > 0
            ? first.Key
            : null;
}
