using System.ComponentModel;

namespace LogMl.Runtime;

/// <summary>
/// The values that a trial has for the parameters of the search space, by name (<c>model_train.learning_rate</c>): numbers, and
/// for a choice the index of the option. What a trial does not set takes the default. Read by generated code only.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ParameterValues
{
    private readonly IReadOnlyDictionary<string, double> _values;

    internal ParameterValues(IReadOnlyDictionary<string, double> values) => _values = values;

    /// <summary>The number of values that are set.</summary>
    public int Count => _values.Count;

    /// <summary>A real-valued parameter.</summary>
    public double Double(string name, double defaultValue) => _values.TryGetValue(name, out var value) ? value : defaultValue;

    /// <summary>An integer parameter.</summary>
    /// <exception cref="OverflowException">The value does not fit.</exception>
    public int Int32(string name, int defaultValue) => _values.TryGetValue(name, out var value) ? checked((int)value) : defaultValue;

    /// <summary>An integer parameter; integers are exact up to 2^53.</summary>
    /// <exception cref="OverflowException">The value does not fit.</exception>
    public long Int64(string name, long defaultValue) => _values.TryGetValue(name, out var value) ? checked((long)value) : defaultValue;

    /// <summary>The index of the chosen option of a choice, or -1 when the trial does not set it.</summary>
    public int Index(string name) => _values.TryGetValue(name, out var value) ? (int)value : -1;

    /// <summary>The chosen one of the options of a choice.</summary>
    public T Option<T>(string name, T[] options, T defaultValue) =>
        Index(name) is var index && index >= 0 && index < options.Length ? options[index] : defaultValue;

    /// <summary>Whether the trial sets the parameter.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>The values of the named parameters as text that is equal exactly when they are: the key of a cached stage.</summary>
    internal string KeyOf(ReadOnlySpan<string> names)
    {
        var key = new System.Text.StringBuilder();
        foreach (var name in names)
        {
            key.Append(name).Append('=');
            if (_values.TryGetValue(name, out var value))
            {
                key.Append(value.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
            }

            key.Append(';');
        }

        return key.ToString();
    }
}
