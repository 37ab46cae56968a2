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

        if (DistributionForm.Of(distribution.Kind).HasOptions)
        {
            return distribution.Options[0];
        }

        var middle = NumericRange.Of(distribution).Middle;
        return parameter.Type.Kind switch
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
        { Kind: ParameterKind.Enum } => new ConfigurationValue.Text(type.Members[0]),
        _ => new ConfigurationValue.Text(""),
    };
}
