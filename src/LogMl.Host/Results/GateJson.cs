using System.Text.Json;
using LogMl.Shared;

namespace LogMl.Host.Results;

/// <summary>Writes what the gate says as JSON.</summary>
internal static class GateJson
{
    /// <param name="json">Receives the object.</param>
    /// <param name="name">Its name.</param>
    /// <param name="gate">What the gate says; null, which is written as null, when the build asks for none.</param>
    public static void Write(Utf8JsonWriter json, string name, GateOutcome? gate)
    {
        if (gate is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("outcome", gate.Word);
        json.WriteString("reason", gate.Reason);
        json.WriteString("other_rows", gate.OtherRows);
        json.WriteStartArray("checks");
        foreach (var check in gate.Checks)
        {
            Write(json, check);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, GateCheck check)
    {
        json.WriteStartObject();
        json.WriteString("property", check.Property);
        json.WriteBoolean("passed", check.IsPassed);
        json.WriteNumber("trial", check.Trial);
        json.WriteString("score", check.Score);
        FigureJson.Write(json, "value", check.Value);
        json.WriteNumber("limit", check.Limit);
        json.WritePropertyName("standard_error");
        if (check.StandardError is { } error)
        {
            json.WriteNumberValue(error);
        }
        else
        {
            json.WriteNullValue();
        }

        if (check.Baseline is not { } baseline)
        {
            json.WriteNull("baseline");
        }
        else
        {
            json.WriteStartObject("baseline");
            json.WriteNumber("value", baseline.Value);
            json.WriteNumber("trial", baseline.Trial);
            json.WriteNumber("tolerance", baseline.Tolerance);
            json.WriteNumber("noise", baseline.Noise);
            json.WriteNumber("folds", baseline.Folds);
            json.WriteBoolean("fold_by_fold", baseline.IsPaired);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
