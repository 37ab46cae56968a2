using System.Globalization;
using LogMl.Optimization;
using LogMl.Shared;
using LogMl.Shared.Spaces;
using LogMl.Storage.Encoding;

namespace LogMl.Tool.Studies;

/// <summary>
/// A point that a user gives, or a part of one: values by name, each in the range of its parameter. A parameter may be called by an end of
/// its name that no other one has.
/// </summary>
internal static class GivenPoint
{
    /// <summary>The values as JSON by name, with options instead of indices: as a waiting trial stores them.</summary>
    /// <param name="study">The study.</param>
    /// <param name="given">The values, each as <c>name=value</c>.</param>
    /// <exception cref="ToolException">A value cannot be used.</exception>
    public static string Read(StudyData study, IReadOnlyList<string> given)
    {
        var values = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var text in given)
        {
            var sign = text.IndexOf('=', StringComparison.Ordinal);
            var parameter = sign > 0
                ? Find(study, text[..sign].Trim())
                : throw Wrong($"'{text}' is not of the form name=value.");
            if (!values.TryAdd(parameter.Name, ValueOf(parameter, text[(sign + 1)..].Trim())))
            {
                throw Wrong($"'{parameter.Name}' is given twice.");
            }
        }

        return study.Content.Space is { } space ? InSpace(space, study, values) : AsStored(study, values);
    }

    private static SpaceParameter Find(StudyData study, string name)
    {
        var known = study.Content.Space is null
            ? study.Parameters
            : [.. study.TopParameters.SelectMany(parameter => parameter.WithBranches)];
        var ends = known.Where(parameter => parameter.Name.EndsWith("." + name, StringComparison.Ordinal)).ToList();
        var found = known.FirstOrDefault(parameter => parameter.Name == name) ?? (ends is [var only] ? only : null);
        var meant = NearestName.Find(name, known.Select(parameter => parameter.Name));
        return found ?? throw Wrong(
            $"'{study.Name}' has no parameter '{name}'{(meant is null ? "" : $"; did you mean '{meant}'?")} "
            + $"It has {string.Join(", ", known.Select(parameter => parameter.Name))}.");
    }

    private static double ValueOf(SpaceParameter parameter, string text)
    {
        for (var option = 0; option < parameter.Options.Count; option++)
        {
            if (parameter.Text(option) == text)
            {
                return option;
            }
        }

        return parameter.Options.Count > 0
            ? throw Wrong(
                $"'{text}' is no option of '{parameter.Name}'. It has "
                + $"{string.Join(", ", Enumerable.Range(0, parameter.Options.Count).Select(option => parameter.Text(option)))}.")
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Wrong($"'{text}' is no number, and '{parameter.Name}' takes one.");
    }

    /// <summary>A point of a space: its values are in their ranges, and belong to branches that it chooses.</summary>
    private static string InSpace(SearchSpace space, StudyData study, OrderedDictionary<string, double> values)
    {
        var engine = new Study(space, new StudyOptions { Sampler = Samplers.Random(seed: 0) });
        try
        {
            _ = engine.TryPropose(values);
        }
        catch (ArgumentException exception)
        {
            throw Wrong(ArgumentText.Of(exception));
        }

        return new PointEncoding(engine.Parameters, [.. study.Content.Functions.Integers]).WriteFixed(values);
    }

    /// <summary>A point of a study that has no space: each value fits the latest distribution of its parameter.</summary>
    private static string AsStored(StudyData study, OrderedDictionary<string, double> values)
    {
        var forms = study.Content.Distributions.GroupBy(pair => pair.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last().Distribution, StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            var form = forms[name];
            var isIn = form.Kind == StoredKind.Categorical
                || (value >= form.Low && value <= form.High && (form.Kind != StoredKind.Int || value == Math.Truncate(value)));
            if (!isIn)
            {
                throw Wrong(string.Create(CultureInfo.InvariantCulture, $"{value} is no value of '{name}', which is {form.Description}."));
            }
        }

        return ReadableJson.Write(json =>
        {
            json.WriteStartObject();
            foreach (var parameter in study.Parameters.Where(parameter => values.ContainsKey(parameter.Name)))
            {
                json.WritePropertyName(parameter.Name);
                parameter.Write(json, values[parameter.Name]);
            }

            json.WriteEndObject();
        });
    }

    private static ToolException Wrong(string message) => new(ToolErrors.Point, message);
}
