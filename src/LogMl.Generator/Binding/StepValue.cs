using LogMl.Generator.Model;

namespace LogMl.Generator.Binding;

/// <summary>A piece of data that a step can take.</summary>
/// <param name="Expression">The C# expression.</param>
/// <param name="Type">Its type.</param>
/// <param name="Origin">The step that returns it, for messages.</param>
/// <param name="Names">The parameter names that select it; messages use the first.</param>
internal sealed record StepValue(string Expression, GivenType Type, string Origin, params string[] Names)
{
    /// <summary>
    /// Whether only a parameter with one of the names gets it, because its type is too general, or because a parameter of this type usually
    /// means other data.
    /// </summary>
    public bool IsByNameOnly { get; init; }

    /// <summary>Whether it is the model.</summary>
    public bool IsModel { get; init; }

    /// <summary>Whether it differs between the parts of the data.</summary>
    public bool DependsOnPart { get; init; }

    public string Name => Names[0];

    public bool IsNamedBy(string parameterName) =>
        Names.Any(name => string.Equals(name, Identifiers.Normalize(parameterName), StringComparison.Ordinal));
}
