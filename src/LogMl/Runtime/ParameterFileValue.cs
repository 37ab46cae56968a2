using System.ComponentModel;
using LogMl.Shared.Parameters;

namespace LogMl.Runtime;

/// <summary>
/// A value of a file of parameters, for generated code, which knows the type that each must have. A value of another type ends the reading
/// with an error at its place. Not for use by hand.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ParameterFileValue
{
    private readonly ParameterNode _node;

    internal ParameterFileValue(ParameterNode node) => _node = node;

    /// <summary>Whether it is null.</summary>
    public bool IsNull => _node.IsNull;

    /// <summary>True or false.</summary>
    public bool Bool() => _node.Bool();

    /// <summary>A whole number.</summary>
    public int Int32() => (int)_node.Integer(int.MinValue, int.MaxValue);

    /// <summary>A whole number.</summary>
    public long Int64() => _node.Integer(long.MinValue, long.MaxValue);

    /// <summary>A number.</summary>
    public double Double() => _node.Real();

    /// <summary>A text.</summary>
    public string Text() => _node.Text();

    /// <summary>The value that stands for one of some texts.</summary>
    public T OneOf<T>(string[] names, T[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values[_node.OneOf(names)];
    }

    /// <summary>
    /// A branch of a choice: its name, or a mapping with its name as the one key; or a number, for an option that is one.
    /// </summary>
    /// <param name="names">The names of the branches.</param>
    /// <param name="low">For each of them the smallest number, or NaN when it is no number.</param>
    /// <param name="high">The largest.</param>
    /// <param name="read">For each of them how to read its parameters, or its number.</param>
    public T Branch<T>(string[] names, double[] low, double[] high, Func<ParameterFileValue, T>[] read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var (index, value) = _node.BranchOf(names, low, high);
        return read[index](new ParameterFileValue(value));
    }

    /// <summary>A list.</summary>
    public T[] List<T>(Func<ParameterFileValue, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var items = _node.Items();
        var values = new T[items.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = read(new ParameterFileValue(items[i]));
        }

        return values;
    }

    /// <summary>The value of a key of a mapping, or <paramref name="otherwise"/> when the mapping does not have the key.</summary>
    public T Get<T>(string key, Func<ParameterFileValue, T> read, T otherwise)
    {
        ArgumentNullException.ThrowIfNull(read);
        return _node.Find(key) is { } value ? read(new ParameterFileValue(value)) : otherwise;
    }

    /// <summary>Refuses a mapping that has other keys than some; null is a mapping without keys.</summary>
    /// <param name="what">What a key is, for the error.</param>
    /// <param name="keys">The keys that it may have.</param>
    public ParameterFileValue WithKeys(string what, params string[] keys)
    {
        if (_node.IsNull)
        {
            return new ParameterFileValue(new ParameterNode.Mapping(_node.Name, _node.Place, []));
        }

        _node.RequireKnown(keys, what);
        return this;
    }

    /// <summary>Refuses a step that is switched on or off otherwise than in the workflow.</summary>
    /// <param name="isEnabled">Whether the workflow has the step switched on.</param>
    public ParameterFileValue WithEnable(bool isEnabled)
    {
        _node.RequireEnable(isEnabled);
        return this;
    }
}
