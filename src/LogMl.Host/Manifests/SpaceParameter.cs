using System.Globalization;
using System.Text.Json;

namespace LogMl.Host.Manifests;

/// <summary>What is known of a searched parameter beside its distribution, as the manifest has it: how its values are written down.</summary>
/// <param name="Name">Step and parameter: <c>model_train.learning_rate</c>.</param>
/// <param name="Options">The options of a choice; empty for a numeric distribution.</param>
/// <param name="IsInteger">Whether the generated code takes an integer.</param>
internal sealed record SpaceParameter(string Name, IReadOnlyList<JsonElement> Options, bool IsInteger)
{
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
}
