using System.Globalization;
using System.Text.Json;
using LogMl.Optimization.Distributions;

namespace LogMl.Optimization.Json;

/// <summary>Writes a search space in the grammar that <see cref="SpaceReader"/> reads.</summary>
internal static class SpaceWriter
{
    public static string Write(SearchSpace space) => ReadableJson.Write(json =>
    {
        json.WriteStartObject();
        WriteParameters(json, space);
        json.WriteEndObject();
    });

    private static void WriteParameters(Utf8JsonWriter json, SearchSpace space)
    {
        json.WriteStartArray("params");
        foreach ((var name, var distribution) in space)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("dist", distribution.Name);
            if (distribution is ChoiceDistribution choice)
            {
                WriteOptions(json, choice);
            }
            else
            {
                WriteArguments(json, (NumericDistribution)distribution);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteArguments(Utf8JsonWriter json, NumericDistribution number)
    {
        json.WriteStartArray("args");
        foreach (var argument in number.Arguments)
        {
            json.WriteRawValue(argument.ToString("R", CultureInfo.InvariantCulture));
        }

        json.WriteEndArray();
    }

    private static void WriteOptions(Utf8JsonWriter json, ChoiceDistribution choice)
    {
        json.WriteStartArray("options");
        for (var i = 0; i < choice.Options.Count; i++)
        {
            if (choice.Branches[i] is { } branch)
            {
                json.WriteStartObject();
                json.WritePropertyName("label");
                OptionJson.Write(json, branch.Value);
                WriteParameters(json, branch.Parameters);
                json.WriteEndObject();
            }
            else
            {
                OptionJson.Write(json, choice.Options[i]);
            }
        }

        json.WriteEndArray();
        if (choice.Name == "pchoice")
        {
            json.WriteStartArray("probs");
            foreach (var probability in choice.Probabilities)
            {
                json.WriteNumberValue(probability);
            }

            json.WriteEndArray();
        }
    }
}
