using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LogMl.Generator.Inputs;

/// <summary>Tells whether a method may report intermediate values by a parameter that is the trial.</summary>
internal static class ReportUse
{
    private const string Report = nameof(Report);

    /// <summary>
    /// Whether the code of a method calls Report of a parameter, or gives the parameter to other code, which may call it. What is not known
    /// counts as such a use.
    /// </summary>
    /// <param name="method">The declaration of the method.</param>
    /// <param name="parameter">The name of the parameter.</param>
    public static bool In(SyntaxNode method, string parameter)
    {
        var body = method switch
        {
            BaseMethodDeclarationSyntax declaration => (SyntaxNode?)declaration.Body ?? declaration.ExpressionBody,
            LocalFunctionStatementSyntax function => (SyntaxNode?)function.Body ?? function.ExpressionBody,
            _ => null,
        };
        return body is null || body.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == parameter)
            .Any(name => !IsOtherMember(name));
    }

    private static bool IsOtherMember(IdentifierNameSyntax name) => name.Parent switch
    {
        // A member of something else that has the name of the parameter.
        MemberAccessExpressionSyntax access when access.Name == name => true,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText != Report,
        _ => false,
    };
}
