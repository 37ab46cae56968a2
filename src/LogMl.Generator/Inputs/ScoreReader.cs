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

        var members = type is INamedTypeSymbol { IsTupleType: true } tuple
            ? tuple.TupleElements
                .Where(item => item.IsExplicitlyNamedTupleElement && IsNumber(item.Type))
                .Select(item => item.Name)
                .ToList()
            : PropertiesOf(type).Distinct(StringComparer.Ordinal).ToList();
        var loss = members.Find(name => string.Equals(name, ObjectiveWords.Loss, StringComparison.OrdinalIgnoreCase));
        return members.Count == 0
            ? null
            : new ScoreMembers(IsNumber: false, loss, members.Where(name => name != loss).ToEquatableArray());
    }

    private static IEnumerable<string> PropertiesOf(ITypeSymbol type) =>
        Conversions.BasesOf(type)
            .Reverse()
            .SelectMany(part => part.GetMembers().OfType<IPropertySymbol>())
            .Where(property => property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public }
                && property.GetMethod is { DeclaredAccessibility: Accessibility.Public }
                && IsNumber(property.Type))
            .Select(property => property.Name);

    private static bool IsNumber(ITypeSymbol type) =>
        type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double;
}
