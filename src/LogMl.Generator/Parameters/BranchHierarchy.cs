using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Model;

namespace LogMl.Generator.Parameters;

/// <summary>The records that are generated for a choice with branches: an abstract one, and one nested in it for each branch.</summary>
/// <param name="Name">The name of the abstract record, without namespace.</param>
/// <param name="FullName">Its name for use in other code.</param>
/// <param name="Branches">The nested records.</param>
internal sealed record BranchHierarchy(string Name, string FullName, EquatableArray<BranchRecord> Branches)
{
    /// <summary>Whether nothing of the project is in the place of its method <c>Match</c>.</summary>
    public bool HasMatch { get; init; } = true;

    /// <summary>Whether nothing of the project is in the place of its constructor.</summary>
    public bool HasConstructor { get; init; } = true;

    /// <summary>The properties of all branches.</summary>
    public IEnumerable<ParameterProperty> Properties => Branches.SelectMany(branch => branch.Properties);

    /// <summary>The record of a value that names its branch; null when it is null, or the branch could not be generated.</summary>
    public BranchRecord? Find(ConfigurationValue value) => NameIn(value) is { } name ? Find(name) : null;

    /// <summary>The record of a branch.</summary>
    public BranchRecord? Find(string label) => Branches.FirstOrDefault(branch => branch.Label == label);

    /// <summary>The hierarchy of a choice.</summary>
    /// <param name="path">The full name of the choice, such as <c>model_create.classifier</c>.</param>
    /// <param name="choice">The choice.</param>
    /// <param name="name">The name of the abstract record.</param>
    /// <param name="namespace">Its namespace.</param>
    public static BranchHierarchy Of(string path, ParameterConfiguration choice, string name, string @namespace)
    {
        var fullName = GeneratedNames.Qualify(@namespace, name);
        return new BranchHierarchy(
            name,
            fullName,
            choice.Type.Options.Select(option => BranchRecord.Of(path, option, choice, fullName, @namespace)).ToEquatableArray());
    }

    /// <summary>The name of the branch that a value names.</summary>
    internal static string? NameIn(ConfigurationValue value) => value switch
    {
        ConfigurationValue.Text text => text.Value,
        ConfigurationValue.Mapping { Entries: [var entry] } => entry.Name,
        _ => null,
    };
}
