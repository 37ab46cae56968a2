namespace LogMl.Configuration.Model;

/// <summary>An option of a parameter of kind <see cref="ParameterKind.Branches"/>.</summary>
/// <param name="Name">The name of the branch; of an option that is a number, the name of its distribution.</param>
/// <param name="Parameters">The parameters of the branch; empty for an option without parameters.</param>
/// <param name="Number">The type of an option that is a number; null for a branch.</param>
public sealed record OptionType(string Name, EquatableArray<NamedType> Parameters, ParameterType? Number = null)
{
    /// <summary>Whether a reported mistake hides parameters of the branch.</summary>
    public bool MissesParameters { get; init; }

    /// <summary>Whether a reported mistake hides parameters, of the branch or of one in it.</summary>
    public bool IsIncomplete => MissesParameters || Parameters.Any(parameter => parameter.Type.IsIncomplete);

    /// <summary>As <c>functions.types</c> writes it: <c>naive_bayes</c>, <c>{svm: {c: double}}</c>, <c>{uniform: double}</c>.</summary>
    public string Written => this switch
    {
        { Number: { } number } => $"{{{Name}: {number.Written}}}",
        { Parameters.IsEmpty: true } => Name,
        _ => $"{{{Name}: {{{string.Join(", ", Parameters.Select(parameter => $"{parameter.Name}: {parameter.Type.Written}"))}}}}}",
    };
}

/// <summary>A parameter of a branch with its type.</summary>
/// <param name="Name">The name in the YAML.</param>
/// <param name="Type">The type.</param>
public sealed record NamedType(string Name, ParameterType Type);
