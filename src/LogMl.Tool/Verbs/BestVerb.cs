using LogMl.Tool.Output;
using LogMl.Tool.Storages;
using LogMl.Tool.Studies;
using LogMl.Tool.Views;

namespace LogMl.Tool.Verbs;

/// <summary>The verb <c>best</c>.</summary>
internal static class BestVerb
{
    /// <exception cref="ToolException">There is no such study, it has no best trial, or its storage cannot be used.</exception>
    public static int Run(StudyRequest request, OutputForm form, ToolConsole console)
    {
        using var open = OpenStudy.Find(request, console);
        var study = StudyData.Read(open.Storage, open.Name);
        if (study.Best is not { } best)
        {
            throw new ToolException(ToolErrors.Trial, Missing(study));
        }

        switch (form)
        {
            case OutputForm.Json:
                JsonText.Print(console, json =>
                {
                    TrialJson.WriteHead(json, study);
                    json.WritePropertyName("best");
                    TrialJson.Write(json, study, best, isWhole: false);
                    json.WriteStartArray("front");
                    foreach (var trial in study.Front)
                    {
                        TrialJson.Write(json, study, trial, isWhole: false);
                    }

                    json.WriteEndArray();
                });
                break;
            case OutputForm.Other:
                console.Output.Write(TrialYaml.Of(study, best));
                break;
            default:
                Print(console, study, best);
                break;
        }

        return ExitCodes.Done;
    }

    private static void Print(ToolConsole console, StudyData study, TrialData best)
    {
        TrialFields.Print(console, study, best);
        if (study.Objectives.Count > 1)
        {
            console.Output.WriteLine();
            console.Output.WriteLine("The trials that no other one beats:");
            TrialsTable.Print(console, study, study.Front);
        }
    }

    private static string Missing(StudyData study) => study.Content.View?.LeastViolating is { } nearest
        ? $"No trial of '{study.Name}' keeps the constraints; trial {TrialFields.Number(nearest.Number)} violates them least."
        : $"No trial of '{study.Name}' is complete, so none is the best.";
}
