using System.Text.Json;
using LogMl.Optimization.Distributions;

namespace LogMl.Optimization.Json;

/// <summary>Reads a search space from JSON. Messages begin with the path of the error: <c>$.params[2].args</c>.</summary>
internal sealed class SpaceReader
{
    /// <summary>The deepest nesting of the JSON. Each level of branches takes four levels of JSON.</summary>
    public const int MaxDepth = 4000;

    private static readonly string[] Numeric = ["name", "dist", "args"];
    private static readonly string[] Choice = ["name", "dist", "options"];
    private static readonly string[] PChoice = ["name", "dist", "options", "probs"];
    private static readonly string[] Branching = ["label", "params"];

    /// <summary>The path at which each name was first used.</summary>
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    private SpaceReader()
    {
    }

    /// <exception cref="FormatException">The JSON is not a valid space.</exception>
    public static SearchSpace Read(JsonElement root)
    {
        RequireKind(root, JsonValueKind.Object, "$", "an object with \"params\"");
        RequireKeys(root, "$", ["params"]);
        return new SpaceReader().ReadParameters(root, "$");
    }

    private SearchSpace ReadParameters(JsonElement parent, string path)
    {
        path += ".params";
        var list = parent.GetProperty("params");
        RequireKind(list, JsonValueKind.Array, path, "an array of parameters");
        var space = new SearchSpace();
        var index = 0;
        foreach (var parameter in list.EnumerateArray())
        {
            var place = $"{path}[{index++}]";
            (var name, var dist) = ReadHead(parameter, place);
            space.Add(name, ReadDistribution(parameter, dist, place));
        }

        return space;
    }

    private (string Name, string Dist) ReadHead(JsonElement parameter, string path)
    {
        RequireKind(parameter, JsonValueKind.Object, path, "an object with \"name\" and \"dist\"");
        var name = ReadText(parameter, "name", path);
        if (!_names.TryAdd(name, path))
        {
            throw new FormatException(
                $"{path}.name: '{name}' is the name of {_names[name]} already. A name is unique in the whole space, branches included.");
        }

        var dist = ReadText(parameter, "dist", path);
        string[] known = [.. NumericForm.All.Select(form => form.Name), "choice", "pchoice"];
        if (!known.Contains(dist))
        {
            var nearest = NearestName.Find(dist, known);
            var advice = nearest is null ? $"; there are {string.Join(", ", known)}." : $"; did you mean '{nearest}'?";
            throw new FormatException($"{path}.dist: '{dist}' is no distribution{advice}");
        }

        return (name, dist);
    }

    private Distribution ReadDistribution(JsonElement parameter, string dist, string path)
    {
        RequireKeys(parameter, path, dist switch { "choice" => Choice, "pchoice" => PChoice, _ => Numeric });
        try
        {
            return dist switch
            {
                "choice" => Distribution.Choice(ReadOptions(parameter, path)),
                "pchoice" => ReadPChoice(parameter, path),
                _ => ReadNumber(parameter, NumericForm.Find(dist)!, path),
            };
        }
        catch (ArgumentException exception)
        {
            throw new FormatException($"{path}: {dist}: {ArgumentText.Of(exception)}", exception);
        }
    }

    private static NumericDistribution ReadNumber(JsonElement parameter, NumericForm form, string path) =>
        form.Create(ReadNumbers(parameter, "args", path)) ?? throw new FormatException($"{path}.args: {form.Name} takes {form.Arguments}.");

    private Distribution ReadPChoice(JsonElement parameter, string path)
    {
        var options = ReadOptions(parameter, path);
        var probabilities = ReadNumbers(parameter, "probs", path);
        return options.Length == probabilities.Length
            ? Distribution.PChoice([.. probabilities.Zip(options)])
            : throw new FormatException($"{path}.probs: there are {options.Length} options, but {probabilities.Length} probabilities.");
    }

    private object?[] ReadOptions(JsonElement parameter, string path)
    {
        path += ".options";
        var list = parameter.GetProperty("options");
        RequireKind(list, JsonValueKind.Array, path, "an array of options");
        var options = new List<object?>();
        foreach (var option in list.EnumerateArray())
        {
            options.Add(
                option.ValueKind == JsonValueKind.Object ? ReadBranch(option, $"{path}[{options.Count}]") : OptionJson.Read(option));
        }

        return [.. options];
    }

    private Branch ReadBranch(JsonElement option, string path)
    {
        RequireKeys(option, path, Branching);
        return new Branch(OptionJson.Read(option.GetProperty("label")), ReadParameters(option, path));
    }

    private static string ReadText(JsonElement parameter, string key, string path)
    {
        if (!parameter.TryGetProperty(key, out var value))
        {
            throw Missing(path, key);
        }

        return value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw new FormatException($"{path}.{key}: it must be a text, and not empty; it is {JsonWords.Describe(value)}.");
    }

    private static double[] ReadNumbers(JsonElement parameter, string key, string path)
    {
        path += "." + key;
        var list = parameter.GetProperty(key);
        RequireKind(list, JsonValueKind.Array, path, "an array of numbers");
        var numbers = new List<double>();
        foreach (var number in list.EnumerateArray())
        {
            RequireKind(number, JsonValueKind.Number, $"{path}[{numbers.Count}]", "a number");
            numbers.Add(number.GetDouble());
        }

        return [.. numbers];
    }

    private static void RequireKind(JsonElement value, JsonValueKind kind, string path, string expected)
    {
        if (value.ValueKind != kind)
        {
            throw new FormatException($"{path}: it must be {expected}; it is {JsonWords.Describe(value)}.");
        }
    }

    private static void RequireKeys(JsonElement value, string path, string[] keys)
    {
        foreach (var property in value.EnumerateObject())
        {
            if (!keys.Contains(property.Name))
            {
                var nearest = NearestName.Find(property.Name, keys);
                var advice = nearest is null ? $"there are {string.Join(", ", keys)}." : $"did you mean '{nearest}'?";
                throw new FormatException($"{path}: the key '{property.Name}' is unknown here; {advice}");
            }
        }

        foreach (var key in keys)
        {
            if (!value.TryGetProperty(key, out _))
            {
                throw Missing(path, key);
            }
        }
    }

    private static FormatException Missing(string path, string key) => new($"{path}: the key '{key}' is missing.");
}
