using System.Globalization;
using System.Text.Json;
using LogMl.Optimization;
using LogMl.Optimization.Distributions;

namespace LogMl.Shared.Spaces;

/// <summary>A searched parameter as the manifest has it. Its distribution is in the space; this says how its values are written.</summary>
/// <param name="Name">
/// Step and parameter: <c>model_train.learning_rate</c>; in a branch the whole path, <c>model_create.classifier.svm.c</c>.
/// </param>
/// <param name="Options">The options of a choice; empty for a numeric distribution.</param>
/// <param name="IsInteger">Whether the generated code reads an integer.</param>
internal sealed record SpaceParameter(string Name, IReadOnlyList<SpaceOption> Options, bool IsInteger)
{
    /// <summary>This parameter, and all those of its branches, in the order of the space.</summary>
    public IEnumerable<SpaceParameter> WithBranches =>
        Options.SelectMany(option => option.Parameters).SelectMany(parameter => parameter.WithBranches).Prepend(this);

    /// <summary>
    /// The values of a trial for this parameter and for those of its branches, for messages. A number that is an option has the name of its
    /// choice.
    /// </summary>
    /// <param name="values">All values of the trial.</param>
    public IEnumerable<(string Name, SpaceParameter Parameter, double Value)> ValuesIn(IReadOnlyDictionary<string, double> values)
    {
        if (!values.TryGetValue(Name, out var value))
        {
            return [];
        }

        return Option(value) is { IsNumber: true, Parameters: [var number] } && values.TryGetValue(number.Name, out var inner)
            ? [(Name, number, inner)]
            : Options.SelectMany(option => option.Parameters).SelectMany(parameter => parameter.ValuesIn(values))
                .Prepend((Name, this, value));
    }

    /// <summary>Reads the parameters of a space, or of a branch.</summary>
    /// <param name="written">The array <c>params</c> of the grammar.</param>
    /// <param name="space">The same parameters.</param>
    /// <param name="integers">The names of the parameters that the generated code reads as integers.</param>
    public static IReadOnlyList<SpaceParameter> Read(JsonElement written, SearchSpace space, IReadOnlySet<string> integers) =>
    [
        .. written.EnumerateArray().Zip(space, (parameter, known) => new SpaceParameter(
            known.Key,
            known.Value is ChoiceDistribution choice
                ? [.. parameter.GetProperty("options").EnumerateArray().Zip(
                    choice.Branches, (option, branch) => ReadOption(known.Key, option, branch, integers))]
                : [],
            known.Value is not ChoiceDistribution && (known.Value.IsInteger || integers.Contains(known.Key)))),
    ];

    /// <summary>The value of a trial as text: the option itself, or the number.</summary>
    public string Text(double value) => Option(value)?.Value switch
    {
        { ValueKind: JsonValueKind.String } option => option.GetString()!,
        { } option => option.GetRawText(),
        null => IsInteger ? ((long)value).ToString(CultureInfo.InvariantCulture) : value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>Writes the value of a trial as JSON: the option itself, or the number.</summary>
    public void Write(Utf8JsonWriter json, double value)
    {
        if (Option(value) is { } option)
        {
            option.Value.WriteTo(json);
        }
        else if (IsInteger)
        {
            json.WriteNumberValue((long)value);
        }
        else
        {
            OptionJson.WriteReal(json, value);
        }
    }

    /// <summary>Whether the value is an option that is text, also when the text looks like a number.</summary>
    public bool IsText(double value) => Option(value) is { Value.ValueKind: JsonValueKind.String };

    /// <summary>
    /// The option of a choice; null for a number. It is null too for an index out of range, which another program may have stored.
    /// </summary>
    public SpaceOption? Option(double value) => value >= 0 && value < Options.Count ? Options[(int)value] : null;

    /// <summary>
    /// Whether an option that is a number must be named, because the number alone is read as the first one of the choice. Without names
    /// among the options, the choice is nothing but a number.
    /// </summary>
    public bool NeedsName(SpaceOption option) =>
        option != Options.First(other => other.IsNumber)
        && Options.Any(other => !other.IsNumber && other.Value.ValueKind == JsonValueKind.String);

    private static SpaceOption ReadOption(string choice, JsonElement option, Branch? branch, IReadOnlySet<string> integers)
    {
        if (branch is null)
        {
            return new SpaceOption(option.Clone(), [], false);
        }

        var label = option.GetProperty("label").Clone();
        var parameters = Read(option.GetProperty("params"), branch.Parameters, integers);
        if (parameters is not [var only] || only.Name != $"{choice}.{label.GetString()}")
        {
            return new SpaceOption(label, parameters, false);
        }

        // Beside real numbers, whole ones are real numbers too.
        return new SpaceOption(label, [only with { IsInteger = integers.Contains(only.Name) }], true);
    }
}
