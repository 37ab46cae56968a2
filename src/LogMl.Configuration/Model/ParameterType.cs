namespace LogMl.Configuration.Model;

/// <summary>The kinds of types that a parameter can have.</summary>
public enum ParameterKind
{
    /// <summary><see cref="bool"/>; values are <see cref="ConfigurationValue.Bool"/>.</summary>
    Bool,

    /// <summary><see cref="int"/>; values are <see cref="ConfigurationValue.Integer"/>.</summary>
    Int,

    /// <summary><see cref="long"/>; values are <see cref="ConfigurationValue.Integer"/>.</summary>
    Long,

    /// <summary><see cref="double"/>; values are <see cref="ConfigurationValue.Number"/>.</summary>
    Double,

    /// <summary><see cref="string"/>; values are <see cref="ConfigurationValue.Text"/>.</summary>
    String,

    /// <summary>A generated enum; values are <see cref="ConfigurationValue.Text"/>, all in <see cref="ParameterType.Members"/>.</summary>
    Enum,

    /// <summary>A list of <see cref="ParameterType.Element"/>; values are <see cref="ConfigurationValue.List"/>.</summary>
    List,

    /// <summary>
    /// A generated hierarchy of records, one for each of <see cref="ParameterType.Options"/>. Values are
    /// <see cref="ConfigurationValue.Text"/> (a branch without parameters), or a <see cref="ConfigurationValue.Mapping"/> with one entry:
    /// the branch, with a mapping of its parameters, or the name of an option that is a number, with the number.
    /// </summary>
    Branches,
}

/// <summary>
/// The type of a parameter. Every value of the parameter (its default, the options of its distribution) has the form that belongs to
/// the type, or is <see cref="ConfigurationValue.Null"/> when the type is nullable.
/// </summary>
/// <param name="Kind">The kind of the type.</param>
/// <param name="IsNullable">True when null is the default or an option.</param>
/// <param name="Members">
/// The members of an enum as the YAML spells them (<c>relu</c>), without repetition; the PascalCase names that
/// <see cref="CSharpNames.ToPascalCase"/> makes of them are valid and all different. Empty for other kinds.
/// </param>
/// <param name="Element">The type of the elements of a list (never a list or an enum itself); null for other kinds.</param>
public sealed record ParameterType(ParameterKind Kind, bool IsNullable, EquatableArray<string> Members, ParameterType? Element)
{
    /// <summary>A type without members or elements.</summary>
    public ParameterType(ParameterKind kind, bool isNullable = false)
        : this(kind, isNullable, default, null)
    {
    }

    /// <summary>The type as <c>functions.types</c> writes it: <c>double?</c>, <c>int[]</c>, <c>[relu, tanh]</c>.</summary>
    public string Written => Kind switch
    {
        ParameterKind.Branches => "[" + string.Join(", ", Options.Select(option => option.Written)) + (IsNullable ? ", null]" : "]"),
        ParameterKind.Enum => "[" + string.Join(", ", Members) + (IsNullable ? ", null]" : "]"),
        ParameterKind.List => Element!.Written + "[]" + Mark,
        _ => Kind.ToString().ToLowerInvariant() + Mark,
    };

    /// <summary>
    /// The options of a hierarchy, whether or not the parameter is searched. The PascalCase names that
    /// <see cref="CSharpNames.ToPascalCase"/> makes of their names are valid and all different. Empty for other kinds.
    /// </summary>
    public EquatableArray<OptionType> Options { get; init; }

    /// <summary>Whether a reported mistake hides options of a hierarchy.</summary>
    public bool MissesOptions { get; init; }

    /// <summary>Whether a reported mistake hides options, or parameters, of a hierarchy or of one in it.</summary>
    public bool IsIncomplete => MissesOptions || Options.Any(option => option.IsIncomplete);

    /// <summary>The type of an option that is a number: its own in a hierarchy, else that of the parameter.</summary>
    /// <param name="option">The option.</param>
    /// <returns>The type.</returns>
    public ParameterType TypeOf(OptionConfiguration.Number option) =>
        Options.FirstOrDefault(known => known.Name == option.Name)?.Number ?? this;

    private string Mark => IsNullable ? "?" : "";

    /// <summary>The type of a value by itself: that of a parameter with this default and nothing else.</summary>
    public static ParameterType Of(ConfigurationValue value) => value switch
    {
        ConfigurationValue.Bool => new ParameterType(ParameterKind.Bool),
        ConfigurationValue.Integer { Value: >= int.MinValue and <= int.MaxValue } => new ParameterType(ParameterKind.Int),
        ConfigurationValue.Integer => new ParameterType(ParameterKind.Long),
        ConfigurationValue.Number => new ParameterType(ParameterKind.Double),
        ConfigurationValue.List list => new ParameterType(ParameterKind.List, false, default, OfItems(list.Items)),
        _ => new ParameterType(ParameterKind.String, value is ConfigurationValue.Null),
    };

    private static ParameterType OfItems(EquatableArray<ConfigurationValue> items)
    {
        var kinds = items.Where(item => item is not ConfigurationValue.Null).Select(item => Of(item).Kind).Distinct().ToList();

        // The items of a list have one type, except that some integers may need 64 bits.
        var kind = kinds.Count == 0 ? ParameterKind.String : kinds.Contains(ParameterKind.Long) ? ParameterKind.Long : kinds[0];
        return new ParameterType(kind, items.Any(item => item is ConfigurationValue.Null));
    }
}
