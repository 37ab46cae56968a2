using System.Text.Json;
using LogMl.Optimization;
using LogMl.Optimization.Distributions;
using LogMl.Storage.Encoding;

namespace LogMl.Storage;

/// <summary>
/// Finds the options that no trial has which a new study takes over. To the sampler these trials are observations, so that it is past its
/// random phase when it proposes its first point, and an option that none of them has may never get a chance.
/// </summary>
/// <param name="parameters">The space of the new study, each choice before the parameters of its branches.</param>
/// <param name="ranked">The points of the complete trials that are taken over, the best one first.</param>
/// <param name="given">The defaults of parameters by their names.</param>
internal sealed class NewOptions(
    IReadOnlyList<Parameter> parameters, IReadOnlyList<IReadOnlyDictionary<string, double>> ranked,
    IReadOnlyDictionary<string, JsonElement> given)
{
    /// <summary>The options that no point has, in the order of the space.</summary>
    /// <param name="points">The points of all trials that are taken over, and those that are tried first anyway.</param>
    public IReadOnlyList<NewOption> Find(IReadOnlyCollection<IReadOnlyDictionary<string, double>> points)
    {
        var found = new List<NewOption>();
        foreach (var parameter in parameters)
        {
            // An option without a probability is not to be tried.
            var count = parameter.Distribution is ChoiceDistribution choice ? choice.Options.Count : 0;
            for (var i = 0; i < count; i++)
            {
                if (parameter.Distribution.Pmf(i) > 0 && !Has(points.Concat(found.Select(option => option.Point)), parameter, i))
                {
                    found.Add(Create(parameter, i));
                }
            }
        }

        return found;
    }

    private static bool Has(IEnumerable<IReadOnlyDictionary<string, double>> points, Parameter choice, int option) =>
        points.Any(point => point.TryGetValue(choice.Name, out var value) && value == option);

    private NewOption Create(Parameter choice, int option)
    {
        var part = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var inner = choice; inner.Parent is { } parent; inner = parent)
        {
            part[parent.Name] = inner.ParentOption;
        }

        // In a branch, the best trial is the best one of the branch.
        var best = ranked.FirstOrDefault(point => part.All(value => point.TryGetValue(value.Key, out var known) && known == value.Value))
            ?? (ranked.Count > 0 ? ranked[0] : null);
        part[choice.Name] = option;
        var whole = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var parameter in parameters)
        {
            if (parameter.Parent is { } parent && !(whole.TryGetValue(parent.Name, out var chosen) && chosen == parameter.ParentOption))
            {
                continue;
            }

            whole[parameter.Name] = part.TryGetValue(parameter.Name, out var wanted) ? wanted
                : best?.TryGetValue(parameter.Name, out var known) == true ? known
                : Default(parameter);
        }

        return new NewOption(choice.Name, option, whole, part);
    }

    private double Default(Parameter parameter) =>
        given.TryGetValue(parameter.Name, out var json) && PointEncoding.ReadFixed(parameter.Distribution, json) is { } value
            ? value
            : parameter.Distribution.Quantile(0.5);
}
