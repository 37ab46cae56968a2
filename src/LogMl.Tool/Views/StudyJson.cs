using System.Text.Json;
using LogMl.Tool.Output;
using LogMl.Tool.Studies;

namespace LogMl.Tool.Views;

/// <summary>A study as JSON.</summary>
internal static class StudyJson
{
    /// <summary>Writes what it is and what is best in it.</summary>
    public static void Write(Utf8JsonWriter json, StudyData study)
    {
        TrialJson.WriteHead(json, study);
        json.WriteStartArray("objectives");
        foreach (var objective in study.Objectives)
        {
            json.WriteStartObject();
            json.WriteString("name", objective.Name);
            json.WriteString("direction", StudyFacts.Word(objective.Direction));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("algorithm", StudyFacts.Algorithm(study));
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
        HostsTable.Write(json, study);
        json.WriteStartArray("front");
        foreach (var trial in study.Front)
        {
            json.WriteNumberValue((decimal)trial.Number);
        }

        json.WriteEndArray();
        var distributions = StudyFacts.Distributions(study);
        json.WriteStartObject("parameters");
        foreach (var parameter in study.Parameters)
        {
            json.WriteString(parameter.Name, distributions.GetValueOrDefault(parameter.Name));
        }

        json.WriteEndObject();
        json.WriteStartObject("user_attributes");
        foreach (var (name, value) in StudyFacts.Attributes(study))
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the same, and all trials with all that they have.</summary>
    public static void WriteWhole(Utf8JsonWriter json, StudyData study)
    {
        Write(json, study);
        json.WriteStartArray("all_trials");
        foreach (var trial in study.Trials)
        {
            TrialJson.Write(json, study, trial, isWhole: true);
        }

        json.WriteEndArray();
    }
}
