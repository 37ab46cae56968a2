using System.Globalization;
using System.Text.Json;
using LogMl.Report;
using LogMl.Tool.Output;
using LogMl.Tool.Storages;
using LogMl.Tool.Studies;
using LogMl.Tool.Views;

namespace LogMl.Tool.Verbs;

/// <summary>The verb <c>importance</c>.</summary>
internal static class ImportanceVerb
{
    /// <exception cref="ToolException">There is no such study, or no importance can be estimated.</exception>
    public static int Run(StudyRequest request, bool isJson, ToolConsole console)
    {
        using var open = OpenStudy.Find(request, console);
        var study = StudyData.Read(open.Storage, open.Name);
        if (study.Content is not { View.History: { } history, Space: { } space })
        {
            throw new ToolException(
                ToolErrors.Importance,
                $"The importance in '{study.Name}' cannot be estimated, because its trials have no search space in common.");
        }

        var importances = StudyImportance.Of(history, space);
        if (importances.Count == 0)
        {
            throw new ToolException(
                ToolErrors.Importance,
                $"The importance in '{study.Name}' cannot be estimated: it takes at least four complete trials, and parameters.");
        }

        if (isJson)
        {
            JsonText.Print(console, json => Write(json, study, importances));
        }
        else
        {
            Print(console, study, importances);
        }

        return ExitCodes.Done;
    }

    private static void Print(ToolConsole console, StudyData study, IReadOnlyList<ObjectiveImportance> importances)
    {
        foreach (var importance in importances)
        {
            if (importances.Count > 1)
            {
                console.Output.WriteLine(LogMl.Shared.VisibleText.Of(study.Objectives[importance.Objective].Name));
            }

            var others = importance.PedAnova.ToDictionary(StringComparer.Ordinal);
            TextTable.Print(
                console,
                [new TableColumn("parameter"), new TableColumn("fANOVA", IsNumber: true), new TableColumn("PED-ANOVA", IsNumber: true)],
                [
                    .. importance.Fanova.Select(row =>
                        (string[])[row.Key, Share(row.Value), Share(others.GetValueOrDefault(row.Key))]),
                ]);
            console.Output.WriteLine(importance.Trials == importance.CompleteTrials
                ? string.Create(CultureInfo.InvariantCulture, $"of {importance.Trials} complete trials")
                : string.Create(
                    CultureInfo.InvariantCulture, $"estimated from {importance.Trials} of {importance.CompleteTrials} complete trials"));
        }
    }

    private static void Write(Utf8JsonWriter json, StudyData study, IReadOnlyList<ObjectiveImportance> importances)
    {
        TrialJson.WriteHead(json, study);
        json.WriteStartArray("importance");
        foreach (var importance in importances)
        {
            json.WriteStartObject();
            json.WriteString("objective", study.Objectives[importance.Objective].Name);
            json.WriteNumber("trials", importance.Trials);
            json.WriteNumber("complete_trials", importance.CompleteTrials);
            json.WriteNumbers("fanova", importance.Fanova);
            json.WriteNumbers("ped_anova", importance.PedAnova);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Share(double share) => share.ToString("P1", CultureInfo.InvariantCulture);
}
