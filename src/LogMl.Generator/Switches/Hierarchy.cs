using System.Collections.Immutable;
using LogMl.Generator.Model;
using Microsoft.CodeAnalysis;

namespace LogMl.Generator.Switches;

/// <summary>
/// Recognizes what the generator has written, in the project or in a library: it carries the attribute GeneratedCode with the name of the
/// generator.
/// </summary>
internal static class Hierarchy
{
    /// <summary>Whether a type is the hierarchy of a choice: an abstract record that only its nested records derive from.</summary>
    public static bool Is(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class, IsRecord: true, IsAbstract: true } named && IsGenerated(named);

    /// <summary>Whether a type is a generated record that is not a hierarchy: that of a step, or of a branch.</summary>
    public static bool IsRecord(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class, IsRecord: true, IsSealed: true } named && IsGenerated(named);

    /// <summary>Whether a type is a tuple that has a hierarchy in it.</summary>
    public static bool IsTupleOf(ITypeSymbol? type) => type is INamedTypeSymbol { IsTupleType: true } tuple
        && tuple.TupleElements.Any(element => Is(element.Type) || IsTupleOf(element.Type));

    /// <summary>Whether a type is the generated enum of a choice.</summary>
    public static bool IsEnum(ITypeSymbol type) => type.TypeKind == TypeKind.Enum && IsGenerated(type);

    /// <summary>The branches of a hierarchy, in the order of the YAML.</summary>
    public static ImmutableArray<INamedTypeSymbol> BranchesOf(ITypeSymbol hierarchy) =>
        [.. hierarchy.GetTypeMembers().Where(type => type.IsSealed && SymbolEqualityComparer.Default.Equals(type.BaseType, hierarchy))];

    private static bool IsGenerated(ITypeSymbol type) => type.GetAttributes().Any(attribute =>
        attribute is
        {
            AttributeClass: { Name: "GeneratedCodeAttribute" } name,
            ConstructorArguments: [{ Value: Product.Generator }, ..],
        }
        && name.ContainingNamespace.ToDisplayString() == "System.CodeDom.Compiler");
}
