using System.Text.Json;

namespace LogMl.Shared.Spaces;

/// <summary>Writes the value of a parameter in the shape of <c>functions</c>: that of a choice with branches is one branch.</summary>
internal static class BranchText
{
    /// <summary>The value of a trial for a parameter of the space.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="value">Its value: a number, or the index of an option.</param>
    /// <param name="values">All values of the trial.</param>
    /// <param name="functions">The default in <c>functions</c>; it has the parameters of its branch that are not searched.</param>
    public static string Of(
        SpaceParameter parameter, double value, IReadOnlyDictionary<string, double> values, JsonElement? functions)
    {
        if (parameter.Option(value) is not { } option)
        {
            return parameter.IsInteger ? YamlText.Of((long)value) : YamlText.Of(value);
        }

        if (option.IsNumber && values.TryGetValue(option.Parameters[0].Name, out var number))
        {
            var text = Of(option.Parameters[0], number, values, null);
            return parameter.NeedsName(option) ? $"{{{YamlText.Of(option.Value)}: {text}}}" : text;
        }

        var entries = Entries(option, parameter.Name, values, functions is { } written ? DefaultBranch.Of(written) : null);
        return entries.Count == 0 && option.Parameters.Count == 0 ? YamlText.Of(option.Value) : Branch(YamlText.Of(option.Value), entries);
    }

    /// <summary>A default of <c>functions</c>.</summary>
    public static string Default(JsonElement value) => DefaultBranch.Of(value) is { } branch
        ? Branch(YamlText.Of(branch.Name), branch.Parameters.Select(entry => KeyValuePair.Create(entry.Key, Default(entry.Value))))
        : YamlText.Of(value);

    private static string Branch(string name, IEnumerable<KeyValuePair<string, string>> parameters) =>
        $"{{{name}: {{{string.Join(", ", parameters.Select(entry => $"{YamlText.Of(entry.Key)}: {entry.Value}"))}}}}}";

    /// <summary>The parameters of an option: those of the trial, then those that only the default of the same branch sets.</summary>
    private static OrderedDictionary<string, string> Entries(
        SpaceOption option, string choice, IReadOnlyDictionary<string, double> values, DefaultBranch? functions)
    {
        var entries = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        if (option.Value.ValueKind != JsonValueKind.String)
        {
            return entries;
        }

        var branch = $"{choice}.{option.Value.GetString()}.";
        var defaults = functions is not null && option.Value.ValueEquals(functions.Name) ? functions.Parameters : null;
        foreach (var parameter in option.Parameters.Where(parameter => values.ContainsKey(parameter.Name)))
        {
            var key = parameter.Name[branch.Length..];
            JsonElement? inner = defaults is not null && defaults.TryGetValue(key, out var set) ? set : null;
            entries.Add(key, Of(parameter, values[parameter.Name], values, inner));
        }

        foreach (var (key, set) in defaults ?? new Dictionary<string, JsonElement>())
        {
            entries.TryAdd(key, Default(set));
        }

        return entries;
    }
}
