using System.Text.Json;

namespace LogMl.Shared.Spaces;

/// <summary>Writes the value of a parameter in the shape of <c>functions</c>: that of a choice with branches is one branch.</summary>
internal static class BranchText
{
    /// <summary>The value of a trial for a parameter of the space.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="value">Its value: a number, or the index of an option.</param>
    /// <param name="values">All values of the trial.</param>
    /// <param name="declared">
    /// The values of <c>functions</c> (<see cref="StoredFunctions.Values"/>), which has the parameters of a branch that are not searched.
    /// </param>
    public static string Of(
        SpaceParameter parameter, double value, IReadOnlyDictionary<string, double> values, IReadOnlyDictionary<string, string> declared)
    {
        if (parameter.Option(value) is not { } option)
        {
            return parameter.IsInteger ? YamlText.Of((long)value) : YamlText.Of(value);
        }

        if (option.IsNumber && values.TryGetValue(option.Parameters[0].Name, out var number))
        {
            var text = Of(option.Parameters[0], number, values, declared);
            return parameter.NeedsName(option) ? $"{{{YamlText.Of(option.Value)}: {text}}}" : text;
        }

        var entries = Entries(option, parameter.Name, values, declared);
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
        SpaceOption option, string choice, IReadOnlyDictionary<string, double> values, IReadOnlyDictionary<string, string> declared)
    {
        var entries = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        if (option.Value.ValueKind != JsonValueKind.String)
        {
            return entries;
        }

        var branch = $"{choice}.{option.Value.GetString()}.";
        foreach (var parameter in option.Parameters.Where(parameter => values.ContainsKey(parameter.Name)))
        {
            entries.Add(parameter.Name[branch.Length..], Of(parameter, values[parameter.Name], values, declared));
        }

        // What is declared in a branch of a choice in this branch belongs to that one.
        foreach (var (path, text) in declared.Where(value => value.Key.StartsWith(branch, StringComparison.Ordinal)))
        {
            if (!option.Parameters.Any(parameter => path.StartsWith(parameter.Name + ".", StringComparison.Ordinal)))
            {
                entries.TryAdd(path[branch.Length..], text);
            }
        }

        return entries;
    }
}
