using System.Text.Json;
using LogMl.Optimization;
using LogMl.Optimization.Distributions;
using LogMl.Shared;

namespace LogMl.Storage.Encoding;

/// <summary>Encodes the points of a study for its storage, and decodes what is stored.</summary>
internal sealed class PointEncoding
{
    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly Dictionary<string, Parameter> _byName;
    private readonly HashSet<string> _integers;
    private readonly Dictionary<string, (StoredDistribution Distribution, string Json)> _forms = new(StringComparer.Ordinal);

    /// <param name="parameters">The parameters of the study.</param>
    /// <param name="integers">
    /// The names of the parameters that the program reads as integers although their distributions have other values too.
    /// </param>
    /// <exception cref="ArgumentException">A name is too long for a study.</exception>
    public PointEncoding(IReadOnlyList<Parameter> parameters, IEnumerable<string> integers)
    {
        _parameters = parameters;
        _byName = parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        _integers = new HashSet<string>(integers, StringComparer.Ordinal);
        foreach (var parameter in parameters)
        {
            NameLimit.Require(parameter.Name, "The parameter");
            SetForm(parameter.Name, NewForm(parameter));
        }
    }

    /// <summary>The values of parameters that earlier trials have and that are no longer searched.</summary>
    public FixedValues? Fixed { get; init; }

    /// <summary>Whether the stored form of the space depends on the study: on what earlier trials of it have.</summary>
    public bool DependsOnStudy => _parameters.Any(parameter => parameter.Distribution switch
    {
        ChoiceDistribution choice => choice.Options.Any(option => option is not (null or string or bool)),
        NormalDistribution => true,
        NumericDistribution number => number.Quantum is not null && !number.IsInteger,
        _ => false,
    });

    /// <summary>The form in which this library stores the distribution of a parameter in a new study.</summary>
    public StoredDistribution NewForm(Parameter parameter) =>
        StoredDistribution.Of(parameter.Distribution, _integers.Contains(parameter.Name));

    /// <summary>Adopts the forms that a study has already.</summary>
    /// <param name="stored">The stored distributions of the study's trials; the latest is the last.</param>
    public void AdoptForms(IReadOnlyList<(string Name, string DistributionJson)> stored)
    {
        foreach (var (name, json) in stored)
        {
            if (_byName.TryGetValue(name, out var parameter) && DistributionJson.Read(json) is { } before
                && before.IsCompatibleWith(NewForm(parameter)))
            {
                SetForm(name, NewForm(parameter).InFormOf(before));
            }
        }
    }

    /// <summary>A point as it is stored.</summary>
    public List<ParameterRecord> Write(IReadOnlyDictionary<string, double> point) =>
        [.. point.Select(value => Write(value.Key, value.Value))];

    /// <summary>The values for a waiting trial as JSON: an object by name, with the options themselves.</summary>
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

    /// <summary>The point of a trial.</summary>
    /// <param name="record">The trial.</param>
    /// <param name="problem">What is wrong with its values; null when they are a point of the space.</param>
    /// <returns>The point; null when the values are no point of the space.</returns>
    public Dictionary<string, double>? Read(TrialRecord record, out string? problem)
    {
        problem = ProblemOf(record);
        if (problem is not null)
        {
            return null;
        }

        var point = ReadPart(record);
        foreach (var parameter in _parameters)
        {
            var exists = parameter.Parent is not { } parent
                || (point.TryGetValue(parent.Name, out var option) && option == parameter.ParentOption);
            if (exists && !point.ContainsKey(parameter.Name) && record.Fixed.TryGetValue(parameter.Name, out var noted))
            {
                if (ReadFixed(parameter.Distribution, noted) is not { } value)
                {
                    problem = $"'{parameter.Name}' was fixed at {ChoiceLabel.Text(noted)}, and is now {NewForm(parameter).Description}";
                    return null;
                }

                point[parameter.Name] = value;
            }

            if (exists != point.ContainsKey(parameter.Name))
            {
                problem = exists
                    ? $"it has no '{parameter.Name}'" + (Fixed?.Returned.ContainsKey(parameter.Name) == true
                        ? ", which was not in the space, and the study does not tell at which value it was fixed"
                        : "")
                    : $"it has '{parameter.Name}', which belongs to an option of '{parameter.Parent!.Name}' that it does not have";
                return null;
            }
        }

        return point;
    }

