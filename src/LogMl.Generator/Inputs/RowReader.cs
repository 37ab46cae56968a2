using LogMl.Generator.Model;
using Microsoft.CodeAnalysis;

namespace LogMl.Generator.Inputs;

/// <summary>Finds the rows of a data set, and how the default split makes parts of them.</summary>
internal static class RowReader
{
    private const string Lists = "System.Collections.Generic";
    private const string Ml = "Microsoft.ML";

    /// <summary>The rows, or null when nobody knows what a row is, or how many there are.</summary>
    /// <param name="type">The type of the data set.</param>
    /// <param name="compilation">Says whether ML.NET, which splits its own data, is referenced.</param>
    public static RowType? Read(ITypeSymbol type, Compilation compilation)
    {
        if (type is IArrayTypeSymbol { IsSZArray: true } array)
        {
            return Rows(array.ElementType, SplitForm.Array);
        }

        if (IsDataView(type))
        {
            return compilation.GetTypeByMetadataName(Ml + ".MLContext") is null ? null : new RowType("", "", default, SplitForm.View);
        }

        if (TypeReader.IsIn(type, "System", "Memory`1") || TypeReader.IsIn(type, "System", "ReadOnlyMemory`1"))
        {
            return Rows(((INamedTypeSymbol)type).TypeArguments[0], SplitForm.Memory);
        }

        return ElementOf(type) is { } element ? Rows(element, type is INamedTypeSymbol named && CollectionElement.Makes(named, element) ? SplitForm.Collection : SplitForm.ToArray) : null;
    }

    /// <summary>Whether a type is ML.NET's data set. It is known by its name: the product has no reference to ML.NET.</summary>
    public static bool IsDataView(ITypeSymbol type) => TypeReader.IsIn(type, Ml, "IDataView");

    private static RowType Rows(ITypeSymbol element, SplitForm form) => new(
        TypeReader.NameOf(element),
        TypeReader.ShortNameOf(element),
        form == SplitForm.ToArray ? Conversions.FitsOfArray(element) : default,
        form);

    /// <summary>The element of a collection that knows its number. Dictionaries are none: what they hold may be columns.</summary>
    private static ITypeSymbol? ElementOf(ITypeSymbol type)
    {
        var interfaces = type.AllInterfaces.Concat(type is INamedTypeSymbol { TypeKind: TypeKind.Interface } itself ? [itself] : []).ToList();
        if (interfaces.Exists(part => TypeReader.IsIn(part, Lists, "IReadOnlyDictionary`2") || TypeReader.IsIn(part, Lists, "IDictionary`2")))
        {
            return null;
        }

        var elements = interfaces
            .Where(part => TypeReader.IsIn(part, Lists, "IReadOnlyCollection`1") || TypeReader.IsIn(part, Lists, "ICollection`1"))
            .Select(part => part.TypeArguments[0])
            .Distinct<ITypeSymbol>(SymbolEqualityComparer.Default)
            .ToList();
        return elements.Count == 1 ? elements[0] : null;
    }
}
