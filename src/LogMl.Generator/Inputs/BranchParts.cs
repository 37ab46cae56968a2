using LogMl.Configuration;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Model;
using Microsoft.CodeAnalysis;

namespace LogMl.Generator.Inputs;

/// <summary>
/// Checks what a part of a hierarchy in the project asks of its branches: generated code makes each of them, and there are no others.
/// </summary>
internal static class BranchParts
{
    /// <param name="type">A part of the hierarchy.</param>
    /// <param name="generated">The hierarchy.</param>
    public static IEnumerable<OwnTypeSource> Check(INamedTypeSymbol type, GeneratedName generated) =>
        AbstractMembers(type, generated).Concat(OwnBranches(type, type, generated));

    /// <summary>The abstract members that a branch does not override.</summary>
    private static IEnumerable<OwnTypeSource> AbstractMembers(INamedTypeSymbol type, GeneratedName generated)
    {
        foreach (var member in type.GetMembers()
            .Where(member => member is { IsAbstract: true, IsImplicitlyDeclared: false, Locations: [{ IsInSource: true }, ..] }
                && member is IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary } or IEventSymbol))
        {
            var missing = generated.Branches.Select(branch => branch.Name)
                .Where(branch => !type.GetTypeMembers(branch).Any(part => Overrides(part, member)))
                .ToEquatableArray();
            if (!missing.IsEmpty)
            {
                var names = string.Join(", ", missing.Select(branch => $"'{generated.Name}.{branch}'"));
                yield return new OwnTypeSource(
                    new OwnType(generated.Name, null, IsPart: true)
                    {
                        // A part that says sealed does not let the branch be abstract, and the compiler says the same of it.
                        Abstract = missing.Where(branch => !type.GetTypeMembers(branch).Any(part => part.IsSealed)).ToEquatableArray(),
                    },
                    StepDiagnostics.AbstractMember, Place.Of(member.Locations[0]), EquatableArray.Of(names, member.Name));
            }
        }
    }

    private static bool Overrides(INamedTypeSymbol part, ISymbol member) =>
        part.GetMembers().Any(own => own.IsOverride && own.Kind == member.Kind && own.Name == member.Name);

    /// <summary>The records of the project that derive from the hierarchy, at any depth.</summary>
    private static IEnumerable<OwnTypeSource> OwnBranches(INamedTypeSymbol inside, INamedTypeSymbol type, GeneratedName generated) =>
        inside.GetTypeMembers().SelectMany(nested =>
        {
            var isBranch = SymbolEqualityComparer.Default.Equals(inside, type)
                && generated.Branches.Any(branch => branch.Name == nested.Name);
            var deeper = OwnBranches(nested, type, generated);
            return !isBranch && SymbolEqualityComparer.Default.Equals(nested.BaseType, type)
                ? deeper.Prepend(new OwnTypeSource(
                    new OwnType(generated.Name, null, IsPart: true), StepDiagnostics.OwnBranch, Place.Of(nested.Locations[0]),
                    EquatableArray.Of(nested.Name, generated.Name)))
                : deeper;
        });
}
