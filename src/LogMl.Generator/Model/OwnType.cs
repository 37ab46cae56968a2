using LogMl.Configuration;
using LogMl.Generator.Diagnostics;

namespace LogMl.Generator.Model;

/// <summary>What a type of the project keeps from being generated.</summary>
/// <param name="Name">The name of the type.</param>
/// <param name="Member">The member that both would have; null when it is the type, or the making of it.</param>
/// <param name="IsPart">Whether it is a part of the generated record, which is generated all the same.</param>
internal sealed record OwnType(string Name, string? Member, bool IsPart);

/// <summary>The same with what is wrong with it, and where: the one model of types that changes when a line moves.</summary>
internal sealed record OwnTypeSource(OwnType Type, DiagnosticDefinition Definition, Place Place, EquatableArray<string> Arguments);
