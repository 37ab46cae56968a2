using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LogMl.Generator.Switches;

/// <summary>
/// What is known about a match: it is certain, impossible, depends on a condition, or on a place of which more must be known.
/// </summary>
internal sealed class PatternMatch
{
    /// <summary>The pattern matches every such value.</summary>
    public static readonly PatternMatch Always = new(null);

    /// <summary>The pattern matches no such value.</summary>
    public static readonly PatternMatch Never = new(null);

    /// <summary>It depends on a condition that is not judged.</summary>
    public static readonly PatternMatch Sometimes = new(null);

    private PatternMatch(ValuePlace? asks) => Asks = asks;

    /// <summary>The place of which more must be known; null when there is none.</summary>
    public ValuePlace? Asks { get; }

    /// <summary>Matches a pattern with what is known about a value.</summary>
    public static PatternMatch Of(IPatternOperation pattern, ValuePlace place, KnownValue value) => pattern switch
    {
        IDiscardPatternOperation => Always,
        IDeclarationPatternOperation { MatchesNull: true } => Always,
        IDeclarationPatternOperation { MatchedType: { } type } => OfType(type, place, value),
        ITypePatternOperation { MatchedType: { } type } => OfType(type, place, value),
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: var constant } } => OfConstant(constant, place, value),
        INegatedPatternOperation negated => Not(Of(negated.Pattern, place, value)),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either =>
            Not(And(Not(Of(either.LeftPattern, place, value)), () => Not(Of(either.RightPattern, place, value)))),
        IBinaryPatternOperation both => And(Of(both.LeftPattern, place, value), () => Of(both.RightPattern, place, value)),
        IRecursivePatternOperation recursive => OfRecursive(recursive, place, value),
        _ => Sometimes,
    };

    private static PatternMatch OfRecursive(IRecursivePatternOperation pattern, ValuePlace place, KnownValue value)
    {
        var match = pattern.DeconstructionSubpatterns.IsEmpty
            ? OfType(pattern.MatchedType, place, value)
            : OfElements(pattern, place, value);
        return pattern.PropertySubpatterns.Aggregate(match, (current, part) => And(current, () => OfProperty(part, place, value)));
    }

    private static PatternMatch OfElements(IRecursivePatternOperation pattern, ValuePlace place, KnownValue value)
    {
        var elements = place.Elements;
        return elements.Length != pattern.DeconstructionSubpatterns.Length ? Sometimes : elements
            .Zip(pattern.DeconstructionSubpatterns, (element, part) => (element, part))
            .Aggregate(Always, (current, pair) => And(current, () => Of(pair.part, pair.element, value)));
    }

    private static PatternMatch OfProperty(IPropertySubpatternOperation part, ValuePlace place, KnownValue value) =>
        part.Member is IMemberReferenceOperation { Member: IPropertySymbol property }
            ? Of(part.Pattern, place.Of(property, property.Type), value)
            : Sometimes;

    private static PatternMatch OfType(ITypeSymbol type, ValuePlace place, KnownValue value)
    {
        var known = value.At(place);
        if (known is null && (place.MayBeNull || Hierarchy.Is(place.Underlying)))
        {
            return new PatternMatch(place);
        }

        if (known == ValuePart.Null)
        {
            return Never;
        }

        var actual = known?.Type ?? place.Type;
        return IsA(actual, type) ? Always : actual.IsSealed ? Never : Sometimes;
    }

    private static PatternMatch OfConstant(object? constant, ValuePlace place, KnownValue value)
    {
        if (constant is null)
        {
            return !place.MayBeNull ? Never : value.At(place) is not { } part ? new PatternMatch(place)
                : part == ValuePart.Null ? Always : Never;
        }

        if (!Hierarchy.IsEnum(place.Underlying) && place.Underlying.SpecialType != SpecialType.System_Boolean)
        {
            return Sometimes;
        }

        return value.At(place) is { } known ? Equals(known.Constant, constant) ? Always : Never : new PatternMatch(place);
    }

    private static bool IsA(ITypeSymbol actual, ITypeSymbol type)
    {
        if (actual.AllInterfaces.Any(part => SymbolEqualityComparer.Default.Equals(part, type)))
        {
            return true;
        }

        for (var current = actual; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, type))
            {
                return true;
            }
        }

        return false;
    }

    private static PatternMatch Not(PatternMatch match) => match == Always ? Never : match == Never ? Always : match;

    /// <summary>Both patterns match. The second is asked only when the first could, so that what it asks of exists.</summary>
    private static PatternMatch And(PatternMatch first, Func<PatternMatch> second)
    {
        if (first == Never || first.Asks is not null)
        {
            return first;
        }

        var next = second();
        return first == Always || next == Never || next.Asks is not null ? next : first;
    }
}
