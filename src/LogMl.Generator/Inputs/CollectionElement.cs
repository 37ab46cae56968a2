using Microsoft.CodeAnalysis;

namespace LogMl.Generator.Inputs;

/// <summary>Knows the types that a collection expression (<c>[.. values]</c>) can create.</summary>
internal static class CollectionElement
{
    private const string Lists = "System.Collections.Generic";

    /// <summary>The type of the elements; null when no collection expression can create the type.</summary>
    public static ITypeSymbol? Of(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol { IsSZArray: true } array)
        {
            return array.ElementType;
        }

        if (type is not INamedTypeSymbol { IsRefLikeType: false } named)
        {
            return null;
        }

        if (named is { TypeKind: TypeKind.Interface, TypeArguments.Length: 1 })
        {
            return named.ContainingNamespace?.ToDisplayString() == Lists
                && named.Name is "IList" or "ICollection" or "IEnumerable" or "IReadOnlyList" or "IReadOnlyCollection"
                    ? named.TypeArguments[0]
                    : null;
        }

        return ElementsOf(named) is [var element] && Makes(named, element) ? element : null;
    }

    /// <summary>Whether a collection expression can make a class or a struct of elements of a type.</summary>
    public static bool Makes(INamedTypeSymbol type, ITypeSymbol element) =>
        type is { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false } && (HasBuilder(type) || CanBeFilled(type, element));

    private static List<ITypeSymbol> ElementsOf(INamedTypeSymbol type) => type.AllInterfaces
        .Where(part => TypeReader.IsIn(part, Lists, "IEnumerable`1"))
        .Select(part => part.TypeArguments[0])
        .ToList();

    private static bool HasBuilder(INamedTypeSymbol type) => type.GetAttributes().Any(attribute =>
        attribute.AttributeClass is { } name && TypeReader.IsIn(name, "System.Runtime.CompilerServices", "CollectionBuilderAttribute"));

    private static bool CanBeFilled(INamedTypeSymbol type, ITypeSymbol element) =>
        type.InstanceConstructors.Any(
            constructor => constructor is { Parameters.IsEmpty: true, DeclaredAccessibility: Accessibility.Public })
        && Conversions.BasesOf(type).SelectMany(part => part.GetMembers("Add").OfType<IMethodSymbol>()).Any(method =>
            method is { IsStatic: false, DeclaredAccessibility: Accessibility.Public, Parameters.Length: 1 }
            && SymbolEqualityComparer.Default.Equals(method.Parameters[0].Type, element));
}
