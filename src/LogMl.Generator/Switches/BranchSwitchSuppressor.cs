using System.Collections.Immutable;
using LogMl.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LogMl.Generator.Switches;

/// <summary>
/// Suppresses the compiler's warnings of a switch expression over the hierarchy of a choice. The compiler does not know that a hierarchy is
/// closed. <see cref="BranchSwitchAnalyzer"/> does, and has the warning that says which branch is missing.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BranchSwitchSuppressor : DiagnosticSuppressor
{
    /// <summary>Values, or null, that no arm takes; and the same where a condition behind <c>when</c> may take them.</summary>
    private static readonly ImmutableDictionary<string, SuppressionDescriptor> Suppressions =
        new[] { "CS8509", "CS8655", "CS8846", "CS8847" }.ToImmutableDictionary(id => id, id => new SuppressionDescriptor(
            "LOGML" + id, id, $"The hierarchy of a choice is closed: {StepDiagnostics.MissingBranch.Id} says which branches are missing"));

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [.. Suppressions.Values];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            // A switch that is an argument is as long as the argument, of which it is the inner node.
            if (diagnostic.Location.SourceTree is { } tree
                && tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)
                    .FirstAncestorOrSelf<SwitchExpressionSyntax>() is { } syntax
                && IsJudged(syntax, context.GetSemanticModel(tree), context))
            {
                context.ReportSuppression(Suppression.Create(Suppressions[diagnostic.Id], diagnostic));
            }
        }
    }

    /// <summary>Whether every branch is covered, or the analyzer warns of those that are not.</summary>
    private static bool IsJudged(SwitchExpressionSyntax syntax, SemanticModel model, SuppressionAnalysisContext context) =>
        BranchSwitch.Of(model.GetOperation(syntax, context.CancellationToken)) is { } found
        && SwitchCoverage.Of(found, model, context.CancellationToken) is { } coverage
        && (coverage.Missing.Count == 0 || !IsOff(syntax.SyntaxTree, context));

    private static bool IsOff(SyntaxTree tree, SuppressionAnalysisContext context)
    {
        var options = context.Compilation.Options;
        var id = StepDiagnostics.MissingBranch.Id;
        return (options.SpecificDiagnosticOptions.TryGetValue(id, out var severity)
                || (options.SyntaxTreeOptionsProvider is { } provider
                    && (provider.TryGetDiagnosticValue(tree, id, context.CancellationToken, out severity)
                        || provider.TryGetGlobalDiagnosticValue(id, context.CancellationToken, out severity))))
            && severity is ReportDiagnostic.Suppress or ReportDiagnostic.Hidden or ReportDiagnostic.Info;
    }
}
