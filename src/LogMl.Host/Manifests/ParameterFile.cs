using System.Text.Json;
using LogMl.Optimization;
using LogMl.Shared;
using LogMl.Shared.Parameters;
using LogMl.Shared.Spaces;
using LogMl.Storage;

namespace LogMl.Host.Manifests;

/// <summary>
/// Reads a file of parameters, such as best.yaml, as a point of the space. Such a file has more than the space: it has all values of
/// <c>functions</c>.
/// </summary>
internal sealed class ParameterFile
{
    private const string Types = "types";

    private readonly Manifest _manifest;
    private readonly Dictionary<string, Distribution> _distributions;
    private readonly Dictionary<string, double> _values = new(StringComparer.Ordinal);

    private ParameterFile(Manifest manifest)
    {
        _manifest = manifest;
        _distributions = SpaceParameters.Of(manifest.Space)
            .ToDictionary(parameter => parameter.Name, parameter => parameter.Distribution, StringComparer.Ordinal);
    }

    /// <summary>
    /// Reads the values of searched parameters. Numbers outside of their ranges are taken: the space is about the search.
    /// </summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="manifest">The manifest, which says what there is.</param>
    /// <returns>The values by the names of the parameters: numbers, and the index of an option.</returns>
    /// <exception cref="ParameterFileException">The file has another form, or something that the project does not have.</exception>
    public static IReadOnlyDictionary<string, double> Read(string text, Manifest manifest)
    {
        var file = new ParameterFile(manifest);
        file.Read(ParameterFileReader.Read(text));
        return file._values;
    }

    private void Read(ParameterNode steps)
    {
        var searched = _manifest.TopParameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        var known = searched.Keys.Concat(_manifest.Defaults.SelectMany(step => step.Value.Keys.Select(name => $"{step.Key}.{name}")))
            .Select(name => (Step: name[..name.IndexOf('.', StringComparison.Ordinal)], Name: name)).ToLookup(
                parameter => parameter.Step, parameter => parameter.Name[(parameter.Step.Length + 1)..], StringComparer.Ordinal);
        steps.RequireKnown([.. known.Select(step => step.Key), Types], "a step with parameters");
        foreach (var step in steps.Entries().Where(step => step.Key != Types && !step.Value.IsNull))
        {
            step.Value.RequireKnown([.. known[step.Key].Append(StepKeys.Enable).Distinct()], $"a parameter of step '{step.Key}'");
            step.Value.RequireEnable(!_manifest.IsDisabled(step.Key));
            foreach (var entry in step.Value.Entries().Where(entry => entry.Key != StepKeys.Enable))
            {
                if (searched.TryGetValue($"{step.Key}.{entry.Key}", out var parameter))
                {
                    Read(parameter, entry.Value);
                }
                else
                {
                    RequireDefault(entry.Value, _manifest.Defaults[step.Key][entry.Key]);
                }
            }
        }
    }

    private void Read(SpaceParameter parameter, ParameterNode node)
    {
        if (parameter.Options.Count == 0)
        {
            _values[parameter.Name] = NumberOf(parameter, node);
            return;
        }

        var option = OptionOf(parameter, node, out var inner) ?? throw new ParameterFileException(
            $"'{node.Name}' must be one of the options of the space: {string.Join(", ", parameter.Options.Select(known => known.Value))}",
            node.Place);
        _values[parameter.Name] = option;
        var chosen = parameter.Options[option];
        if (chosen is { IsNumber: true, Parameters: [var number] })
        {
            _values[number.Name] = NumberOf(number, inner);
        }
        else if (inner != node && !inner.IsNull)
        {
            ReadBranch(parameter, chosen, inner);
        }
    }

    /// <summary>Reads the parameters of a branch. Those that are not searched must have their defaults.</summary>
    private void ReadBranch(SpaceParameter choice, SpaceOption branch, ParameterNode node)
    {
        var path = $"{choice.Name}.{branch.Value.GetString()}.";
        var searched = branch.Parameters.ToDictionary(parameter => parameter.Name[path.Length..], StringComparer.Ordinal);
        var defaults = DefaultsOf(path);
        node.RequireKnown([.. searched.Keys.Union(defaults.Keys)], $"a parameter of '{path.TrimEnd('.')}'");
        foreach (var entry in node.Entries())
        {
            if (searched.TryGetValue(entry.Key, out var parameter))
            {
                Read(parameter, entry.Value);
            }
            else
            {
                RequireDefault(entry.Value, defaults[entry.Key]);
            }
        }
    }

