using LogMl.Configuration;
using Microsoft.CodeAnalysis;

namespace LogMl.Generator.Inputs;

/// <summary>
/// All types to which a value converts without a cast: its own, its bases, its interfaces, and their variants (a <c>Dog[]</c> for an
/// <c>IReadOnlyList&lt;Animal&gt;</c>).
/// </summary>
internal static class Conversions
{
    public static EquatableArray<string> FitsOf(ITypeSymbol type)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal) { "object" };
        if (type is IArrayTypeSymbol { IsSZArray: true } array)
        {
            AddArrays(array.ElementType, names);
        }

        foreach (var part in BasesOf(type).Concat(type.AllInterfaces))
        {
            AddVariants(part, names);
        }

        if (type.IsValueType && type.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T)
        {
            names.Add(TypeReader.NameOf(type) + "?");
        }

        return names.ToEquatableArray();
    }

    /// <summary>The types to which an array of rows of a type, from the default split, converts.</summary>
    public static EquatableArray<string> FitsOfArray(ITypeSymbol element)
    {
        const string lists = "global::System.Collections.Generic.";
        var names = new SortedSet<string>(StringComparer.Ordinal)
        {
            "object", "global::System.Array", "global::System.Collections.IEnumerable",
        };
        AddArrays(element, names);
        foreach (var name in VariantsOf(element).Select(TypeReader.NameOf))
        {
            foreach (var list in new[] { "IReadOnlyList", "IReadOnlyCollection", "IEnumerable", "IList", "ICollection" })
            {
                names.Add(lists + list + "<" + name + ">");
            }
        }

        return names.ToEquatableArray();
    }

    public static IEnumerable<ITypeSymbol> BasesOf(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }

    private static void AddArrays(ITypeSymbol element, SortedSet<string> names)
    {
        foreach (var variant in VariantsOf(element))
        {
            names.Add(TypeReader.NameOf(variant) + "[]");
        }
    }

    private static void AddVariants(ITypeSymbol type, SortedSet<string> names)
    {
        names.Add(TypeReader.NameOf(type));
        if (type is not INamedTypeSymbol { TypeArguments.Length: 1, TypeKind: TypeKind.Interface or TypeKind.Delegate } named
            || named.OriginalDefinition.TypeParameters[0].Variance != VarianceKind.Out)
        {
            return;
        }

        foreach (var argument in VariantsOf(named.TypeArguments[0]))
        {
            names.Add(TypeReader.NameOf(named.OriginalDefinition.Construct(argument)));
        }
    }

    /// <summary>The types that covariance allows in place of a type. Only references convert.</summary>
    private static IEnumerable<ITypeSymbol> VariantsOf(ITypeSymbol type) =>
        type.IsReferenceType ? BasesOf(type).Concat(type.AllInterfaces) : [type];
}
