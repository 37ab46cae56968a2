using LogMl.Tool.Filters;
using LogMl.Tool.Output;
using LogMl.Tool.Storages;
using LogMl.Tool.Studies;
using LogMl.Tool.Views;

namespace LogMl.Tool.Verbs;

/// <summary>The verb <c>trials</c>.</summary>
internal static class TrialsVerb
{
    /// <exception cref="ToolException">
    /// There is no such study, the filter cannot be read, or the storage cannot be used.
    /// </exception>
    public static int Run(StudyRequest request, TrialsRequest wanted, ToolConsole console)
    {
        if (wanted.Best < 1)
        {
            throw new ToolException(ToolErrors.Usage, "--best must be a number from 1.");
        }

        using var open = OpenStudy.Find(request, console);
        var study = StudyData.Read(open.Storage, open.Name);
        var trials = Select(study, wanted);
        switch (wanted.Form)
        {
            case OutputForm.Json:
                JsonText.Print(console, json =>
                {
                    TrialJson.WriteHead(json, study);
                    json.WriteStartArray("trials");
                    foreach (var trial in trials)
                    {
                        TrialJson.Write(json, study, trial, isWhole: false);
                    }

                    json.WriteEndArray();
                });
                break;
            case OutputForm.Other:
                TrialCsv.Write(console.Output, study, trials);
                break;
            default:
                TrialsTable.Print(console, study, trials);
                break;
        }

        return ExitCodes.Done;
    }

    private static IReadOnlyList<TrialData> Select(StudyData study, TrialsRequest wanted)
    {
        var holds = wanted.Filter is { } text ? TrialFilter.Read(text, study) : _ => true;
        var selected = study.Trials.Where(holds);
        return wanted.Best is { } count
            ? [.. selected.Where(trial => trial.Rank is not null).OrderBy(trial => trial.Rank).Take(count)]
            : [.. selected];
    }
}
