using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;
using LogMl.Shared;

namespace LogMl.Configuration.Reading;

/// <summary>An option of a choice as written.</summary>
/// <param name="Node">The option.</param>
internal abstract record OptionShape(YamlNode Node)
{
    /// <summary>A scalar, or a list of values.</summary>
    public sealed record Constant(YamlNode Node) : OptionShape(Node);

    /// <summary>A mapping: a branch with parameters.</summary>
    public sealed record Branch(YamlMapping Mapping) : OptionShape(Mapping);

    /// <summary>A distribution.</summary>
    public sealed record Distribution(YamlSequence List) : OptionShape(List);

    /// <summary>A mapping with a name alone, <c>{naive_bayes: {}}</c>, is that name.</summary>
    public static YamlNode WithoutEmptyBranch(YamlNode node) =>
        node is YamlMapping
        {
            CustomTag: null,
            Pairs:
            [
                {
                    Key: YamlScalar { CustomTag: null, IsInvalid: false } name,
                    Value: { CustomTag: null } and (YamlScalar { IsNull: true } or YamlMapping { Pairs.Count: 0 }),
                },
            ],
        }
        && EnumMembers.IsName(name.Text)
            ? name
            : node;

    /// <summary>What an option is. A list of texts alone may begin with the name of a distribution by accident.</summary>
    public static OptionShape Of(YamlNode node) => node switch
    {
        YamlMapping mapping => new Branch(mapping),
        YamlSequence { Items: [YamlScalar head, _, ..] } list when IsDistribution(head, list) => new Distribution(list),
        _ => new Constant(node),
    };

    /// <summary>Whether there is a mapping in a distribution.</summary>
    public static bool HasBranch(YamlNode node) => node is YamlMapping || (node is YamlSequence list && list.Items.Any(HasBranch));

    /// <summary>Also when the name is misspelt: no list has a text before numbers.</summary>
    private static bool IsDistribution(YamlScalar head, YamlSequence list) => DistributionSignature.Find(head.Text) is not null
        ? !list.Items.All(item => item is YamlScalar scalar && !scalar.IsNull && EnumMembers.IsName(scalar.Text))
        : ScalarReader.NaturalKind(head) == ParameterKind.String && list.Items.Skip(1).All(IsNumber)
            && NearestName.Find(head.Text, DistributionSignature.Names) is not null;

    private static bool IsNumber(YamlNode node) =>
        node is YamlScalar scalar && ScalarReader.NaturalKind(scalar) is ParameterKind.Int or ParameterKind.Double;
}
