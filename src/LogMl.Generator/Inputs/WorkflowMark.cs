using LogMl.Configuration;
using LogMl.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LogMl.Generator.Inputs;

/// <summary>A <c>[Workflow("forest")]</c>, which says to which workflow the steps of a class belong.</summary>
/// <param name="Name">The name in it.</param>
/// <param name="Place">Its place.</param>
internal sealed record WorkflowMark(string Name, Place Place)
{
    public const string AttributeName = "LogMl.WorkflowAttribute";

    /// <summary>What stands for a name that is null or does not compile. No workflow has it.</summary>
    public const string NoName = "null";

    /// <summary>The attributes of a class.</summary>
    public static EquatableArray<WorkflowMark> Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation) =>
        context.Attributes.Select(attribute => new WorkflowMark(NameIn(attribute), PlaceOf(attribute, cancellation))).ToEquatableArray();

    /// <summary>The workflows to which attributes say that the methods of a class belong, by name; empty without an attribute.</summary>
    public static EquatableArray<string> NamesOf(INamedTypeSymbol owner)
    {
        for (var type = owner; type is not null; type = type.ContainingType)
        {
            var names = type.GetAttributes()
                .Where(attribute => attribute.AttributeClass is { } name && TypeReader.IsIn(name, "LogMl", "WorkflowAttribute"))
                .Select(NameIn).Distinct(StringComparer.Ordinal).OrderBy(name => name, StringComparer.Ordinal).ToEquatableArray();
            if (!names.IsEmpty)
            {
                return names;
            }
        }

        return default;
    }

    private static string NameIn(AttributeData attribute) =>
        attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Primitive, Value: string name }] ? name : NoName;

    private static Place PlaceOf(AttributeData attribute, CancellationToken cancellation)
    {
        var syntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;
        var place = syntax?.ArgumentList?.Arguments.FirstOrDefault() ?? (SyntaxNode?)syntax;
        return place is null ? Place.None : Place.Of(place.GetLocation());
    }
}
