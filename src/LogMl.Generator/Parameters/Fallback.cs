using LogMl.Configuration;

namespace LogMl.Generator.Parameters;

/// <summary>
/// The value that a parameter has in a run without a search when <c>functions</c> gives no default: the middle of its distribution.
/// </summary>
internal static class Fallback
{
    public static ConfigurationValue Of(ParameterConfiguration parameter)
    {
        if (parameter.Distribution is not { } distribution)
        {
            // The distribution is wrong, which is reported; the property must compile all the same.
            return NeutralOf(parameter.Type);
        }

        if (distribution.Kind is DistributionKind.Choice or DistributionKind.PChoice)
        {
            return distribution.Options[0];
        }

        var middle = MiddleOf(distribution);
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

    private static double MiddleOf(DistributionConfiguration distribution)
    {
        var arguments = distribution.Arguments;
        return distribution.Kind switch
        {
            DistributionKind.RandInt when arguments.Count == 1 => Math.Floor((arguments[0] - 1) / 2),
            DistributionKind.RandInt => Math.Floor(Between(arguments[0], arguments[1] - 1)),
            DistributionKind.UniformInt => Math.Floor(Between(arguments[0], arguments[1])),
            DistributionKind.Uniform => Between(arguments[0], arguments[1]),
            DistributionKind.QUniform => Quantize(Between(arguments[0], arguments[1]), arguments[2]),
            DistributionKind.LogUniform => Math.Exp(Between(arguments[0], arguments[1])),
            DistributionKind.QLogUniform => Quantize(Math.Exp(Between(arguments[0], arguments[1])), arguments[2]),
            DistributionKind.Normal => arguments[0],
            DistributionKind.QNormal => Quantize(arguments[0], arguments[2]),
            DistributionKind.LogNormal => Math.Exp(arguments[0]),
            DistributionKind.QLogNormal => Quantize(Math.Exp(arguments[0]), arguments[2]),
            _ => throw new InvalidOperationException("A choice has no middle."),
        };
    }

    // The sum of two bounds may overflow; the sum of their halves cannot.
    private static double Between(double low, double high) => (low / 2) + (high / 2);

    private static double Quantize(double value, double q) => Math.Round(value / q) * q;
}
