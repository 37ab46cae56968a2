using LogMl.Configuration;
using LogMl.Configuration.Diagnostics;
using LogMl.Generator.Diagnostics;

namespace LogMl.Generator.Model;

/// <summary>What a type, a namespace or an alias of the project keeps from being generated.</summary>
/// <param name="Name">The name of the type.</param>
/// <param name="Member">The member that both would have; null when it is the type, or the making of it.</param>
/// <param name="IsPart">Whether it is a part of the generated record, which is generated all the same.</param>
internal sealed record OwnType(string Name, string? Member, bool IsPart)
{
    /// <summary>Whether it is an enum where the generated one would be, so that a property can have it as its type.</summary>
    public bool IsEnum { get; init; }

    /// <summary>Whether other projects can see it.</summary>
    public bool IsPublic { get; init; }
}

/// <summary>The same with what is wrong with it, and where: the one model of types that changes when a line moves.</summary>
internal sealed record OwnTypeSource(OwnType Type, DiagnosticDefinition Definition, Place Place, EquatableArray<string> Arguments);
