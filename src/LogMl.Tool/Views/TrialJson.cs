using System.Text.Json;
using LogMl.Shared.Spaces;
using LogMl.Tool.Filters;
using LogMl.Tool.Output;
using LogMl.Tool.Studies;

namespace LogMl.Tool.Views;

/// <summary>A trial as an object of JSON.</summary>
internal static class TrialJson
{
    /// <summary>Writes the property <c>study</c>, and that of its storage.</summary>
    public static void WriteHead(Utf8JsonWriter json, StudyData study)
    {
        json.WriteString("study", study.Name);
        json.WriteString("storage", study.Content.Storage);
    }

    /// <summary>Writes the object; null for no trial.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="study">The study.</param>
    /// <param name="trial">The trial, or null.</param>
    /// <param name="isWhole">Whether it has the intermediate values the stack trace and the output too.</param>
    public static void Write(Utf8JsonWriter json, StudyData study, TrialData? trial, bool isWhole)
    {
        if (trial is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteNumber("number", trial.Number);
        json.WriteString("state", trial.State);
        json.WriteNumbers("objectives", study.Objectives.Select(objective => objective.Name).Zip(trial.Objectives, KeyValuePair.Create));
        json.WriteNumbers("scores", trial.Scores);
        json.WriteNumber(FilterNames.LastReport, trial.LastReport);
        if (trial.Rank is { } rank)
        {
            json.WriteNumber("rank", rank);
        }
        else
        {
            json.WriteNull("rank");
        }

        json.WriteNumber("violation", trial.Violation);
        WriteParameters(json, study.Parameters, trial);
        json.WriteTime("started", trial.Started);
        json.WriteTime("finished", trial.Ended);
        json.WriteNumber("seconds", trial.Seconds);
        json.WriteString("host", trial.Host);
        json.WriteString("worker", trial.Worker);
        json.WriteString("step", trial.FailStep);
        json.WriteString("message", trial.Reason);
        json.WriteStartArray("repeats");
        foreach (var number in trial.Repeats)
        {
            json.WriteNumberValue((decimal)number);
        }

        json.WriteEndArray();
        json.WriteStartObject("user_attributes");
        foreach (var (name, value) in trial.UserAttributes)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
        if (isWhole)
        {
            WriteRest(json, trial);
        }

        json.WriteEndObject();
    }

    private static void WriteParameters(Utf8JsonWriter json, IReadOnlyList<SpaceParameter> parameters, TrialData trial)
    {
        json.WriteStartObject("parameters");
        foreach (var parameter in parameters)
        {
            if (trial.Values.TryGetValue(parameter.Name, out var value))
            {
                json.WritePropertyName(parameter.Name);
                if (double.IsFinite(value))
                {
                    parameter.Write(json, value);
                }
                else
                {
                    json.WriteNumberValue((double?)value);
                }
            }
        }

        json.WriteEndObject();
    }

    private static void WriteRest(Utf8JsonWriter json, TrialData trial)
    {
        json.WriteStartArray("intermediate_values");
        foreach (var (step, value) in trial.Reports)
        {
            json.WriteStartObject();
            json.WriteNumber("step", (decimal)step);
            json.WriteNumber("value", (double?)value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("stack", trial.Stack);
        json.WriteString("output", trial.Output);
    }
}
