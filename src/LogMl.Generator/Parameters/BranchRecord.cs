using LogMl.Configuration;
using LogMl.Configuration.Model;

namespace LogMl.Generator.Parameters;

/// <summary>The record of one branch of a choice.</summary>
/// <param name="Label">The branch in the YAML.</param>
/// <param name="Name">The name of the record.</param>
/// <param name="FullName">Its name for use in other code.</param>
/// <param name="Properties">One for each parameter of the branch; one for the value of an option that is a number.</param>
internal sealed record BranchRecord(string Label, string Name, string FullName, EquatableArray<ParameterProperty> Properties)
{
    /// <summary>Whether it has no parameters, so that one instance is enough.</summary>
    public bool IsSingle => Properties.IsEmpty && Hidden.IsEmpty;

    /// <summary>Properties that a mistake in the YAML hides, and that the code uses.</summary>
    public EquatableArray<string> Hidden { get; init; }

    /// <summary>Whether generated code cannot make it, because of a part of it in the project, which is reported.</summary>
    public bool IsUnmade { get; init; }

    /// <summary>Whether it is abstract: a part of the hierarchy has a member that it does not override, which is reported.</summary>
    public bool IsAbstract { get; init; }

    /// <summary>Whether nothing of the project is in the place of its one instance.</summary>
    public bool HasInstance { get; init; } = true;

    /// <summary>Whether it is the record of an option that is a number.</summary>
    public bool IsNumber { get; init; }

    /// <summary>The smallest and the largest number of an option that is one; else NaN.</summary>
    public (double Low, double High) Range => this switch
    {
        { IsNumber: false } => (double.NaN, double.NaN),
        { Properties: [{ Parameter.Distribution: { } distribution }] } =>
            (NumericRange.Of(distribution).Lowest, NumericRange.Of(distribution).Highest),
        _ => (double.NegativeInfinity, double.PositiveInfinity),
    };

    /// <summary>The record with the defaults of its parameters, as a C# expression.</summary>
    public string DefaultCode => IsUnmade ? $"default({FullName})!"
        : IsSingle ? $"{FullName}.{GeneratedTypeNames.Instance}"
        : $"new {FullName}()";

    /// <summary>The record with the parameters of a value that names it, as a C# expression.</summary>
    public string Code(ConfigurationValue value)
    {
        var values = value is ConfigurationValue.Mapping { Entries: [var entry] } ? entry.Value : null;
        var assignments = Properties
            .Select(property => ValueOf(property, values) is { } set ? $"{property.Name} = {property.Code(set)}" : null)
            .OfType<string>()
            .ToList();
        return IsUnmade || assignments.Count == 0 ? DefaultCode : $"{DefaultCode} {{ {string.Join(", ", assignments)} }}";
    }

    /// <param name="path">The full name of the choice.</param>
    /// <param name="option">The branch.</param>
    /// <param name="choice">The choice. Its default is that of the parameters of the branch that it names.</param>
    /// <param name="hierarchy">The full name of the abstract record.</param>
    /// <param name="namespace">Its namespace.</param>
    public static BranchRecord Of(string path, OptionType option, ParameterConfiguration choice, string hierarchy, string @namespace)
    {
        var name = CSharpNames.ToPascalCase(option.Name) ?? option.Name;
        var searched = choice.Distribution is null ? [] : choice.Distribution.Options.ToList();
        var value = choice.Default is ConfigurationValue.Mapping { Entries: [var entry] } && entry.Name == option.Name ? entry.Value : null;
        if (option.Number is { } type)
        {
            var number = searched.OfType<OptionConfiguration.Number>().FirstOrDefault(candidate => candidate.Name == option.Name);
            var parameter = new ParameterConfiguration(option.Name, type, value, number?.Distribution);
            var property = ParameterProperty.Of(path, parameter, GeneratedTypeNames.Number, @namespace);
            return new BranchRecord(option.Name, name, hierarchy + "." + name, EquatableArray.Of(property)) { IsNumber = true };
        }

        var branch = searched.OfType<OptionConfiguration.Branch>().FirstOrDefault(candidate => candidate.Name == option.Name);
        var defaults = value is ConfigurationValue.Mapping mapping ? mapping.Entries : default;
        return new BranchRecord(option.Name, name, hierarchy + "." + name, option.Parameters
            .Select(parameter => ParameterOf(parameter, branch, defaults))
            .Select(parameter => ParameterProperty.Of(path + "." + option.Name, parameter, @namespace))
            .OfType<ParameterProperty>()
            .ToEquatableArray());
    }

    /// <summary>The record without the comments of the YAML.</summary>
    public BranchRecord WithoutDescriptions() =>
        this with { Properties = Properties.Select(property => property.WithoutDescription()).ToEquatableArray() };

    /// <summary>The value of a property; an option that is a number has no name for it.</summary>
    private static ConfigurationValue? ValueOf(ParameterProperty property, ConfigurationValue? values) => values switch
    {
        ConfigurationValue.Mapping mapping => mapping.Entries.FirstOrDefault(entry => entry.Name == property.Parameter.Name)?.Value,
        _ => values,
    };

    private static ParameterConfiguration ParameterOf(
        NamedType type, OptionConfiguration.Branch? branch, EquatableArray<SettingConfiguration> defaults)
    {
        var parameter = branch?.Parameters.FirstOrDefault(candidate => candidate.Name == type.Name)
            ?? new ParameterConfiguration(type.Name, type.Type, null, null);
        return defaults.FirstOrDefault(entry => entry.Name == type.Name) is { } set ? parameter with { Default = set.Value } : parameter;
    }
}
