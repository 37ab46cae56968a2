using LogMl.Configuration.Model;
using LogMl.Generator.Model;

namespace LogMl.Generator.Parameters;

/// <summary>A property of a parameter record.</summary>
/// <param name="Step">The step.</param>
/// <param name="Name">The C# name.</param>
/// <param name="TypeName">The C# type.</param>
/// <param name="EnumName">The generated enum, without namespace, when the type is one.</param>
/// <param name="Default">The default value.</param>
/// <param name="Parameter">The parameter in the YAML.</param>
internal sealed record ParameterProperty(
    string Step,
    string Name,
    string TypeName,
    string? EnumName,
    ConfigurationValue Default,
    ParameterConfiguration Parameter)
{
    /// <summary>The name in the search space and in the values of a trial.</summary>
    public string SpaceName => Step + "." + Parameter.Name;

    /// <summary>Whether it is in the search space.</summary>
    public bool IsSearched => Parameter.Distribution is not null;

    /// <summary>The name of the enum that is generated when the type is one.</summary>
    public string PossibleEnumName => GeneratedNames.EnumOf(Step, Name);

    /// <summary>The values that can be listed: the default, and the options of a choice.</summary>
    public IEnumerable<ConfigurationValue> Values =>
        Parameter.Distribution is { } distribution ? distribution.Constants.Prepend(Default) : [Default];

    /// <summary>
    /// Whether a type of the project has the name of the enum. That is reported, and the members of the type are unknown.
    /// </summary>
    public bool IsEnumTaken { get; init; }

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
    public string DefaultCode => IsEnumTaken ? "default!" : Code(Default);

    /// <summary>A value of this parameter as a C# expression.</summary>
    public string Code(ConfigurationValue value) => value switch
    {
        ConfigurationValue.Text text when EnumName is not null => EnumType + "." + CSharpNames.ToPascalCase(text.Value),
        ConfigurationValue.Integer integer when Parameter.Type.Kind == ParameterKind.Long => Literals.Long(integer.Value),
        _ => Literals.Of(value),
    };

    /// <summary>The enum type without the question mark of a nullable type.</summary>
    public string EnumType => TypeName.TrimEnd('?');

    /// <summary>The property of a parameter; null if the parameter has no C# name, which is reported in the YAML.</summary>
    public static ParameterProperty? Of(string step, ParameterConfiguration parameter, string @namespace)
    {
        var name = CSharpNames.ToPascalCase(parameter.Name);
        if (name is null)
        {
            return null;
        }

        var enumName = parameter.Type.Kind == ParameterKind.Enum ? GeneratedNames.EnumOf(step, name) : null;
        var typeName = enumName is null
            ? NameOf(parameter.Type)
            : GeneratedNames.Qualify(@namespace, enumName) + NullableMark(parameter.Type);
        return new ParameterProperty(step, name, typeName, enumName, parameter.Default ?? Fallback.Of(parameter), parameter);
    }

    /// <summary>The C# type of a parameter that is not an enum.</summary>
    public static string NameOf(ParameterType type) => type.Kind switch
    {
        ParameterKind.Bool => "bool",
        ParameterKind.Int => "int",
        ParameterKind.Long => "long",
        ParameterKind.Double => "double",
        ParameterKind.List => "global::System.Collections.Generic.IReadOnlyList<" + NameOf(type.Element!) + ">",
        _ => "string",
    } + NullableMark(type);

    private static string NullableMark(ParameterType type) => type.IsNullable ? "?" : "";
}
