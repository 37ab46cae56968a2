using System.Globalization;
using System.Text.Json;
using LogMl.Optimization;
using LogMl.Report.Reading;
using LogMl.Shared;
using LogMl.Storage;
using LogMl.Storage.Encoding;
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
            JsonText.Print(console, json => Write(json, study));
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
            .Add("objective", string.Join(", ", study.Objectives.Select(objective => $"{Word(objective)} {objective.Name}")))
            .Add("algorithm", Algorithm(study))
            .Add("space", study.Content.Space is null ? "none that all trials have in common; the parameters are those of any trial" : null)
            .Add("trials", Counts(study))
            .Add("first started", TrialFields.Time(study.Trials.Min(trial => trial.Started)))
            .Add("last ended", TrialFields.Time(study.Trials.Max(trial => trial.Ended)));
        if (study.Best is { } best)
        {
            var result = study.Objectives.Zip(best.Objectives, (objective, value) => $"{objective.Name} {TrialFields.Number(value)}");
            fields.Add("best", $"trial {TrialFields.Number(best.Number)}: {string.Join(", ", result)}");
        }

        fields.Add("front", study.Objectives.Count > 1 ? $"{TrialFields.Number(study.Front.Count)} trials" : null);
        foreach (var (name, value) in Attributes(study))
        {
            fields.Add(name, value.ToString());
        }

        fields.Print(console);
        var distributions = Distributions(study);
        if (study.Parameters.Count > 0)
        {
            console.Output.WriteLine();
            TextTable.Print(
                console, [new TableColumn("parameter"), new TableColumn("values")],
                [.. study.Parameters.Select(parameter => (string[])[parameter.Name, distributions.GetValueOrDefault(parameter.Name) ?? ""])]);
        }
    }

    private static void Write(Utf8JsonWriter json, StudyData study)
    {
        TrialJson.WriteHead(json, study);
        json.WriteStartArray("objectives");
        foreach (var objective in study.Objectives)
        {
            json.WriteStartObject();
            json.WriteString("name", objective.Name);
            json.WriteString("direction", Word(objective));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("algorithm", Algorithm(study));
        json.WriteStartObject("trials");
        foreach (var state in TrialWords.All)
        {
            json.WriteNumber(state, study.Trials.Count(trial => trial.State == state));
        }

        json.WriteEndObject();
        json.WriteTime("first_started", study.Trials.Min(trial => trial.Started));
        json.WriteTime("last_ended", study.Trials.Max(trial => trial.Ended));
        json.WritePropertyName("best");
        TrialJson.Write(json, study, study.Best, isWhole: false);
        json.WriteStartArray("front");
        foreach (var trial in study.Front)
        {
            json.WriteNumberValue((decimal)trial.Number);
        }

        json.WriteEndArray();
        var distributions = Distributions(study);
        json.WriteStartObject("parameters");
        foreach (var parameter in study.Parameters)
        {
            json.WriteString(parameter.Name, distributions.GetValueOrDefault(parameter.Name));
        }

        json.WriteEndObject();
        json.WriteStartObject("user_attributes");
        foreach (var (name, value) in Attributes(study))
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static string Counts(StudyData study) => study.Trials.Count == 0 ? "none" : string.Join(", ", TrialWords.All
        .Select(state => (state, count: study.Trials.Count(trial => trial.State == state))).Where(row => row.count > 0)
        .Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.count} {row.state}")));

    private static string Word(StudyObjective objective) =>
        objective.Direction == Direction.Maximize ? ObjectiveWords.Maximize : ObjectiveWords.Minimize;

    private static string? Algorithm(StudyData study) => NoteReader.Text(study.Content.Study.Attributes, StoredStudy.AlgorithmKey);

    private static IReadOnlyDictionary<string, JsonElement> Attributes(StudyData study) =>
        StoredAttributes.Read([.. study.Content.Study.Attributes.Where(attribute => !StudyStorage.IsOwnKey(attribute.Key))]);

    /// <summary>What the values of a parameter are in words: its latest distribution.</summary>
    private static Dictionary<string, string> Distributions(StudyData study) => study.Content.Distributions
        .GroupBy(pair => pair.Name, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Last().Distribution.Description, StringComparer.Ordinal);
}
