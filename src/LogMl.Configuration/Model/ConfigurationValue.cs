namespace LogMl.Configuration.Model;

/// <summary>A value of the YAML: null, a scalar, a list, or a mapping. Closed: the nested records are all there are.</summary>
public abstract record ConfigurationValue
{
    private ConfigurationValue()
    {
    }

    /// <summary>No value (<c>null</c>, <c>~</c>, or nothing after the colon).</summary>
    public sealed record Null : ConfigurationValue;

    /// <summary>true or false.</summary>
    public sealed record Bool(bool Value) : ConfigurationValue;

    /// <summary>A whole number.</summary>
    public sealed record Integer(long Value) : ConfigurationValue;

    /// <summary>A floating-point number; only a default and a setting may be infinite or not a number.</summary>
    public sealed record Number(double Value) : ConfigurationValue
    {
        internal bool IsFinite => !double.IsNaN(Value) && !double.IsInfinity(Value);
    }

    /// <summary>A text; for a parameter of kind <see cref="ParameterKind.Enum"/>, one of its members.</summary>
    public sealed record Text(string Value) : ConfigurationValue;

    /// <summary>A list.</summary>
    public sealed record List(EquatableArray<ConfigurationValue> Items) : ConfigurationValue;

    /// <summary>Values by name.</summary>
    public sealed record Mapping(EquatableArray<SettingConfiguration> Entries) : ConfigurationValue;

    /// <summary>The value of a setting that a rule has read: a long, a double, a bool or a string.</summary>
    internal static ConfigurationValue Of(object value) => value switch
    {
        bool truth => new Bool(truth),
        long integer => new Integer(integer),
        double number => new Number(number),
        _ => new Text((string)value),
    };
}
