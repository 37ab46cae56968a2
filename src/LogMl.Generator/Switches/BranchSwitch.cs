using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LogMl.Generator.Switches;

/// <summary>An arm of a switch.</summary>
/// <param name="Pattern">What it matches.</param>
/// <param name="IsCertain">Whether it takes every value that the pattern matches: it has no condition behind <c>when</c>.</param>
internal sealed record SwitchArm(IPatternOperation Pattern, bool IsCertain);

/// <summary>
/// A switch statement or a switch expression over a hierarchy, over a tuple of hierarchies, or over a generated record by properties that
/// are hierarchies.
/// </summary>
/// <param name="Value">What it switches over.</param>
/// <param name="Keyword">The word switch.</param>
/// <param name="Arms">Its arms.</param>
/// <param name="HasNullCase">Whether a case of a statement takes null.</param>
internal sealed record BranchSwitch(IOperation Value, SyntaxToken Keyword, IReadOnlyList<SwitchArm> Arms, bool HasNullCase)
{
    /// <summary>The type of the value; of a type parameter, the hierarchy that it must be.</summary>
    public ITypeSymbol Type { get; } = HierarchyOf(Value.Type!) ?? Value.Type!;

    /// <summary>The name of the type, for messages.</summary>
    public string TypeName => Shown(Type);

    /// <summary>The switch of an operation; null when it is none, is over another type, or has a default.</summary>
    public static BranchSwitch? Of(IOperation? operation)
    {
        var found = operation switch
        {
            ISwitchExpressionOperation { Value.Type: not null, Syntax: SwitchExpressionSyntax syntax } expression => new BranchSwitch(
                expression.Value, syntax.SwitchKeyword, [.. expression.Arms.Select(arm => new SwitchArm(arm.Pattern, IsTrue(arm.Guard)))],
                HasNullCase: false),
            ISwitchOperation { Value.Type: not null, Syntax: SwitchStatementSyntax syntax } statement => Of(statement, syntax),
            _ => null,
        };
        return found is not null && found.IsOverHierarchies() ? found : null;
    }

    private static BranchSwitch? Of(ISwitchOperation statement, SwitchStatementSyntax syntax)
    {
        var clauses = statement.Cases.SelectMany(section => section.Clauses).ToList();
        return clauses.Exists(clause => clause is IDefaultCaseClauseOperation)
            ? null
            : new BranchSwitch(
                statement.Value, syntax.SwitchKeyword,
                [.. clauses.OfType<IPatternCaseClauseOperation>().Select(clause => new SwitchArm(clause.Pattern, IsTrue(clause.Guard)))],
                clauses.OfType<ISingleValueCaseClauseOperation>()
                    .Any(clause => clause.Value.ConstantValue is { HasValue: true, Value: null }));
    }

    private bool IsOverHierarchies() => Hierarchy.Is(Type) || Hierarchy.IsTupleOf(Type)
        || (Hierarchy.IsRecord(Type) && Arms.Any(arm => arm.Pattern.DescendantsAndSelf().Any(
            part => part is IPropertySubpatternOperation { Member: IMemberReferenceOperation { Member: IPropertySymbol property } }
                && Hierarchy.Is(property.Type))));

    /// <summary>The hierarchy that a type parameter is constrained to; null when there is none.</summary>
    private static ITypeSymbol? HierarchyOf(ITypeSymbol type) => type is ITypeParameterSymbol parameter
        ? parameter.ConstraintTypes.Select(constraint => Hierarchy.Is(constraint) ? constraint : HierarchyOf(constraint))
            .FirstOrDefault(hierarchy => hierarchy is not null)
        : null;

    private static string Shown(ITypeSymbol type) => type is INamedTypeSymbol { IsTupleType: true } tuple
        ? "(" + string.Join(", ", tuple.TupleElements.Select(element => Shown(element.Type))) + ")"
        : type.SpecialType == SpecialType.None ? type.Name : type.ToDisplayString();

    private static bool IsTrue(IOperation? guard) => guard is null or { ConstantValue: { HasValue: true, Value: true } };
}
