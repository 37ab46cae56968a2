using LogMl.Generator.Model;

namespace LogMl.Generator.Binding;

/// <summary>A piece of data that a step can take.</summary>
/// <param name="Expression">The C# expression.</param>
/// <param name="Type">What it is.</param>
/// <param name="Origin">Who gives it, for messages.</param>
/// <param name="Names">The parameter names that ask for it; the first is what messages call it.</param>
internal sealed record StepValue(string Expression, GivenType Type, string Origin, params string[] Names)
{
    /// <summary>Whether only a parameter of one of the names gets it: its type says too little, or it is seldom what is meant.</summary>
    public bool IsByNameOnly { get; init; }

    /// <summary>Whether it is the model.</summary>
    public bool IsModel { get; init; }

    /// <summary>Whether it is another one for each part of the data.</summary>
    public bool DependsOnPart { get; init; }

    public string Name => Names[0];

    public bool IsAskedForBy(string parameterName) =>
        Names.Any(name => string.Equals(name, Identifiers.Normalize(parameterName), StringComparison.Ordinal));
}
