using LogMl.Configuration.Model;

namespace LogMl.Generator.Inputs;

/// <summary>Which types of the project become a part of a generated type.</summary>
internal enum PartForm
{
    None,
    Record,
    StaticClass,
}

/// <summary>A type that is generated.</summary>
/// <param name="Name">Its name.</param>
internal sealed record GeneratedName(string Name)
{
    public PartForm Form { get; init; }

    /// <summary>Whether it has an alias outside of any namespace, too.</summary>
    public bool HasAlias { get; init; }

    /// <summary>Its members, each with the name in the YAML for which it is generated; null when it is for none.</summary>
    public IReadOnlyDictionary<string, string?> Members { get; init; } = new Dictionary<string, string?>();

    /// <summary>The records that are nested in it.</summary>
    public IReadOnlyList<GeneratedName> Branches { get; init; } = [];

    /// <summary>Whether it is the hierarchy of a choice, whose branches are all known.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Whether its constructor without parameters is generated.</summary>
    public bool HasConstructor { get; init; }

    /// <summary>The types of a parameter, and of the parameters of its branches.</summary>
    /// <param name="path">The full name of the parameter.</param>
    /// <param name="type">Its type.</param>
    public static IEnumerable<GeneratedName> TypesOf(string path, ParameterType type)
    {
        if (type.Kind is not (ParameterKind.Enum or ParameterKind.Branches))
        {
            yield break;
        }

        var name = GeneratedTypeNames.TypeOf(path);
        yield return type.Kind == ParameterKind.Enum ? new GeneratedName(name) : HierarchyOf(name, path, type);
        foreach (var inner in type.Options.SelectMany(option => option.Parameters
            .SelectMany(parameter => TypesOf($"{path}.{option.Name}.{parameter.Name}", parameter.Type))))
        {
            yield return inner;
        }
    }

    /// <summary>A name of the YAML as that of a member.</summary>
    public static string InCSharp(string name) => CSharpNames.ToPascalCase(name) ?? name;

    private static GeneratedName HierarchyOf(string name, string path, ParameterType type) =>
        RecordOf(name, path, type.Options.Select(option => option.Name), (GeneratedTypeNames.Match, null)) with
        {
            Branches = type.Options.Select(option => BranchOf(path + "." + option.Name, option)).ToList(),
            IsClosed = !type.MissesOptions,
            HasConstructor = true,
        };

    private static GeneratedName BranchOf(string path, OptionType option)
    {
        var (name, isSingle) = (InCSharp(option.Name), option.Parameters.IsEmpty && option.Number is null);
        (string, string?)[] own = option.Number is not null ? [(GeneratedTypeNames.Number, path)]
            : isSingle ? [(GeneratedTypeNames.Instance, null)]
            : [];
        return RecordOf(name, path, option.Parameters.Select(parameter => parameter.Name), own) with { HasConstructor = isSingle };
    }

    private static GeneratedName RecordOf(
        string name, string path, IEnumerable<string> members, params (string Name, string? Purpose)[] own) => new(name)
    {
        Form = PartForm.Record,
        Members = members.Select(member => (Name: InCSharp(member), Purpose: (string?)(path + "." + member))).Concat(own)
            .ToDictionary(member => member.Name, member => member.Purpose, StringComparer.Ordinal),
    };
}
