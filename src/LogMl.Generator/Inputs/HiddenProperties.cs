using LogMl.Configuration;
using LogMl.Configuration.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LogMl.Generator.Inputs;

/// <summary>A property that the code uses of a generated record.</summary>
/// <param name="Record">The record: <c>ModelTrainParameters</c>; of a branch <c>ModelCreateClassifier.Svm</c>.</param>
/// <param name="Name">The property.</param>
internal sealed record HiddenProperty(string Record, string Name);

/// <summary>
/// Finds the properties that the code uses of generated records. Those that a mistake in the YAML hides are generated too, without a type,
/// so that the mistake has one message, and the compiler does not report each use.
/// </summary>
internal static class HiddenProperties
{
    /// <summary>The members that a record has without parameters.</summary>
    private static readonly HashSet<string> OwnMembers = new(StringComparer.Ordinal)
    {
        nameof(Equals), nameof(GetHashCode), nameof(GetType), nameof(ToString), nameof(ReferenceEquals), nameof(MemberwiseClone),
        "Finalize", "EqualityContract", "PrintMembers", GeneratedTypeNames.Instance, GeneratedTypeNames.Match,
    };

    /// <summary>The properties; none when no mistake hides a part of the YAML, or to which workflow a class belongs.</summary>
    public static EquatableArray<HiddenProperty> Find(WorkflowInputs inputs, Compilation compilation, CancellationToken cancellation)
    {
        if (!inputs.Configuration.IsIncomplete && inputs.Strays.IsEmpty)
        {
            return default;
        }

        var records = RecordsOf(inputs.Configuration);
        var names = new HashSet<string>(records.SelectMany(record => record.Split('.')), StringComparer.Ordinal);
        var used = new SortedSet<(string Record, string Name)>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            var nodes = tree.GetRoot(cancellation).DescendantNodes().ToList();
            if (nodes.OfType<IdentifierNameSyntax>().Any(name => names.Contains(name.Identifier.ValueText)))
            {
                var model = compilation.GetSemanticModel(tree);
                used.UnionWith(nodes.SelectMany(node => UsesIn(node, model, records, cancellation)));
            }
        }

        return used
            .Where(use => !OwnMembers.Contains(use.Name) && use.Record.Split('.').Last() != use.Name
                && CSharpNames.ToPascalCase(use.Name) == use.Name)
            .Select(use => new HiddenProperty(use.Record, use.Name))
            .ToEquatableArray();
    }

    /// <summary>The names of all records that may be generated.</summary>
    private static HashSet<string> RecordsOf(WorkflowConfiguration configuration)
    {
        var records = new HashSet<string>(StepTable.Names.Select(GeneratedTypeNames.RecordOf), StringComparer.Ordinal);
        foreach (var step in configuration.Steps)
        {
            foreach (var parameter in step.Parameters)
            {
                AddBranches(step.Name + "." + parameter.Name, parameter.Type, records);
            }
        }

        return records;
    }

    private static void AddBranches(string path, ParameterType type, HashSet<string> records)
    {
        foreach (var option in type.Options.Where(option => option.Number is null))
        {
            records.Add(GeneratedTypeNames.TypeOf(path) + "." + CSharpNames.ToPascalCase(option.Name));
            foreach (var inner in option.Parameters)
            {
                AddBranches($"{path}.{option.Name}.{inner.Name}", inner.Type, records);
            }
        }
    }

    private static IEnumerable<(string Record, string Name)> UsesIn(
        SyntaxNode node, SemanticModel model, HashSet<string> records, CancellationToken cancellation) => node switch
    {
        MemberAccessExpressionSyntax { Parent: not InvocationExpressionSyntax } access
            when RecordOf(TypeOf(access.Expression, model, cancellation), records) is { } record =>
            [(record, access.Name.Identifier.ValueText)],
        RecursivePatternSyntax { Type: { } type, PropertyPatternClause: { } properties }
            when RecordOf(model.GetTypeInfo(type, cancellation).Type, records) is { } record =>
            properties.Subpatterns.Select(pattern => pattern.NameColon?.Name).OfType<IdentifierNameSyntax>()
                .Select(name => (record, name.Identifier.ValueText)),
        ObjectCreationExpressionSyntax { Initializer: { } initializer } creation
            when RecordOf(model.GetTypeInfo(creation, cancellation).Type, records) is { } record =>
            initializer.Expressions.OfType<AssignmentExpressionSyntax>()
                .Select(assignment => assignment.Left).OfType<IdentifierNameSyntax>()
                .Select(name => (record, name.Identifier.ValueText)),
        ArgumentSyntax { NameColon.Name.Identifier.ValueText: var branch, Expression: LambdaExpressionSyntax lambda } =>
            UsesIn(lambda, branch, records),
        _ => [],
    };

    /// <summary>
    /// The uses in a function that a <c>Match</c> gets for a branch. The compiler does not know the type of its parameter.
    /// </summary>
    private static IEnumerable<(string Record, string Name)> UsesIn(
        LambdaExpressionSyntax lambda, string branch, HashSet<string> records)
    {
        var parameter = lambda switch
        {
            SimpleLambdaExpressionSyntax simple => simple.Parameter,
            ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: [var single] } => single,
            _ => null,
        };
        var names = lambda.Body.DescendantNodesAndSelf().OfType<MemberAccessExpressionSyntax>()
            .Where(access => access.Parent is not InvocationExpressionSyntax
                && access.Expression is IdentifierNameSyntax name && name.Identifier.ValueText == parameter?.Identifier.ValueText)
            .Select(access => access.Name.Identifier.ValueText)
            .ToList();
        return names.Count == 0 ? [] : records
            .Where(record => record.Contains('.') && record.Split('.').Last() == CSharpNames.ToPascalCase(branch))
            .SelectMany(record => names.Select(name => (record, name)));
    }

    /// <summary>The type of a variable; null for anything else.</summary>
    private static ITypeSymbol? TypeOf(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation) =>
        model.GetSymbolInfo(expression, cancellation).Symbol switch
        {
            ILocalSymbol local => local.Type,
            IParameterSymbol parameter => parameter.Type,
            IFieldSymbol field => field.Type,
            IPropertySymbol property => property.Type,
            _ => null,
        };

    /// <summary>The generated record that a type is which the compiler does not know yet; null when it is none.</summary>
    private static string? RecordOf(ITypeSymbol? type, HashSet<string> records)
    {
        if (type is not { TypeKind: TypeKind.Error })
        {
            return null;
        }

        var path = TypeReader.PathOf(type);
        var branch = string.Join(".", path.Skip(path.Count - 2));
        return records.Contains(type.Name) ? type.Name : records.Contains(branch) ? branch : null;
    }
}
