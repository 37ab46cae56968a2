using LogMl.Configuration;
using LogMl.Generator.Model;
using Microsoft.CodeAnalysis;

namespace LogMl.Generator.Inputs;

/// <summary>Converts types to names.</summary>
internal static class TypeReader
{
    // Tuples are compared without the names of their elements, and references without their nullability.
    private static readonly SymbolDisplayFormat FullName = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.ExpandValueTuple);

    private static readonly SymbolDisplayFormat ShortName = SymbolDisplayFormat.MinimallyQualifiedFormat;

    private static readonly SymbolDisplayFormat ShortGivenName =
        ShortName.RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static string NameOf(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Dynamic ? "object" : type.ToDisplayString(FullName);

    public static string ShortNameOf(ITypeSymbol type) => type.ToDisplayString(ShortName);

    public static TakenType ReadParameter(ITypeSymbol type) =>
        ReadParameter(type, CollectionElement.Of(WithoutNullable(type)) is { } element ? ReadParameter(element, null) : null);

    private static TakenType ReadParameter(ITypeSymbol type, TakenType? element) => new(
        NameOf(type),
        ShortNameOf(type),
        type.Name,
        NamespaceOf(type),
        HasUnknownPart(type),
        EnumMembersOf(WithoutNullable(type)),
        element,
        type.IsReferenceType
            ? type.NullableAnnotation != NullableAnnotation.NotAnnotated
            : !SymbolEqualityComparer.Default.Equals(type, WithoutNullable(type)),
        WithoutNullable(type).Name,
        WithoutNullable(type).ContainingType?.Name,
        PathOf(WithoutNullable(type)));

    /// <summary>The type of a result.</summary>
    /// <param name="type">The type.</param>
    /// <param name="compilation">The compilation that has the type.</param>
    /// <param name="mayBeAbsent">Whether null is a valid result. Then generated code checks for it, and uses the value itself.</param>
    /// <param name="withScores">Whether to read its scores.</param>
    public static GivenType ReadResult(ITypeSymbol type, Compilation compilation, bool mayBeAbsent = false, bool withScores = false)
    {
        var value = mayBeAbsent ? WithoutNullable(type) : type;
        var items = value is INamedTypeSymbol { IsTupleType: true } tuple
            ? tuple.TupleElements.Select(item => new TupleItem(NameOf(item), ReadResult(item.Type, compilation))).ToEquatableArray()
            : default;
        return new GivenType(
            NameOf(value),
            type.ToDisplayString(ShortGivenName),
            Conversions.FitsOf(value),
            HasUnknownPart(value),
            EmptinessOf(value),
            RowReader.Read(value, compilation),
            items,
            withScores ? ScoreReader.Read(value) : null,
            !mayBeAbsent && type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated })
        {
            IsPublic = MethodRules.IsPublic(value),
        };
    }

    public static bool IsIn(ITypeSymbol type, string @namespace, string metadataName) =>
        type.OriginalDefinition is { } definition
        && definition.MetadataName == metadataName
        && definition.ContainingNamespace?.ToDisplayString() == @namespace;

    /// <summary>The namespace around a type; empty for the global one.</summary>
    public static string NamespaceAround(ITypeSymbol type) =>
        type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() : "";

    private static string? NamespaceOf(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Error } or { ContainingNamespace: null } => null,

        // No generated type is nested in another type.
        { ContainingType: { } outer } => outer.ToDisplayString(),
        _ => NamespaceAround(type),
    };

    /// <summary>The name of a type after those of what contains it. A type that is unknown is contained in what stands before it.</summary>
    public static EquatableArray<string> PathOf(ITypeSymbol type)
    {
        var names = new List<string>();
        for (ISymbol? part = type; part is ITypeSymbol or INamespaceSymbol { IsGlobalNamespace: false }; part = part.ContainingSymbol)
        {
            names.Insert(0, part.Name);
        }

        return names.ToEquatableArray();
    }

    private static string? NameOf(IFieldSymbol item) => item.IsExplicitlyNamedTupleElement ? item.Name : null;

    private static ITypeSymbol WithoutNullable(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : type;

    private static bool HasUnknownPart(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Error } => true,
        IArrayTypeSymbol array => HasUnknownPart(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(HasUnknownPart),
        _ => false,
    };

    private static EquatableArray<string> EnumMembersOf(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Enum
            ? type.GetMembers().OfType<IFieldSymbol>().Where(field => field.IsConst).Select(field => field.Name).ToEquatableArray()
            : default;

    private static Emptiness EmptinessOf(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol)
        {
            return Emptiness.Length;
        }

        if (RowReader.IsDataView(type))
        {
            return Emptiness.View;
        }

        var all = type.TypeKind == TypeKind.Interface ? type.AllInterfaces.Prepend(type) : Conversions.BasesOf(type);
        var numbers = all.SelectMany(part => part.GetMembers().OfType<IPropertySymbol>())
            .Where(property => property is
            {
                IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public,
                GetMethod: not null, Type.SpecialType: SpecialType.System_Int32,
            })
            .Select(property => property.Name)
            .ToList();
        return numbers.Contains("Count") ? Emptiness.Count
            : numbers.Contains("Length") ? Emptiness.Length
            : type.IsReferenceType ? Emptiness.Null
            : Emptiness.Never;
    }
}
