using System.Globalization;
using System.Text.Json;

namespace LogMl.Host.Manifests;

/// <summary>A searched parameter as the manifest has it. Its distribution is in the space; this says how its values are written.</summary>
/// <param name="Name">Step and parameter: <c>model_train.learning_rate</c>.</param>
/// <param name="Options">The options of a choice; empty for a numeric distribution.</param>
/// <param name="IsInteger">Whether the generated code reads an integer.</param>
internal sealed record SpaceParameter(string Name, IReadOnlyList<JsonElement> Options, bool IsInteger)
{
    /// <summary>The value of a trial as text: the option itself, or the number.</summary>
    public string Text(double value) => Option(value) switch
    {
        { ValueKind: JsonValueKind.String } option => option.GetString()!,
        { } option => option.GetRawText(),
        null => IsInteger ? ((long)value).ToString(CultureInfo.InvariantCulture) : value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>Whether the value is an option that is text, also when the text looks like a number.</summary>
    public bool IsText(double value) => Option(value) is { ValueKind: JsonValueKind.String };

    /// <summary>
    /// The option of a choice; null for a number. It is null too for an index out of range, which another program may have stored.
    /// </summary>
    private JsonElement? Option(double value) => value >= 0 && value < Options.Count ? Options[(int)value] : null;
}
