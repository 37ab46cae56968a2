using System.Globalization;
using System.Text.Json;
using LogMl.Optimization;
using LogMl.Shared;

namespace LogMl.Storage.Encoding;

/// <summary>
/// The whole search space with its true priors, in the form that ask-tell reads: <c>{"params":[{"name":"x","dist":"normal","args":[0,1]}]}</c>. It is an attribute of
/// the study, because Optuna's distributions lack some of it.
/// </summary>
internal static class SpaceJson
{
    public static string Write(SearchSpace space) => ReadableJson.Write(json => Write(json, space));

    private static void Write(Utf8JsonWriter json, SearchSpace space)
    {
        json.WriteStartObject();
        WriteParameters(json, space);
        json.WriteEndObject();
    }

    private static void WriteParameters(Utf8JsonWriter json, SearchSpace space)
    {
        json.WriteStartArray("params");
        foreach (var (name, distribution) in space)
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
                json.WriteStartArray("args");
                foreach (var argument in Arguments(distribution))
                {
                    json.WriteRawValue(argument.ToString("R", CultureInfo.InvariantCulture));
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
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

    private static IEnumerable<double> Arguments(Distribution distribution)
    {
        double[] bounds = distribution switch
        {
            UniformDistribution uniform => [uniform.Low, uniform.High],
            NormalDistribution normal => [normal.Mu, normal.Sigma],
            RandIntDistribution integer => [integer.Low, integer.High],
            _ => throw new ArgumentException($"The distribution {distribution.Name} cannot be stored.", nameof(distribution)),
        };
        return distribution is NumericDistribution { Quantum: { } q, IsInteger: false } ? [.. bounds, q] : bounds;
    }
}
