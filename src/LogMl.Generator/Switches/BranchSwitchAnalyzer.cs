using System.Collections.Immutable;
using LogMl.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LogMl.Generator.Switches;

/// <summary>Warns of a switch over the hierarchy of a choice that misses a branch.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BranchSwitchAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = PlacedDiagnostic.DescriptorOf(StepDiagnostics.MissingBranch);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Check, OperationKind.SwitchExpression, OperationKind.Switch);
    }

    private static void Check(OperationAnalysisContext context)
    {
        if (BranchSwitch.Of(context.Operation) is { } found
            && SwitchCoverage.Of(found, context.Operation.SemanticModel!, context.CancellationToken) is { Missing.Count: > 0 } coverage)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Rule, found.Keyword.GetLocation(), found.TypeName, string.Join(", ", coverage.Missing),
                coverage.HasCondition
                    ? "; an arm with a condition, behind 'when' or on a number or a text, does not cover its branch"
                    : ""));
        }
    }
}
