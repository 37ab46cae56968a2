using System.Text.Json;
using LogMl.Optimization;

namespace LogMl.Storage.Encoding;

/// <summary>Values of parameters as the storage has them.</summary>
internal static class StoredValue
{
    /// <summary>By how much, relative to the step or to the value, another program's arithmetic may be off.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>The value of the distribution that a stored number means. Another program computes the points of a grid in its own way, and includes upper bounds.</summary>
    /// <returns>Null when the distribution has no such value.</returns>
    public static double? Read(Distribution distribution, double stored)
    {
        if (distribution.Contains(stored))
        {
            return stored;
        }

        if (distribution is not NumericDistribution number || !double.IsFinite(stored))
        {
            return null;
        }

        var near = number.Quantum is { } q
            ? Math.Round(stored / q, MidpointRounding.ToEven) * q
            : stored >= number.Highest ? Math.Max(number.Lowest, Math.BitDecrement(number.Highest)) : Math.Max(number.Lowest, stored);
        var scale = number.Quantum ?? Math.Abs(near);
        return Math.Abs(near - stored) <= Tolerance * scale && distribution.Contains(near) ? near : null;
    }

    /// <summary>The number that stands for a value of the distribution. <see cref="Read"/> gives the value back, to the last digit.</summary>
    public static double Write(Distribution distribution, double value) =>
        distribution is NumericDistribution { Quantum: { } q, IsInteger: false } ? DistributionJson.Multiple(Math.Round(value / q, MidpointRounding.ToEven), q) : value;

    /// <summary>A waiting trial's values: an object by name, with the options themselves.</summary>
    public static string WriteFixed(IReadOnlyList<Parameter> parameters, IReadOnlyDictionary<string, double> values) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        foreach (var parameter in parameters.Where(parameter => values.ContainsKey(parameter.Name)))
        {
            var value = values[parameter.Name];
            json.WritePropertyName(parameter.Name);
            if (parameter.Distribution is ChoiceDistribution choice)
            {
                ChoiceLabel.Write(json, choice.Options[(int)value]);
            }
            else if (parameter.Distribution.IsInteger)
            {
                json.WriteNumberValue((long)value);
            }
            else
            {
                ChoiceLabel.WriteReal(json, Write(parameter.Distribution, value));
            }
        }

        json.WriteEndObject();
    });

    /// <returns>The values by name, with indices; those of parameters that the space does not have, or cannot have, are left out: the sampler proposes them.</returns>
    public static Dictionary<string, double> ReadFixed(IReadOnlyList<Parameter> parameters, string text)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(text);
            foreach (var parameter in parameters)
            {
                if (document.RootElement.TryGetProperty(parameter.Name, out var given) && ReadFixed(parameter.Distribution, given) is { } value)
                {
                    values[parameter.Name] = value;
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Another program's attribute of this name.
        }

        return values;
    }

    private static double? ReadFixed(Distribution distribution, JsonElement given)
    {
        if (distribution is not ChoiceDistribution choice)
        {
            return given.ValueKind == JsonValueKind.Number ? Read(distribution, given.GetDouble()) : null;
        }

        var text = ChoiceLabel.Text(given);
        for (var i = 0; i < choice.Options.Count; i++)
        {
            if (ChoiceLabel.Text(choice.Options[i]) == text)
            {
                return i;
            }
        }

        return null;
    }
}