    /// <summary>The values of a trial, which must be in the space but may be only a part of a point.</summary>
    public Dictionary<string, double> ReadPart(TrialRecord record) => record.Parameters.Where(value => _byName.ContainsKey(value.Key))
        .ToDictionary(value => value.Key,
            value => _byName[value.Key].Distribution.ValueOf(value.Value)!.Value, StringComparer.Ordinal);

    /// <summary>What is wrong with single values of a trial, which may be only a part of a point; null when nothing is wrong.</summary>
    public string? ProblemOf(TrialRecord record)
    {
        foreach (var (name, stored) in record.Parameters)
        {
            if (!_byName.TryGetValue(name, out var parameter))
            {
                if (Fixed is null || Fixed.ProblemOf(name, stored) is not null)
                {
                    return Fixed?.ProblemOf(name, stored) ?? $"'{name}' is no parameter";
                }
            }
            else if (parameter.Distribution.ValueOf(stored) is null)
            {
                return FormattableString.Invariant($"'{name}' is {stored:G7}, and it is now {NewForm(parameter).Description}");
            }
        }

        // A trial that waits runs with today's values, if it runs without these parameters.
        return record.State == StoredState.Waiting ? null : record.Fixed
            .Where(value => !_byName.ContainsKey(value.Key) && record.Parameters.All(known => known.Key != value.Key))
            .Select(value => Fixed is null ? $"'{value.Key}' is no parameter" : Fixed.ProblemOf(value.Key, value.Value))
            .FirstOrDefault(problem => problem is not null);
    }

    /// <summary>
    /// Whether a trial was a point of an earlier space of the study: its ranges were wider, or it searched what is fixed now, or it had a
    /// fixed value for what is searched now.
    /// </summary>
    public bool IsOfEarlierSpace(TrialRecord record)
    {
        var wasPoint = record.Parameters.All(value => _byName.TryGetValue(value.Key, out var parameter)
            ? parameter.Distribution.ValueOf(value.Value) is not null
                || (parameter.Distribution is NumericDistribution && Fixed?.WasPossible(value.Key, value.Value) == true)
            : Fixed?.Covers(value.Key) == true && Fixed.WasPossible(value.Key, value.Value));
        return wasPoint && (ProblemOf(record) is not null || _parameters.Any(
            parameter => record.Parameters.All(value => value.Key != parameter.Name)
                && (record.Fixed.ContainsKey(parameter.Name) || Fixed?.Returned.ContainsKey(parameter.Name) == true)));
    }

    /// <summary>The attributes of a trial that is about to run at a point.</summary>
    /// <param name="attributes">Those that it gets anyway: JSON by key.</param>
    /// <param name="point">The point.</param>
    public IReadOnlyDictionary<string, string> WithFixed(
        IReadOnlyDictionary<string, string> attributes, IReadOnlyDictionary<string, double> point) =>
        Fixed?.NoteOf(point, _parameters) is { } note
            ? new Dictionary<string, string>(attributes, StringComparer.Ordinal) { [FixedValues.Key] = note }
            : attributes;

    /// <summary>The values that are stored for a waiting trial.</summary>
    /// <param name="text">The stored JSON object, which this or another program has written.</param>
    /// <param name="problems">What is wrong with it; the sampler proposes the values that are left out.</param>
    /// <returns>The values by name; for a choice, the index of the option.</returns>
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
                    wrong.Add($"'{given.Name}' cannot be {given.Value.GetRawText()}, it is {NewForm(parameter).Description}");
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Another program's attribute of this name.
        }

        return values;
    }

    /// <summary>A value that is given in JSON, a choice by its option; null when the distribution does not have it.</summary>
    public static double? ReadFixed(Distribution distribution, JsonElement given)
    {
        if (distribution is not ChoiceDistribution choice)
        {
            return given.ValueKind == JsonValueKind.Number ? distribution.ValueOf(given.GetDouble()) : null;
        }

        // An equal text comes first, then an equal number.
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
        if (form.Distribution.Including(stored) is var wider && wider != form.Distribution)
        {
            // Later trials are stored with the same wider range.
            form = SetForm(name, wider);
        }

        return new ParameterRecord(name, stored, form.Json);
    }

    private (StoredDistribution Distribution, string Json) SetForm(string name, StoredDistribution distribution) =>
        _forms[name] = (distribution, DistributionJson.Write(distribution));
}
