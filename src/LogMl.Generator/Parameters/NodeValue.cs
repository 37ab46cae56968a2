using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Shared.Parameters;

namespace LogMl.Generator.Parameters;

/// <summary>Converts a value of a file of parameters to the type that its parameter has.</summary>
internal static class NodeValue
{
    /// <exception cref="ParameterFileException">The value is of another type.</exception>
    public static ConfigurationValue Of(ParameterNode node, ParameterType type) => type.IsNullable && node.IsNull
        ? new ConfigurationValue.Null()
        : type.Kind switch
        {
            ParameterKind.Bool => new ConfigurationValue.Bool(node.Bool()),
            ParameterKind.Int => new ConfigurationValue.Integer(node.Integer(int.MinValue, int.MaxValue)),
            ParameterKind.Long => new ConfigurationValue.Integer(node.Integer(long.MinValue, long.MaxValue)),
            ParameterKind.Double => new ConfigurationValue.Number(node.Real()),
            ParameterKind.Enum => new ConfigurationValue.Text(type.Members[node.OneOf([.. type.Members])]),
            ParameterKind.List => new ConfigurationValue.List(node.Items().Select(item => Of(item, type.Element!)).ToEquatableArray()),
            _ => new ConfigurationValue.Text(node.Text()),
        };
}
