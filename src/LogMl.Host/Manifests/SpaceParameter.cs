using System.Globalization;
using System.Text.Json;
using LogMl.Host.Sampling;
using LogMl.Optimization;

namespace LogMl.Host.Manifests;

/// <summary>One parameter of the search space, as the manifest has it.</summary>
/// <param name="Name">Step and parameter: <c>model_train.learning_rate</c>.</param>
/// <param name="Distribution">What the engine draws from.</param>
/// <param name="Options">The options of a choice; empty for a numeric distribution.</param>
/// <param name="IsInteger">Whether the generated code takes an integer.</param>
internal sealed record SpaceParameter(string Name, Distribution Distribution, IReadOnlyList<JsonElement> Options, bool IsInteger)
{
    public static SpaceParameter Read(JsonElement json)
    {
        var options = json.TryGetProperty("options", out var list) ? list.EnumerateArray().Select(option => option.Clone()).ToArray() : [];
        var distribution = ReadDistribution(json, options);
        var isInteger = options.Length == 0 && (distribution.IsInteger || (json.TryGetProperty("integer", out var integer) && integer.GetBoolean()));
        return new SpaceParameter(json.GetProperty("name").GetString()!, distribution, options, isInteger);
    }

    /// <summary>The value of a trial as a person reads it: the option itself, or the number.</summary>
    public string Text(double value)
    {
        // Another program may have stored an index that is none.
        if (value >= 0 && value < Options.Count)
        {
            var option = Options[(int)value];
            return option.ValueKind == JsonValueKind.String ? option.GetString()! : option.GetRawText();
        }

        return IsInteger ? ((long)value).ToString(CultureInfo.InvariantCulture) : value.ToString("R", CultureInfo.InvariantCulture);
    }

    private static Distribution ReadDistribution(JsonElement json, JsonElement[] options)
    {
        var name = json.GetProperty("dist").GetString()!;
        double[] args = json.TryGetProperty("args", out var list) ? [.. list.EnumerateArray().Select(argument => argument.GetDouble())] : [];
        return name switch
        {
            "choice" => Distribution.Choice([.. options.Select(OptionLabel.Of)]),
            "pchoice" => Distribution.PChoice([.. json.GetProperty("probs").EnumerateArray().Select(p => p.GetDouble()).Zip(options.Select(OptionLabel.Of))]),
            _ => NumericDistributions.Create(name, args) ?? throw new FormatException($"The distribution '{name}' with {args.Length} arguments is unknown."),
        };
    }
}
