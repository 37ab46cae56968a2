using LogMl.Configuration;
using LogMl.Configuration.Diagnostics;
using LogMl.Generator.Diagnostics;

namespace LogMl.Generator.Model;

/// <summary>A generated type that collides with a type, a namespace or an alias of the project.</summary>
/// <param name="Name">The name of the type.</param>
/// <param name="Member">The member that both have; null when the type itself, or creating it, is the problem.</param>
/// <param name="IsPart">Whether it is a part of the generated record. Then the record is generated all the same.</param>
internal sealed record OwnType(string Name, string? Member, bool IsPart)
{
    /// <summary>Whether it is an enum with the name of a generated one. Then a property can have it as its type.</summary>
    public bool IsEnum { get; init; }

    /// <summary>Whether it has the name of the namespace of a workflow, for which nothing can be generated then.</summary>
    public bool IsNamespace { get; init; }

    /// <summary>Whether it is a part of a generated record that cannot be made because of it.</summary>
    public bool IsUnmade { get; init; }

    /// <summary>The branches of a hierarchy that do not override an abstract member of it.</summary>
    public EquatableArray<string> Abstract { get; init; }

    /// <summary>Whether other projects can see it.</summary>
    public bool IsPublic { get; init; }
}

/// <summary>An own type with its diagnostic and its position. It is the one model of types that changes when a line moves.</summary>
internal sealed record OwnTypeSource(OwnType Type, DiagnosticDefinition Definition, Place Place, EquatableArray<string> Arguments);