    /// <summary>The values of <c>functions</c> for the parameters of a branch.</summary>
    private Dictionary<string, JsonElement> DefaultsOf(string path) => FixedParameters.Of(_manifest)
        .Where(value => value.Key.StartsWith(path, StringComparison.Ordinal))
        .ToDictionary(value => value.Key[path.Length..], value => value.Value, StringComparer.Ordinal);

    /// <summary>The option that a value is; <paramref name="inner"/> is its parameters or its number.</summary>
    private int? OptionOf(SpaceParameter parameter, ParameterNode node, out ParameterNode inner)
    {
        inner = node;
        var options = Enumerable.Range(0, parameter.Options.Count);
        if (Try(() => node.Entries()) is [var only])
        {
            inner = only.Value;
            return FirstOf(options.Where(option =>
                parameter.Options[option].Value is { ValueKind: JsonValueKind.String } name && name.ValueEquals(only.Key)));
        }

        if (FirstOf(options.Where(option => !parameter.Options[option].IsNumber && Is(node, parameter.Options[option].Value))) is { } found)
        {
            return found;
        }

        // Of several distributions, the first that has the number is meant, else the first.
        int[] numbers = Try<double?>(() => node.Real()) is null ? [] : [.. options.Where(option => parameter.Options[option].IsNumber)];
        return FirstOf(numbers.Where(option =>
            _distributions[parameter.Options[option].Parameters[0].Name].ValueOf(node.Real()) is not null)) ?? FirstOf(numbers);
    }

    private static double NumberOf(SpaceParameter parameter, ParameterNode node)
    {
        var value = parameter.IsInteger
            ? node.Integer(-DistributionLimits.LargestExactInteger, DistributionLimits.LargestExactInteger)
            : node.Real();
        return double.IsFinite(value) ? value : throw new ParameterFileException($"'{node.Name}' must be a finite number", node.Place);
    }

    private static void RequireDefault(ParameterNode node, JsonElement value)
    {
        if (!Is(node, value))
        {
            throw new ParameterFileException(
                $"'{node.Name}' is not searched, so that each run has the value of 'functions', {value}. Write that, or leave it out",
                node.Place);
        }
    }

    /// <summary>Whether a value of the file is a value of the manifest.</summary>
    private static bool Is(ParameterNode node, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => node.IsNull,
        JsonValueKind.True or JsonValueKind.False => Try<bool?>(() => node.Bool()) == value.GetBoolean(),
        JsonValueKind.Number => Try<double?>(() => node.Real()) is { } number && number.Equals(value.GetDouble()),
        JsonValueKind.String => Try(node.Text) == value.GetString() || IsAlone(node, value.GetString()!),
        JsonValueKind.Array => Try(node.Items) is { } items && items.Count == value.GetArrayLength()
            && items.Zip(value.EnumerateArray(), Is).All(same => same),
        _ when value.TryGetProperty("number", out var text) && text.ValueKind == JsonValueKind.String => Try<double?>(() => node.Real())
            is { } number && YamlReal.Of(number) == text.GetString(),
        _ => Try(node.Entries) is { } entries && entries.Count == value.GetPropertyCount()
            && entries.All(entry => value.TryGetProperty(entry.Key, out var inner) && Is(entry.Value, inner)),
    };

    /// <summary>Whether a value is the name of a branch with nothing below it.</summary>
    private static bool IsAlone(ParameterNode node, string name) =>
        Try(node.Entries) is [{ Key: var key, Value: var value }] && key == name && (value.IsNull || Try(value.Entries) is []);

    private static int? FirstOf(IEnumerable<int> numbers) => numbers.Select(number => (int?)number).FirstOrDefault();

    /// <summary>The value when the node is of the kind; null when it is another one.</summary>
    private static T? Try<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ParameterFileException)
        {
            return default;
        }
    }
}
