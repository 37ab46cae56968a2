using System.Text.Json;
using LogMl.Optimization;
using LogMl.Optimization.Distributions;
using LogMl.Shared;

namespace LogMl.Tool.AskTell;

/// <summary>
/// Writes a proposal: <c>params</c>, in which a choice is the index of its option, and <c>values</c>, in which it is the option itself.
/// Also <c>user_attrs</c>, when an earlier run of the trial has set some. A real number has a point or an exponent, because Python tells
/// 1.0 from 1.
/// </summary>
internal sealed class PointWriter(IReadOnlyList<Parameter> parameters)
{
    /// <summary>The suffix of the key of an option's index.</summary>
    public const string Index = "#index";

    /// <summary>The key of the user attributes of the trial.</summary>
    public const string UserAttributes = "user_attrs";

    public void Write(Utf8JsonWriter json, TrialView trial)
    {
        var point = trial.Values;
        json.WriteStartObject();
        json.WriteStartObject("params");
        WriteAll(point, (parameter, value) =>
        {
            json.WritePropertyName(parameter.Distribution is ChoiceDistribution ? parameter.Name + Index : parameter.Name);
            WriteNumber(json, value, parameter.Distribution.IsInteger);
        });
        json.WriteEndObject();
        json.WriteStartObject("values");
        WriteAll(point, (parameter, value) =>
        {
            json.WritePropertyName(parameter.Name);
            if (parameter.Distribution is ChoiceDistribution choice)
            {
                OptionJson.Write(json, choice.Options[(int)value]);
            }
            else
            {
                WriteNumber(json, value, parameter.Distribution.IsInteger);
            }
        });
        json.WriteEndObject();
        if (trial.UserAttributes.Count > 0)
        {
            json.WriteStartObject(UserAttributes);
            foreach (var (name, value) in trial.UserAttributes)
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteAll(IReadOnlyDictionary<string, double> point, Action<Parameter, double> write)
    {
        foreach (var parameter in parameters)
        {
            if (point.TryGetValue(parameter.Name, out var value))
            {
                write(parameter, value);
            }
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, double value, bool isInteger)
    {
        if (isInteger)
        {
            json.WriteNumberValue((long)value);
        }
        else
        {
            OptionJson.WriteReal(json, value);
        }
    }
}
