using LogMl.Tool.Output;
using LogMl.Tool.Storages;
using LogMl.Tool.Studies;
using LogMl.Tool.Views;

namespace LogMl.Tool.Verbs;

/// <summary>The verb <c>trial</c>.</summary>
internal static class TrialVerb
{
    /// <exception cref="ToolException">There is no such study or trial, or the storage cannot be used.</exception>
    public static int Run(StudyRequest request, int number, OutputForm form, ToolConsole console)
    {
        using var open = OpenStudy.Find(request, console);
        var study = StudyData.Read(open.Storage, open.Name);
        var trial = study.Trials.FirstOrDefault(trial => trial.Number == number) ?? throw new ToolException(
            ToolErrors.Trial,
            $"There is no trial {TrialFields.Number(number)} in '{study.Name}'. "
            + (study.Trials.Count == 0
                ? "It has none."
                : $"Its trials have the numbers 0 to {TrialFields.Number(study.Trials[^1].Number)}."));
        switch (form)
        {
            case OutputForm.Json:
                JsonText.Print(console, json =>
                {
                    TrialJson.WriteHead(json, study);
                    json.WritePropertyName("trial");
                    TrialJson.Write(json, study, trial, isWhole: true);
                });
                break;
            case OutputForm.Other:
                console.Output.Write(TrialYaml.Of(study, trial));
                break;
            default:
                TrialFields.Print(console, study, trial);
                break;
        }

        return ExitCodes.Done;
    }
}
