using System.Globalization;
using LogMl.Tool.Output;
using LogMl.Tool.Storages;
using LogMl.Tool.Studies;
using LogMl.Tool.Views;

namespace LogMl.Tool.Verbs;

/// <summary>The verb <c>show</c>.</summary>
internal static class ShowVerb
{
    /// <exception cref="ToolException">There is no such study, or its storage cannot be used.</exception>
    public static int Run(StudyRequest request, bool isJson, ToolConsole console)
    {
        using var open = OpenStudy.Find(request, console);
        var study = StudyData.Read(open.Storage, open.Name);
        if (isJson)
        {
            JsonText.Print(console, json => StudyJson.Write(json, study));
        }
        else
        {
            Print(console, study);
        }

        return ExitCodes.Done;
    }

    private static void Print(ToolConsole console, StudyData study)
    {
        var fields = new FieldList()
            .Add("study", study.Name)
            .Add("storage", study.Content.Storage)
            .Add("objective", string.Join(", ", study.Objectives.Select(objective => $"{StudyFacts.Word(objective.Direction)} {objective.Name}")))
            .Add("algorithm", StudyFacts.Algorithm(study))
            .Add("space", study.Content.Space is null ? "none that all trials have in common; the parameters are those of any trial" : null)
            .Add("trials", Counts(study))
            .Add("machines", HostsTable.Counts(study))
            .Add("first started", TrialFields.Time(study.Trials.Min(trial => trial.Started)))
            .Add("last ended", TrialFields.Time(study.Trials.Max(trial => trial.Ended)));
        if (study.Best is { } best)
        {
            var result = study.Objectives.Zip(best.Objectives, (objective, value) => $"{objective.Name} {TrialFields.Number(value)}");
            fields.Add("best", $"trial {TrialFields.Number(best.Number)}: {string.Join(", ", result)}");
        }

        fields.Add("front", study.Objectives.Count > 1 ? $"{TrialFields.Number(study.Front.Count)} trials" : null);
        foreach (var (name, value) in StudyFacts.Attributes(study))
        {
            fields.Add(name, value.ToString());
        }

        fields.Print(console);
        HostsTable.Print(console, study);
        var distributions = StudyFacts.Distributions(study);
        if (study.Parameters.Count > 0)
        {
            console.Output.WriteLine();
            TextTable.Print(
                console, [new TableColumn("parameter"), new TableColumn("values")],
                [
                    .. study.Parameters.Select(parameter =>
                        (string[])[parameter.Name, distributions.GetValueOrDefault(parameter.Name) ?? ""]),
                ]);
        }
    }

    private static string Counts(StudyData study) => study.Trials.Count == 0 ? "none" : string.Join(", ", TrialWords.All
        .Select(state => (state, count: study.Trials.Count(trial => trial.State == state))).Where(row => row.count > 0)
        .Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.count} {row.state}")));
}
