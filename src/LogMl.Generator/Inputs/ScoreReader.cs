using LogMl.Configuration;
using LogMl.Generator.Model;
using LogMl.Shared;
using Microsoft.CodeAnalysis;

namespace LogMl.Generator.Inputs;

/// <summary>Finds the scores in the result of model_evaluate.</summary>
internal static class ScoreReader
{
    /// <summary>The scores; null when the type has no numbers.</summary>
    public static ScoreMembers? Read(ITypeSymbol type)
    {
        if (IsNumber(type))
        {
            return new ScoreMembers(IsNumber: true, null, default);
        }

        var all = type is INamedTypeSymbol { IsTupleType: true } tuple
            ? tuple.TupleElements.Where(item => item.IsExplicitlyNamedTupleElement).Select(item => (item.Name, item.Type)).ToList()
            : PropertiesOf(type).ToList();
        var members = all.Where(member => IsNumber(member.Type)).Select(member => member.Name).Distinct(StringComparer.Ordinal).ToList();
        var loss = members.Find(name => string.Equals(name, ObjectiveWords.Loss, StringComparison.OrdinalIgnoreCase));
        return members.Count == 0
            ? null
            : new ScoreMembers(IsNumber: false, loss, members.Where(name => name != loss).ToEquatableArray())
            {
                Nullable = all.Where(member => IsNullableNumber(member.Type)).Select(member => member.Name).ToEquatableArray(),
            };
    }

    private static IEnumerable<(string Name, ITypeSymbol Type)> PropertiesOf(ITypeSymbol type) =>
        Conversions.BasesOf(type)
            .Reverse()
            .SelectMany(part => part.GetMembers().OfType<IPropertySymbol>())
            .Where(property => property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public }
                && property.GetMethod is { DeclaredAccessibility: Accessibility.Public })
            .Select(property => (property.Name, property.Type));

    private static bool IsNullableNumber(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
        && IsNumber(nullable.TypeArguments[0]);

    private static bool IsNumber(ITypeSymbol type) =>
        type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double;
}
