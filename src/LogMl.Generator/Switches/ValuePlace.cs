using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LogMl.Generator.Switches;

/// <summary>A value that a pattern looks at: that of the switch, or a property of it.</summary>
/// <param name="Path">The properties that lead to it, each behind a dot; empty for the value of the switch.</param>
/// <param name="Type">Its type.</param>
/// <param name="MayBeNull">Whether it can be null.</param>
internal sealed record ValuePlace(string Path, ITypeSymbol Type, bool MayBeNull)
{
    /// <summary>The type without the question mark of a nullable number.</summary>
    public ITypeSymbol Underlying => Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
        ? nullable.TypeArguments[0]
        : Type;

    /// <summary>For each element of a tuple that is written out, whether it can be null.</summary>
    public ImmutableArray<bool> NullElements { get; init; } = [];

    /// <summary>The elements of a tuple.</summary>
    public ImmutableArray<ValuePlace> Elements => Underlying is not INamedTypeSymbol { IsTupleType: true } tuple ? []
        : [.. tuple.TupleElements.Select((element, index) => Of(element.CorrespondingTupleField ?? element, element.Type) is var place
            && index < NullElements.Length ? place with { MayBeNull = NullElements[index] } : place)];

    /// <summary>A property of the value.</summary>
    public ValuePlace Of(ISymbol member, ITypeSymbol type) => new(
        Path + "." + member.Name,
        type,
        type.NullableAnnotation == NullableAnnotation.Annotated || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T);

    /// <summary>The parts into which the values at this place divide.</summary>
    public ImmutableArray<ValuePart> Parts() => MayBeNull ? [.. PartsOf(Underlying), ValuePart.Null] : [.. PartsOf(Underlying)];

    private static IEnumerable<ValuePart> PartsOf(ITypeSymbol type) =>
        Hierarchy.Is(type) ? Hierarchy.BranchesOf(type).Select(branch => new ValuePart(branch, null))
        : Hierarchy.IsEnum(type) ? type.GetMembers().OfType<IFieldSymbol>().Where(field => field.IsConst)
            .Select(field => new ValuePart(type, field.ConstantValue, field.ContainingType.Name + "." + field.Name))
        : type.SpecialType == SpecialType.System_Boolean ? [new ValuePart(type, false, "false"), new ValuePart(type, true, "true")]
        : [new ValuePart(type, null, ValuePart.NotNull)];
}

/// <summary>A part of the values at a place.</summary>
/// <param name="Type">The type that these values have; null for null.</param>
/// <param name="Constant">The one value, when it is that of an enum or a bool.</param>
/// <param name="Text">The part as a pattern; null when that is the type.</param>
internal sealed record ValuePart(ITypeSymbol? Type, object? Constant, string? Text = null)
{
    /// <summary>The pattern of all values but null.</summary>
    public const string NotNull = "not null";

    /// <summary>null.</summary>
    public static ValuePart Null { get; } = new(null, null, "null");

    /// <summary>The name of a branch with that of its hierarchy.</summary>
    public string Pattern => Text ?? (Type!.ContainingType is { } hierarchy ? hierarchy.Name + "." : "") + Type.Name;
}
