using System.Text.Json;
using LogMl.Optimization;

namespace LogMl.Storage.Encoding;

/// <summary>
/// Distributions in Optuna's JSON. Optuna has no normal distribution, no rounding of logarithms and no weights: for those the stored one is the nearest that has all values,
/// and the true one is in the study's attribute (<see cref="SpaceJson"/>).
/// </summary>
internal static class DistributionJson
{
    /// <summary>So many standard deviations of a normal distribution count as its range; what lies beyond never comes.</summary>
    private const double NormalRange = 10;

    public static string Write(Distribution distribution) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        switch (distribution)
        {
            case ChoiceDistribution choice:
                json.WriteString("name", "CategoricalDistribution");
                json.WriteStartObject("attributes");
                json.WriteStartArray("choices");
                foreach (var option in choice.Options)
                {
                    ChoiceLabel.Write(json, option);
                }

                json.WriteEndArray();
                break;
            case RandIntDistribution integer:
                WriteInteger(json, integer.Low, integer.High - 1);
                break;
            case NumericDistribution { IsInteger: true } integer:
                WriteInteger(json, (long)integer.Lowest, (long)integer.Highest);
                break;
            case NumericDistribution number:
                WriteFloat(json, number);
                break;
            default:
                throw new ArgumentException($"The distribution {distribution.Name} cannot be stored.", nameof(distribution));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void WriteInteger(Utf8JsonWriter json, long low, long high)
    {
        json.WriteString("name", "IntDistribution");
        json.WriteStartObject("attributes");
        json.WriteBoolean("log", false);
        json.WriteNumber("step", 1);
        json.WriteNumber("low", low);
        json.WriteNumber("high", high);
    }

    private static void WriteFloat(Utf8JsonWriter json, NumericDistribution number)
    {
        var (low, high) = number is NormalDistribution normal ? Range(normal) : (number.Lowest, number.Highest);

        // Optuna refuses a step together with a logarithm.
        var isLog = number.IsLog && number.Quantum is null;
        if (number.Quantum is { } q)
        {
            low = Multiple(Math.Round(low / q, MidpointRounding.ToEven), q);
            high = Multiple(Math.Round(high / q, MidpointRounding.ToEven), q);
        }

        json.WriteString("name", "FloatDistribution");
        json.WriteStartObject("attributes");
        json.WritePropertyName("step");
        if (number.Quantum is { } step)
        {
            ChoiceLabel.WriteReal(json, step);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WritePropertyName("low");
        ChoiceLabel.WriteReal(json, low);
        json.WritePropertyName("high");
        ChoiceLabel.WriteReal(json, high);
        json.WriteBoolean("log", isLog);
    }

    /// <summary>Infinity would be no JSON.</summary>
    private static (double Low, double High) Range(NormalDistribution normal)
    {
        var low = normal.Mu - (NormalRange * normal.Sigma);
        var high = normal.Mu + (NormalRange * normal.Sigma);
        return normal.IsLog
            ? (Math.Clamp(Math.Exp(low), normal.Quantum is null ? double.Epsilon : 0, double.MaxValue), Math.Clamp(Math.Exp(high), double.Epsilon, double.MaxValue))
            : (Math.Clamp(low, -double.MaxValue, double.MaxValue), Math.Clamp(high, -double.MaxValue, double.MaxValue));
    }

    /// <summary>Optuna checks in decimal numbers that the range is a multiple of the step: 3 * 0.1 shall be 0.3, not 0.30000000000000004. So the values are written, too: else
    /// the greatest of them would lie above the range.</summary>
    public static double Multiple(double quanta, double q)
    {
        const double Exact = 1e15;
        return Math.Abs(quanta) < Exact && q is > 1e-12 and < 1e12 ? (double)((decimal)quanta * (decimal)q) : quanta * q;
    }
}
