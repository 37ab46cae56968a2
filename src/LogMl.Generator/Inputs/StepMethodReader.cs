using LogMl.Configuration;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LogMl.Generator.Inputs;

/// <summary>Converts a method that is marked as a step or as a search constraint to its model.</summary>
internal static class StepMethodReader
{
    public const string AttributeName = "LogMl.WorkflowStepAttribute";
    public const string ConstraintAttributeName = "LogMl.SearchConstraintAttribute";

    private const string Tasks = "System.Threading.Tasks";
    private const string Load = "dataset_load";

    /// <summary>The step name of <c>[WorkflowStep(null!)]</c>. It is reported as an unknown step.</summary>
    private const string NoStep = "null";

    private const string Evaluate = "model_evaluate";

    /// <summary>The method; null when its code is too incomplete.</summary>
    public static StepMethodSource? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var attribute = context.Attributes[0];
        return context.TargetSymbol is IMethodSymbol method
            && attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Primitive, Value: string or null } step]
                ? new StepMethodSource(Read(method, step.Value as string ?? NoStep, attribute, context),
                    PlacesOf(context.TargetNode, method, attribute, cancellation))
                : null;
    }

    /// <summary>A method that is marked as a search constraint. It belongs to no step.</summary>
    public static StepMethodSource? ReadConstraint(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var attribute = context.Attributes[0];
        return context.TargetSymbol is IMethodSymbol method
            ? new StepMethodSource(Read(method, "", attribute, context),
                PlacesOf(context.TargetNode, method, attribute, cancellation))
            : null;
    }

    private static StepMethod Read(
        IMethodSymbol method, string stepName, AttributeData attribute, GeneratorAttributeSyntaxContext context)
    {
        var compilation = context.SemanticModel.Compilation;
        var owner = method.ContainingType;
        var workflows = WorkflowMark.NamesOf(owner);
        var id = method.GetDocumentationCommentId() ?? owner.GetDocumentationCommentId() + "/" + method.Name;
        var (resultType, isAwaited) = ResultOf(method);
        var result = resultType is null
            ? null
            : TypeReader.ReadResult(resultType, compilation, mayBeAbsent: stepName == Load, withScores: stepName == Evaluate);
        return new StepMethod(
            id,
            stepName,
            MethodRules.DisplayNameOf(method),
            new StepOwner(
                TypeReader.NameOf(owner), DisposalOf(owner), TypeReader.NamespaceAround(owner),
                workflows.IsEmpty ? EquatableArray.Of("") : workflows)
            {
                IsMarked = !workflows.IsEmpty,
            },
            ProjectInfo.Escape(method.Name),
            MethodRules.IsPublic(method),
            method.IsStatic,
            CacheOf(attribute),
            isAwaited,
            result,
            method.Parameters.Select(parameter => ReadParameter(parameter, context.TargetNode)).ToEquatableArray(),
            MethodRules.FlawsOf(method, id).ToEquatableArray());
    }

    private static StepParameter ReadParameter(IParameterSymbol parameter, SyntaxNode method) =>
        new(parameter.Name, parameter.Ordinal, TypeReader.ReadParameter(parameter.Type), parameter.IsOptional)
        {
            MayReport = TypeReader.IsIn(parameter.Type, "LogMl", "ITrial") && ReportUse.In(method, parameter.Name),
        };

    private static (ITypeSymbol? Type, bool IsAwaited) ResultOf(IMethodSymbol method)
    {
        var type = method.ReturnType;
        if (TypeReader.IsIn(type, Tasks, "Task") || TypeReader.IsIn(type, Tasks, "ValueTask"))
        {
            return (null, true);
        }

        return type is INamedTypeSymbol task && (TypeReader.IsIn(type, Tasks, "Task`1") || TypeReader.IsIn(type, Tasks, "ValueTask`1"))
            ? (task.TypeArguments[0], true)
            : (method.ReturnsVoid ? null : type, false);
    }

    private static bool? CacheOf(AttributeData attribute)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == "Cache" && argument.Value.Value is bool cache)
            {
                return cache;
            }
        }

        return null;
    }

    private static Disposal DisposalOf(INamedTypeSymbol owner) =>
        owner.AllInterfaces.Any(type => TypeReader.IsIn(type, "System", "IAsyncDisposable")) ? Disposal.DisposeAsync
        : owner.AllInterfaces.Any(type => TypeReader.IsIn(type, "System", "IDisposable")) ? Disposal.Dispose
        : Disposal.None;

    private static MethodPlaces PlacesOf(SyntaxNode node, IMethodSymbol method, AttributeData attribute, CancellationToken cancellation)
    {
        var (name, parameters) = node switch
        {
            MethodDeclarationSyntax declaration => (declaration.Identifier.GetLocation(), declaration.ParameterList),
            LocalFunctionStatementSyntax function => (function.Identifier.GetLocation(), function.ParameterList),
            _ => (method.Locations[0], null),
        };
        var attributeSyntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;
        var argument = attributeSyntax?.ArgumentList?.Arguments.FirstOrDefault();
        var namePlace = Place.Of(name);
        var type = node.FirstAncestorOrSelf<TypeDeclarationSyntax>(declaration => declaration.Identifier.Span.Length > 0);
        return new MethodPlaces(
            type is null ? namePlace : Place.Of(type.Identifier.GetLocation()),
            namePlace,
            argument is null ? namePlace : Place.Of(argument.GetLocation()),
            parameters is null ? default : parameters.Parameters.Select(parameter => Place.Of(parameter.GetLocation())).ToEquatableArray());
    }
}
