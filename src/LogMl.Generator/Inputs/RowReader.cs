using LogMl.Configuration;
using LogMl.Generator.Model;
using Microsoft.CodeAnalysis;

namespace LogMl.Generator.Inputs;

/// <summary>Finds the rows of a data set, and the form of the parts that the default split makes.</summary>
internal static class RowReader
{
    private const string Lists = "System.Collections.Generic";
    private const string Ml = "Microsoft.ML";

    /// <summary>The rows; null if the type does not tell the type of a row or the number of rows.</summary>
    /// <param name="type">The type of the data set.</param>
    /// <param name="compilation">The compilation, which shows whether ML.NET is referenced; ML.NET splits its own data.</param>
    public static RowType? Read(ITypeSymbol type, Compilation compilation)
    {
        if (type is IArrayTypeSymbol { IsSZArray: true } array)
        {
            return Rows(array.ElementType, SplitForm.Array);
        }

        if (IsDataView(type))
        {
            return compilation.GetTypeByMetadataName(Ml + ".MLContext") is null
                ? null
                : new RowType("", "", default, SplitForm.View, default);
        }

        if (TypeReader.IsIn(type, "System", "Memory`1") || TypeReader.IsIn(type, "System", "ReadOnlyMemory`1"))
        {
            return Rows(((INamedTypeSymbol)type).TypeArguments[0], SplitForm.Memory);
        }

        if (ElementOf(type) is not { } element)
        {
            return null;
        }

        var isMade = type is INamedTypeSymbol named && CollectionElement.Makes(named, element);
        return Rows(element, isMade ? SplitForm.Collection : SplitForm.ToArray);
    }

    /// <summary>Whether a type is ML.NET's data set. It is known by its name: the product has no reference to ML.NET.</summary>
    public static bool IsDataView(ITypeSymbol type) => TypeReader.IsIn(type, Ml, "IDataView");

    private static RowType Rows(ITypeSymbol element, SplitForm form) => new(
        TypeReader.NameOf(element),
        TypeReader.ShortNameOf(element),
        form == SplitForm.ToArray ? Conversions.FitsOfArray(element) : default,
        form,
        MembersOf(element));

    /// <summary>The properties and fields that generated code can read, and the named elements of a tuple.</summary>
    private static EquatableArray<string> MembersOf(ITypeSymbol row) => Conversions.BasesOf(row)
        .Where(type => type.SpecialType == SpecialType.None && type is not IArrayTypeSymbol)
        .SelectMany(type => type.GetMembers())
        .Where(member => member is { IsStatic: false, IsImplicitlyDeclared: false, CanBeReferencedByName: true }
            && member.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal
            && member is IFieldSymbol or IPropertySymbol { IsIndexer: false, GetMethod: not null })
        .Select(member => member.Name)
        .Distinct(StringComparer.Ordinal)
        .ToEquatableArray();

    /// <summary>The element type of a collection with a count. Dictionaries are excluded, because their entries may be columns.</summary>
    private static ITypeSymbol? ElementOf(ITypeSymbol type)
    {
        var interfaces = type.AllInterfaces.Concat(type is INamedTypeSymbol { TypeKind: TypeKind.Interface } itself ? [itself] : [])
            .ToList();
        if (interfaces.Exists(
            part => TypeReader.IsIn(part, Lists, "IReadOnlyDictionary`2") || TypeReader.IsIn(part, Lists, "IDictionary`2")))
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
