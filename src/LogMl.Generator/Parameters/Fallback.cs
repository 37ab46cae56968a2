using LogMl.Configuration;
using LogMl.Configuration.Model;

namespace LogMl.Generator.Parameters;

/// <summary>The default of a parameter without a value in <c>functions</c>: the middle of its distribution.</summary>
internal static class Fallback
{
    public static ConfigurationValue Of(ParameterConfiguration parameter)
    {
        if (parameter.Distribution is not { } distribution)
        {
            // The distribution is invalid, which is reported. The property must compile all the same.
            return NeutralOf(parameter.Type);
        }

        return distribution.Options.IsEmpty ? MiddleOf(distribution, parameter.Type) : Of(distribution.Options[0], parameter.Type);
    }

    private static ConfigurationValue Of(OptionConfiguration option, ParameterType type) => option switch
    {
        OptionConfiguration.Constant constant => constant.Value,
        OptionConfiguration.Number number when type.Kind == ParameterKind.Branches =>
            Named(number.Name, MiddleOf(number.Distribution, type.TypeOf(number))),
        OptionConfiguration.Number number => MiddleOf(number.Distribution, type),

        // The parameters that a branch leaves out have the middle of their own distributions.
        OptionConfiguration.Branch { Parameters.IsEmpty: false } branch => Named(branch.Name, new ConfigurationValue.Mapping(default)),
        _ => new ConfigurationValue.Text(((OptionConfiguration.Branch)option).Name),
    };

    private static ConfigurationValue.Mapping Named(string name, ConfigurationValue value) =>
        new(EquatableArray.Of(new SettingConfiguration(name, value)));

    /// <summary>The middle of a distribution of numbers, as a value of a type.</summary>
    public static ConfigurationValue MiddleOf(DistributionConfiguration distribution, ParameterType type)
    {
        var middle = NumericRange.Of(distribution).Middle;
        return type.Kind switch
        {
            ParameterKind.Int or ParameterKind.Long => new ConfigurationValue.Integer((long)Math.Round(middle)),
            _ => new ConfigurationValue.Number(middle),
        };
    }

    private static ConfigurationValue NeutralOf(ParameterType type) => type switch
    {
        { IsNullable: true } => new ConfigurationValue.Null(),
        { Kind: ParameterKind.Bool } => new ConfigurationValue.Bool(false),
        { Kind: ParameterKind.Int or ParameterKind.Long } => new ConfigurationValue.Integer(0),
        { Kind: ParameterKind.Double } => new ConfigurationValue.Number(0),
        { Kind: ParameterKind.List } => new ConfigurationValue.List(default),
        { Kind: ParameterKind.Branches, Options.IsEmpty: false } => new ConfigurationValue.Text(type.Options[0].Name),
        { Kind: ParameterKind.Enum } => new ConfigurationValue.Text(type.Members[0]),
        _ => new ConfigurationValue.Text(""),
    };
}
