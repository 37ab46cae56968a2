using LogMl.Configuration;
using LogMl.Generator.Binding;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LogMl.Generator.Inputs;

/// <summary>
/// Finds the project's own types where generated ones would be. A part of a generated record is welcome, as long as the record can still be
/// made; every other type of the name is in the way.
/// </summary>
internal static class OwnTypes
{
    public static EquatableArray<OwnTypeSource> Find(WorkflowConfiguration configuration, ProjectInfo project, Compilation compilation) =>
        NamesOf(configuration)
            .SelectMany(name => TypesNamed(name.Name, project.Namespace, compilation).SelectMany(type => Check(type, name)))
            .ToEquatableArray();

    /// <summary>What is generated for a configuration, whatever the methods are.</summary>
    private static IEnumerable<GeneratedName> NamesOf(WorkflowConfiguration configuration)
    {
        var steps = configuration.Steps.Where(step => !step.Parameters.IsEmpty).ToList();
        foreach (var step in steps)
        {
            yield return new GeneratedName(
                StepParameters.RecordNameOf(step.Name), IsRecord: true, step.Parameters.ToDictionary(CSharpNameOf, parameter => parameter.Name, StringComparer.Ordinal));
            foreach (var parameter in step.Parameters.Where(parameter => parameter.Type.Kind == ParameterKind.Enum))
            {
                yield return new GeneratedName(ParameterProperty.EnumNameOf(step.Name, CSharpNameOf(parameter)));
            }
        }

        if (steps.Count > 0)
        {
            yield return new GeneratedName(
                StepBinder.AllRecords, IsRecord: true, steps.ToDictionary(step => CSharpNames.ToPascalCase(step.Name)!, step => step.Name, StringComparer.Ordinal));
        }

        foreach (var settings in Emit.SettingsClass.Of(configuration, "", isPublic: false))
        {
            yield return new GeneratedName(settings.ClassName);
        }
    }

    private static string CSharpNameOf(ParameterConfiguration parameter) => CSharpNames.ToPascalCase(parameter.Name) ?? parameter.Name;

    /// <summary>Those in the namespace of the generated types, and those outside of any, where the aliases of the generated types are.</summary>
    private static IEnumerable<INamedTypeSymbol> TypesNamed(string name, string @namespace, Compilation compilation)
    {
        var global = compilation.Assembly.GlobalNamespace;
        var own = @namespace.Replace("@", "").Split(['.'], StringSplitOptions.RemoveEmptyEntries)
            .Aggregate((INamespaceSymbol?)global, (current, part) => current?.GetNamespaceMembers().FirstOrDefault(member => member.Name == part));
        return new[] { own, @namespace.Length == 0 ? null : global }
            .OfType<INamespaceSymbol>()
            .SelectMany(space => space.GetTypeMembers(name, 0))
            .Where(type => !type.DeclaringSyntaxReferences.IsEmpty);
    }

    private static IEnumerable<OwnTypeSource> Check(INamedTypeSymbol type, GeneratedName generated)
    {
        if (!generated.IsRecord || !IsPart(type))
        {
            yield return new OwnTypeSource(new OwnType(generated.Name, null, IsPart: false), StepDiagnostics.OwnType, Place.Of(type.Locations[0]), EquatableArray.Of(generated.Name));
            yield break;
        }

        if (ConstructorThatIsNeeded(type) is { } constructor)
        {
            yield return new OwnTypeSource(
                new OwnType(generated.Name, null, IsPart: true), StepDiagnostics.PartWithConstructor, Place.Of(constructor.Locations[0]), EquatableArray.Of(generated.Name));
        }

        foreach (var member in type.GetMembers().Where(member => !member.IsImplicitlyDeclared && generated.Members.ContainsKey(member.Name)))
        {
            yield return new OwnTypeSource(
                new OwnType(generated.Name, member.Name, IsPart: true),
                StepDiagnostics.PartWithMember,
                Place.Of(member.Locations[0]),
                EquatableArray.Of(generated.Name, member.Name, generated.Members[member.Name]));
        }
    }

    private static bool IsPart(INamedTypeSymbol type) =>
        type is { IsRecord: true, TypeKind: TypeKind.Class }
        && type.DeclaringSyntaxReferences.All(reference =>
            reference.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>A constructor without which the record cannot be made; generated code gives no arguments.</summary>
    private static IMethodSymbol? ConstructorThatIsNeeded(INamedTypeSymbol type)
    {
        var constructors = type.InstanceConstructors.Where(constructor => !constructor.IsImplicitlyDeclared).ToList();
        return constructors.Exists(constructor => constructor.Parameters.IsEmpty)
            ? null
            : constructors.Find(constructor => !SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type));
    }

    private sealed record GeneratedName(string Name, bool IsRecord, IReadOnlyDictionary<string, string> Members)
    {
        public GeneratedName(string name)
            : this(name, IsRecord: false, new Dictionary<string, string>())
        {
        }
    }
}
