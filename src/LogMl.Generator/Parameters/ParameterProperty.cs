using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Model;

namespace LogMl.Generator.Parameters;

/// <summary>A property of a parameter record.</summary>
/// <param name="Owner">What the parameter belongs to: a step, or the full name of a branch.</param>
/// <param name="Name">The C# name.</param>
/// <param name="TypeName">The C# type.</param>
/// <param name="EnumName">The generated enum, without namespace, when the type is one.</param>
/// <param name="Default">The default value.</param>
/// <param name="Parameter">The parameter in the YAML.</param>
internal sealed record ParameterProperty(
    string Owner,
    string Name,
    string TypeName,
    string? EnumName,
    ConfigurationValue Default,
    ParameterConfiguration Parameter)
{
    /// <summary>The step.</summary>
    public string Step => Owner.Split('.')[0];

    /// <summary>The name in the search space and in the values of a trial.</summary>
    public string SpaceName => Owner + "." + Parameter.Name;

    /// <summary>The generated hierarchy, when the type is one.</summary>
    public BranchHierarchy? Branches { get; init; }

    /// <summary>Whether it is in the search space.</summary>
    public bool IsSearched => Parameter.Distribution is not null;

    /// <summary>The name of the enum that is generated when the type is one.</summary>
    public string PossibleEnumName => GeneratedTypeNames.TypeOf(SpaceName);

    /// <summary>The name of the type that is generated for this parameter; null when none is.</summary>
    public string? GeneratedType => EnumName ?? Branches?.Name;

    /// <summary>This property and those of its branches, at any depth.</summary>
    public IEnumerable<ParameterProperty> SelfAndInner =>
        Branches is null ? [this] : Branches.Properties.SelectMany(inner => inner.SelfAndInner).Prepend(this);

    /// <summary>The names of the values of a trial on which the property depends.</summary>
    public IEnumerable<string> SearchedNames => SelfAndInner.Where(property => property.IsSearched)
        .SelectMany(property => property.Parameter.Distribution!.Options.OfType<OptionConfiguration.Number>()
            .Select(number => property.SpaceName + "." + number.Name)
            .Prepend(property.SpaceName))
        .Distinct(StringComparer.Ordinal);

    /// <summary>The values that can be listed: the default, and the options of a choice.</summary>
    public IEnumerable<ConfigurationValue> Values =>
        Parameter.Distribution is { } distribution ? distribution.Constants.Prepend(Default) : [Default];

    /// <summary>
    /// Whether another type has the name of the one that would be generated. That is reported, and the members of the other are unknown.
    /// </summary>
    public bool IsTypeTaken { get; init; }

    /// <summary>
    /// Whether a step takes the enum although the type is string, because the distribution that named its members is gone. That is
    /// reported. An enum is generated in place of the lost one, so that the compiler does not report it too.
    /// </summary>
    public bool IsEnumLost { get; init; }

    /// <summary>The members of the enum, or of the one in place of a lost one.</summary>
    public IEnumerable<string> Members => IsEnumLost
        ? Values.OfType<ConfigurationValue.Text>().Select(text => text.Value)
            .GroupBy(CSharpNames.ToPascalCase, StringComparer.Ordinal)
            .Where(group => group.Key is not null)
            .Select(group => group.First())
        : Parameter.Type.Members;

    /// <summary>The default as a C# expression.</summary>
    public string DefaultCode => IsTypeTaken ? "default!" : Branches?.Find(Default)?.DefaultCode ?? Code(Default);

    /// <summary>The property without the comments of the YAML.</summary>
    public ParameterProperty WithoutDescription() => this with
    {
        Parameter = Strip(Parameter),
        Branches = Branches is null
            ? null
            : Branches with { Branches = Branches.Branches.Select(branch => branch.WithoutDescriptions()).ToEquatableArray() },
    };

    /// <summary>A value of this parameter as a C# expression.</summary>
    public string Code(ConfigurationValue value) => value switch
    {
        ConfigurationValue.Text or ConfigurationValue.Mapping when Branches is not null => Branches.Find(value)?.Code(value) ?? "default!",
        ConfigurationValue.Text text when EnumName is not null => EnumType + "." + CSharpNames.ToPascalCase(text.Value),
        ConfigurationValue.Integer integer when Parameter.Type.Kind == ParameterKind.Long => Literals.Long(integer.Value),
        _ => Literals.Of(value),
    };

    /// <summary>The enum type without the question mark of a nullable type.</summary>
    public string EnumType => TypeName.TrimEnd('?');

    /// <summary>The property of a parameter; null if the parameter has no C# name, which is reported in the YAML.</summary>
    public static ParameterProperty? Of(string owner, ParameterConfiguration parameter, string @namespace) =>
        CSharpNames.ToPascalCase(parameter.Name) is { } name ? Of(owner, parameter, name, @namespace) : null;

    /// <summary>A property with another name than that of the parameter.</summary>
    public static ParameterProperty Of(string owner, ParameterConfiguration parameter, string name, string @namespace)
    {
        var path = owner + "." + parameter.Name;
        var type = parameter.Type.Kind is ParameterKind.Enum or ParameterKind.Branches ? GeneratedTypeNames.TypeOf(path) : null;
        var typeName = type is null ? NameOf(parameter.Type) : GeneratedNames.Qualify(@namespace, type) + NullableMark(parameter.Type);
        var isEnum = parameter.Type.Kind == ParameterKind.Enum;
        return new ParameterProperty(owner, name, typeName, isEnum ? type : null, parameter.Default ?? Fallback.Of(parameter), parameter)
        {
            Branches = type is null || isEnum ? null : BranchHierarchy.Of(path, parameter, type, @namespace),
        };
    }

    /// <summary>The C# type of a parameter for which no type is generated.</summary>
    public static string NameOf(ParameterType type) => type.Kind switch
    {
        ParameterKind.Bool => "bool",
        ParameterKind.Int => "int",
        ParameterKind.Long => "long",
        ParameterKind.Double => "double",
        ParameterKind.List => "global::System.Collections.Generic.IReadOnlyList<" + NameOf(type.Element!) + ">",
        _ => "string",
    } + NullableMark(type);

    private static ParameterConfiguration Strip(ParameterConfiguration parameter) => parameter with
    {
        Description = null,
        Distribution = parameter.Distribution is { } distribution
            ? distribution with { Options = distribution.Options.Select(Strip).ToEquatableArray() }
            : null,
    };

    private static OptionConfiguration Strip(OptionConfiguration option) => option is OptionConfiguration.Branch branch
        ? branch with { Parameters = branch.Parameters.Select(Strip).ToEquatableArray() }
        : option;

    private static string NullableMark(ParameterType type) => type.IsNullable ? "?" : "";
}
