using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Shared.Parameters;

namespace LogMl.Generator.Parameters;

/// <summary>Converts a value of a file of parameters to the type that its parameter has.</summary>
internal static class NodeValue
{
    /// <exception cref="ParameterFileException">The value is of another type.</exception>
    public static ConfigurationValue Of(ParameterNode node, ParameterProperty property) =>
        property.Branches is { } hierarchy && !(property.Parameter.Type.IsNullable && node.IsNull)
            ? Of(node, property, hierarchy)
            : Of(node, property.Parameter.Type);

    private static ConfigurationValue.Mapping Of(ParameterNode node, ParameterProperty choice, BranchHierarchy hierarchy)
    {
        var ranges = hierarchy.Branches.Select(branch => branch.Range).ToList();
        var (index, value) = node.BranchOf(
            [.. hierarchy.Branches.Select(branch => branch.Label)],
            [.. ranges.Select(range => range.Low)],
            [.. ranges.Select(range => range.High)]);
        var branch = hierarchy.Branches[index];
        return Named(branch.Label, branch.IsNumber ? Of(value, branch.Properties[0]) : Of(value, choice, branch));
    }

    private static ConfigurationValue.Mapping Of(ParameterNode values, ParameterProperty choice, BranchRecord branch)
    {
        if (values.IsNull)
        {
            return new ConfigurationValue.Mapping(default);
        }

        values.RequireKnown([.. ParameterFileKeys.OfParameters(branch)], ParameterFileKeys.ParameterOf(choice, branch));
        return new ConfigurationValue.Mapping(branch.Properties
            .Select(property => values.Find(property.Parameter.Name) is { } value
                ? new SettingConfiguration(property.Parameter.Name, Of(value, property))
                : null)
            .OfType<SettingConfiguration>()
            .ToEquatableArray());
    }

    private static ConfigurationValue.Mapping Named(string name, ConfigurationValue value) =>
        new(EquatableArray.Of(new SettingConfiguration(name, value)));

    private static ConfigurationValue Of(ParameterNode node, ParameterType type) => type.IsNullable && node.IsNull
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
