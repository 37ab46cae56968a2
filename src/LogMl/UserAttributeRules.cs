using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LogMl.Shared;

namespace LogMl;

/// <summary>What a step may set as a user attribute, in a search and outside of one.</summary>
internal static class UserAttributeRules
{
    /// <summary>The maximum length of a value's text. The host keeps it in memory, and shows it in a cell of a table.</summary>
    private const int LongestValue = 100_000;

    /// <summary>The JSON of an attribute.</summary>
    /// <exception cref="ArgumentException">Name or value are not allowed.</exception>
    public static JsonElement Check(string name, JsonNode? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        TrialNoteNames.RequireOther(name);
        if (name == TrialArtifacts.Attribute && value is not JsonArray)
        {
            throw new ArgumentException(
                $"'{name}' is the list of what {nameof(TrialArtifacts.SaveArtifact)} keeps with the trial. Choose another name.",
                nameof(name));
        }

        var json = AttributeJson.Of(name, value);
        return json.GetRawText().Length is > LongestValue and var length
            ? throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture, $"Attribute '{name}' has {length} characters; at most {LongestValue} are kept. ")
                + "Write it to a file in the trial's directory, and note the name of the file.",
                nameof(value))
            : json;
    }
}
