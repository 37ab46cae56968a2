using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LogMl.Generator.Switches;

/// <summary>An arm of a switch.</summary>
/// <param name="Pattern">What it matches.</param>
/// <param name="IsCertain">Whether it takes every value that the pattern matches: it has no condition behind <c>when</c>.</param>
internal sealed record SwitchArm(IPatternOperation Pattern, bool IsCertain);

/// <summary>A switch statement or a switch expression over a hierarchy.</summary>
/// <param name="Value">What it switches over.</param>
/// <param name="Keyword">The word switch.</param>
/// <param name="Arms">Its arms.</param>
/// <param name="HasNullCase">Whether a case of a statement takes null.</param>
internal sealed record BranchSwitch(IOperation Value, SyntaxToken Keyword, IReadOnlyList<SwitchArm> Arms, bool HasNullCase)
{
    /// <summary>The hierarchy.</summary>
    public ITypeSymbol Type => Value.Type!;

    /// <summary>The switch of an operation; null when it is none, is over another type, or has a default.</summary>
    public static BranchSwitch? Of(IOperation? operation) => operation switch
    {
        ISwitchExpressionOperation { Value.Type: { } type, Syntax: SwitchExpressionSyntax syntax } expression when Hierarchy.Is(type) =>
            new BranchSwitch(
                expression.Value, syntax.SwitchKeyword, [.. expression.Arms.Select(arm => new SwitchArm(arm.Pattern, IsTrue(arm.Guard)))],
                HasNullCase: false),
        ISwitchOperation { Value.Type: { } type, Syntax: SwitchStatementSyntax syntax } statement when Hierarchy.Is(type) =>
            Of(statement, syntax),
        _ => null,
    };

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

    private static bool IsTrue(IOperation? guard) => guard is null or { ConstantValue: { HasValue: true, Value: true } };
}
