using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace LogMl.Optimization;

/// <summary>
/// The values of a point by name, in the order of the space. It is a view of the point, which saves memory in long studies.
/// </summary>
internal sealed class TrialValues(Study study, ParameterValues point) : IReadOnlyDictionary<string, double>
{
    public int Count { get; } = study.Parameters.Count(parameter => point.IsActive(parameter.Index));

    public IEnumerable<string> Keys => this.Select(pair => pair.Key);

    public IEnumerable<double> Values => this.Select(pair => pair.Value);

    public double this[string key] => TryGetValue(key, out var value)
        ? value
        : throw new KeyNotFoundException($"Parameter '{key}' has no value in this trial.");

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out double value)
    {
        ArgumentNullException.ThrowIfNull(key);
        value = study.TryFindParameter(key, out var parameter) ? point[parameter.Index] : double.NaN;
        return !double.IsNaN(value);
    }

    public IEnumerator<KeyValuePair<string, double>> GetEnumerator()
    {
        foreach (var parameter in study.Parameters)
        {
            if (point.IsActive(parameter.Index))
            {
                yield return new KeyValuePair<string, double>(parameter.Name, point[parameter.Index]);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
