using System.Text.Json;
using LogMl.Optimization;
using LogMl.Optimization.Distributions;
using LogMl.Shared;

namespace LogMl.Storage.Encoding;

/// <summary>How the points of a study are stored, and which points what is stored means.</summary>
internal sealed class PointEncoding
{
    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly Dictionary<string, Parameter> _byName;
    private readonly HashSet<string> _integers;
    private readonly Dictionary<string, (StoredDistribution Distribution, string Json)> _forms = new(StringComparer.Ordinal);

    /// <param name="parameters">The parameters of the study.</param>
    /// <param name="integers">The names of those which the program takes for integers, although their distributions are not of integers only.</param>
    /// <exception cref="ArgumentException">A name is too long for a study.</exception>
    public PointEncoding(IReadOnlyList<Parameter> parameters, IEnumerable<string> integers)
    {
        _parameters = parameters;
        _byName = parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        _integers = new HashSet<string>(integers, StringComparer.Ordinal);
        foreach (var parameter in parameters)
        {
            Require.Name(parameter.Name, "The parameter");
            SetForm(parameter.Name, Own(parameter));
        }
    }

    /// <summary>Whether what is stored may differ from what this library writes for the same space: it depends on the study then.</summary>
    public bool DependsOnStudy => _parameters.Any(parameter => parameter.Distribution switch
    {
        ChoiceDistribution choice => choice.Options.Any(option => option is not (null or string or bool)),
        NormalDistribution => true,
        NumericDistribution number => number.Quantum is not null && !number.IsInteger,
        _ => false,
    });

    /// <summary>The distribution of a parameter as this library writes it in a new study.</summary>
    public StoredDistribution Own(Parameter parameter) => StoredDistribution.Of(parameter.Distribution, _integers.Contains(parameter.Name));

    /// <summary>Takes over the forms that a study has.</summary>
    /// <param name="stored">The distributions that trials have had; the latest last.</param>
    public void Follow(IReadOnlyList<(string Name, string DistributionJson)> stored)
    {
        foreach (var (name, json) in stored)
        {
            if (_byName.TryGetValue(name, out var parameter) && DistributionJson.Read(json) is { } before && before.MayGoOnAs(Own(parameter)))
            {
                SetForm(name, Own(parameter).InTheFormOf(before));
            }
        }
    }

    /// <summary>A point as it is stored.</summary>
    public List<ParameterRecord> Write(IReadOnlyDictionary<string, double> point) => [.. point.Select(value => Write(value.Key, value.Value))];

    /// <summary>The values of a trial that shall wait: an object by name, with the options themselves.</summary>
    public string WriteFixed(IReadOnlyDictionary<string, double> values) => ReadableJson.Write(json =>
    {
        json.WriteStartObject();
        foreach (var parameter in _parameters.Where(parameter => values.ContainsKey(parameter.Name)))
        {
            var value = values[parameter.Name];
            json.WritePropertyName(parameter.Name);
            if (parameter.Distribution is ChoiceDistribution choice)
            {
                OptionJson.Write(json, choice.Options[(int)value]);
            }
            else if (_forms[parameter.Name].Distribution.Kind == StoredKind.Int)
            {
                json.WriteNumberValue((long)value);
            }
            else
            {
                OptionJson.WriteReal(json, StoredValue.Write(parameter.Distribution, value));
            }
        }

        json.WriteEndObject();
    });

    /// <summary>The whole point of a trial.</summary>
    /// <param name="record">The trial.</param>
    /// <param name="problem">What its values lack, or have that the space does not have; null when they are a point.</param>
    /// <returns>Null when it has none, or one that is not in the space.</returns>
    public Dictionary<string, double>? Read(TrialRecord record, out string? problem)
    {
        problem = MisfitOf(record);
        if (problem is not null)
        {
            return null;
        }

        var point = ReadPart(record);
        foreach (var parameter in _parameters)
        {
            var exists = parameter.Parent is not { } parent || (point.TryGetValue(parent.Name, out var option) && option == parameter.ParentOption);
            if (exists != point.ContainsKey(parameter.Name))
            {
                problem = exists ? $"it has no '{parameter.Name}'" : $"it has '{parameter.Name}', which belongs to an option of '{parameter.Parent!.Name}' that it does not have";
                return null;
            }
        }

        return point;
    }

    /// <summary>The values of a trial that are all in the space.</summary>
    public Dictionary<string, double> ReadPart(TrialRecord record) => record.Parameters.ToDictionary(
        value => value.Key, value => _byName[value.Key].Distribution.ValueOf(value.Value)!.Value, StringComparer.Ordinal);

    /// <summary>What is wrong with the values of a trial, whether they are all of a point or not; null when nothing is.</summary>
    public string? MisfitOf(TrialRecord record)
    {
        foreach (var (name, stored) in record.Parameters)
        {
            if (!_byName.TryGetValue(name, out var parameter))
            {
                return $"'{name}' is no parameter";
            }

            if (parameter.Distribution.ValueOf(stored) is null)
            {
                return FormattableString.Invariant($"'{name}' is {stored:G7}, and it is now {Own(parameter).Shown}");
            }
        }

        return null;
    }

    /// <summary>The values that a waiting trial shall have.</summary>
    /// <param name="text">The object that another program, or this one, has stored.</param>
    /// <param name="problems">What of it cannot be had; the sampler proposes it.</param>
    /// <returns>The values by name, with indices.</returns>
    public Dictionary<string, double> ReadFixed(string text, out IReadOnlyList<string> problems)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        var wrong = new List<string>();
        problems = wrong;
        try
        {
            using var document = PythonJson.Parse(text);
            foreach (var given in document.RootElement.EnumerateObject())
            {
                if (!_byName.TryGetValue(given.Name, out var parameter))
                {
                    var meant = NearestName.Find(given.Name, _byName.Keys);
                    wrong.Add($"the space has no parameter '{given.Name}'{(meant is null ? "" : $" (did you mean '{meant}'?)")}");
                }
                else if (ReadFixed(parameter.Distribution, given.Value) is { } value)
                {
                    values[parameter.Name] = value;
                }
                else
                {
                    wrong.Add($"'{given.Name}' cannot be {given.Value.GetRawText()}, it is {Own(parameter).Shown}");
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Another program's attribute of this name.
        }

        return values;
    }

    private static double? ReadFixed(Distribution distribution, JsonElement given)
    {
        if (distribution is not ChoiceDistribution choice)
        {
            return given.ValueKind == JsonValueKind.Number ? distribution.ValueOf(given.GetDouble()) : null;
        }

        // The very same option, or else one that is the same number.
        var text = ChoiceLabel.Text(given);
        string[] options = [.. choice.Options.Select(OptionJson.Text)];
        var index = Array.IndexOf(options, text);
        index = index >= 0 ? index : Array.IndexOf([.. options.Select(ChoiceLabel.Key)], ChoiceLabel.Key(text));
        return index >= 0 ? index : null;
    }

    private ParameterRecord Write(string name, double value)
    {
        var stored = StoredValue.Write(_byName[name].Distribution, value);
        var form = _forms[name];
        if (form.Distribution.With(stored) is var wider && wider != form.Distribution)
        {
            // The trials to come are stored with the same range.
            form = SetForm(name, wider);
        }

        return new ParameterRecord(name, stored, form.Json);
    }

    private (StoredDistribution Distribution, string Json) SetForm(string name, StoredDistribution distribution) =>
        _forms[name] = (distribution, DistributionJson.Write(distribution));
}
