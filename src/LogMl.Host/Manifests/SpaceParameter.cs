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
    public string Text(double value) => Option(value) switch
    {
        { ValueKind: JsonValueKind.String } option => option.GetString()!,
        { } option => option.GetRawText(),
        null => IsInteger ? ((long)value).ToString(CultureInfo.InvariantCulture) : value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>Whether that is an option that is a text, also when it looks like a number.</summary>
    public bool IsText(double value) => Option(value) is { ValueKind: JsonValueKind.String };

    /// <summary>The option of a choice; null for a number. Another program may have stored an index that is none.</summary>
    private JsonElement? Option(double value) => value >= 0 && value < Options.Count ? Options[(int)value] : null;
}
