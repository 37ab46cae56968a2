namespace LogMl.Configuration.Model;

/// <summary>A value of the YAML: null, a scalar, or a list. Closed: the nested records are all there are.</summary>
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

    /// <summary>A list of scalars.</summary>
    public sealed record List(EquatableArray<ConfigurationValue> Items) : ConfigurationValue;
}
