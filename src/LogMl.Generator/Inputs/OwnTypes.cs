using LogMl.Configuration;
using LogMl.Configuration.Model;
using LogMl.Generator.Diagnostics;
using LogMl.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LogMl.Generator.Inputs;

/// <summary>
/// Finds the project's own types, namespaces and aliases that have the name of a generated type. A part of a generated record is allowed as
/// long as the record can still be created. Everything else with the name is a conflict.
/// </summary>
internal static class OwnTypes
{
    private static readonly Dictionary<string, string?> WorkflowMembers = new(StringComparer.Ordinal)
    {
        ["RunAsync"] = null,
        ["Steps"] = null,
    };

    public static EquatableArray<OwnTypeSource> Find(
        WorkflowInputs inputs, Compilation compilation, CancellationToken cancellation)
    {
        var (workflow, configuration, methods) = (inputs.Workflow, inputs.Configuration, inputs.Taking);
        if (TypeInPlaceOf(workflow, compilation) is { } own)
        {
            return EquatableArray.Of(own);
        }

        var aliases = AliasesOf(compilation, cancellation).ToLookup(alias => alias.Identifier.ValueText, StringComparer.Ordinal);
        return NamesOf(configuration, methods, workflow)
            .Select(name => workflow.IsNamed ? name : name with { HasAlias = true })
            .SelectMany(name => SymbolsNamed(name, workflow.Namespace, compilation)
                .SelectMany(symbol => Check(symbol, name, workflow.Namespace))
                .Concat((name.HasAlias ? aliases[name.Name] : [])
                    .Select(alias => NameConflict(new OwnType(name.Name, null, IsPart: false), alias.GetLocation()))))
            .Concat(methods.IsEmpty ? [] : WorkflowsNamed(workflow, compilation))
            .ToEquatableArray();
    }

    /// <summary>The type of the project that has the name of the namespace of a workflow.</summary>
    private static OwnTypeSource? TypeInPlaceOf(WorkflowIdentity workflow, Compilation compilation)
    {
        if (!workflow.IsNamed)
        {
            return null;
        }

        var name = WorkflowIdentity.CSharpNameOf(workflow.Name);
        return SymbolsIn(workflow.Project.Namespace, name, compilation).OfType<INamedTypeSymbol>().FirstOrDefault() is { } type
            ? new OwnTypeSource(
                new OwnType(name, null, IsPart: false) { IsNamespace = true }, StepDiagnostics.TypeInPlaceOfNamespace,
                Place.Of(type.Locations[0]), EquatableArray.Of(type.ToDisplayString(), workflow.Name))
            : null;
    }

    /// <summary>The names that are generated for a configuration, and for methods that take a record without parameters.</summary>
    private static IEnumerable<GeneratedName> NamesOf(
        WorkflowConfiguration configuration, EquatableArray<StepMethod> methods, WorkflowIdentity workflow)
    {
        var takenTypes = StepMethods.PossiblyGeneratedTypes(methods, workflow);
        var steps = configuration.Steps.Where(step => !step.Parameters.IsEmpty).ToList();
        foreach (var step in steps)
        {
            yield return new GeneratedName(GeneratedTypeNames.RecordOf(step.Name))
            {
                Form = PartForm.Record,
                Members = step.Parameters.ToDictionary(
                    parameter => GeneratedName.InCSharp(parameter.Name), string? (parameter) => parameter.Name, StringComparer.Ordinal),
            };
            foreach (var name in step.Parameters.SelectMany(
                parameter => GeneratedName.TypesOf(step.Name + "." + parameter.Name, parameter.Type)))
            {
                yield return name;
            }
        }

        var withoutParameters = StepTable.Names.Where(step => takenTypes.Contains(GeneratedTypeNames.RecordOf(step)))
            .Except(steps.Select(step => step.Name)).ToList();
        foreach (var step in withoutParameters)
        {
            yield return new GeneratedName(GeneratedTypeNames.RecordOf(step)) { Form = PartForm.Record };
        }

        var withRecord = steps.Select(step => step.Name).Concat(withoutParameters).ToList();
        if (withRecord.Count > 0 || !methods.IsEmpty)
        {
            yield return new GeneratedName(GeneratedNames.AllRecords)
            {
                Form = PartForm.Record,
                Members = withRecord.Select(step => (Name: CSharpNames.ToPascalCase(step)!, Step: (string?)step))
                    .Concat([(GeneratedNames.Load, null), (GeneratedNames.Best, null)])
                    .ToDictionary(member => member.Name, member => member.Step, StringComparer.Ordinal),
            };
        }

        foreach (var settings in SettingsClass.Of(configuration, workflow, isPublic: false))
        {
            yield return new GeneratedName(settings.ClassName);
        }

        if (!methods.IsEmpty)
        {
            yield return new GeneratedName(workflow.ClassName)
            {
                Form = PartForm.StaticClass, Members = WorkflowMembers, HasAlias = true,
            };
        }
    }

    private static IEnumerable<OwnTypeSource> WorkflowsNamed(WorkflowIdentity workflow, Compilation compilation) =>
        from symbol in SymbolsIn(ProjectInfo.WorkflowNamespace, workflow.RunnerName, compilation)
        select NameConflict(new OwnType(workflow.ClassName, null, IsPart: false), symbol.Locations[0]);

    /// <summary>
    /// The symbols with a name in the namespace of the generated types, and outside of any namespace, where the aliases of the generated
    /// types are.
    /// </summary>
    private static IEnumerable<INamespaceOrTypeSymbol> SymbolsNamed(GeneratedName name, string @namespace, Compilation compilation)
    {
        var own = SymbolsIn(@namespace, name.Name, compilation);
        return @namespace.Length == 0 || !name.HasAlias ? own : own.Concat(SymbolsIn("", name.Name, compilation));
    }

    private static IEnumerable<INamespaceOrTypeSymbol> SymbolsIn(string @namespace, string name, Compilation compilation)
    {
        var space = @namespace.Replace("@", "").Split(['.'], StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(
                (INamespaceSymbol?)compilation.Assembly.GlobalNamespace,
                (current, part) => current?.GetNamespaceMembers().FirstOrDefault(member => member.Name == part));
        return (space?.GetMembers(name) ?? [])
            .Where(symbol => symbol is not INamedTypeSymbol { Arity: > 0 } && !symbol.DeclaringSyntaxReferences.IsEmpty);
    }

    private static IEnumerable<OwnTypeSource> Check(INamespaceOrTypeSymbol symbol, GeneratedName generated, string @namespace)
    {
        if (symbol is not INamedTypeSymbol type || !IsPart(type, generated.Form))
        {
            var own = new OwnType(generated.Name, null, IsPart: false)
            {
                IsEnum = symbol is INamedTypeSymbol { TypeKind: TypeKind.Enum }
                    && symbol.ContainingNamespace.IsGlobalNamespace == (@namespace.Length == 0),
                IsPublic = symbol.DeclaredAccessibility == Accessibility.Public,
            };
            yield return NameConflict(own, symbol.Locations[0]);
            yield break;
        }

        if (type.ContainingNamespace.IsGlobalNamespace && @namespace.Length > 0)
        {
            yield return new OwnTypeSource(
                new OwnType(generated.Name, null, IsPart: true), StepDiagnostics.PartOutsideOfNamespace, Place.Of(type.Locations[0]),
                EquatableArray.Of(generated.Name, @namespace.Replace("@", "")));
            yield break;
        }

        foreach (var own in CheckPart(type, generated, generated.Name))
        {
            yield return own;
        }
    }

    /// <param name="type">A part of a generated type.</param>
    /// <param name="generated">The generated type.</param>
    /// <param name="name">Its name, with that of the type in which it is nested.</param>
    private static IEnumerable<OwnTypeSource> CheckPart(INamedTypeSymbol type, GeneratedName generated, string name)
    {
        if (generated.Form == PartForm.Record && FlawOf(type, generated) is var (reason, location))
        {
            yield return new OwnTypeSource(
                new OwnType(name, null, IsPart: true) { IsUnmade = true }, StepDiagnostics.PartThatCannotBeMade, Place.Of(location),
                EquatableArray.Of(name, reason));
        }

        if (generated.IsClosed)
        {
            foreach (var own in BranchParts.Check(type, generated))
            {
                yield return own;
            }
        }

        foreach (var member in type.GetMembers().Where(member => IsInTheWay(member, generated)))
        {
            if (member is INamedTypeSymbol nested && IsPart(nested, PartForm.Record)
                && generated.Branches.FirstOrDefault(branch => branch.Name == member.Name) is { } found)
            {
                foreach (var own in CheckPart(nested, found, name + "." + found.Name))
                {
                    yield return own;
                }

                continue;
            }

            yield return new OwnTypeSource(
                new OwnType(name, member.Name, IsPart: true),
                StepDiagnostics.PartWithMember,
                Place.Of(member.Locations[0]),
                EquatableArray.Of(name, member.Name, PurposeOf(generated.Members[member.Name])));
        }
    }

    private static bool IsInTheWay(ISymbol member, GeneratedName generated) =>
        !member.IsImplicitlyDeclared && generated.Members.ContainsKey(member.Name)

        // Another overload of Match is welcome.
        && !(member is IMethodSymbol { Name: GeneratedTypeNames.Match } match && generated.Branches.Count > 0
            && (match.Arity != 1 || match.Parameters.Length != generated.Branches.Count));

    /// <summary>The aliases that apply to a whole file or to all files. The generated types have aliases of the same kind.</summary>
    private static IEnumerable<IdentifierNameSyntax> AliasesOf(Compilation compilation, CancellationToken cancellation) =>
        from tree in compilation.SyntaxTrees
        from directive in ((CompilationUnitSyntax)tree.GetRoot(cancellation)).Usings
        let alias = directive.Alias
        where alias is not null
        select alias.Name;

    private static OwnTypeSource NameConflict(OwnType own, Location location) =>
        new(own, StepDiagnostics.OwnType, Place.Of(location), EquatableArray.Of(own.Name));

    /// <summary>What a member of a generated type is for, in messages.</summary>
    private static string PurposeOf(string? parameter) => parameter is null ? "" : $" for '{parameter}' of the YAML file";

    private static bool IsPart(INamedTypeSymbol type, PartForm form) =>
        type.TypeKind == TypeKind.Class
        && form switch
        {
            PartForm.Record => type.IsRecord,
            PartForm.StaticClass => type.IsStatic,
            _ => false,
        }
        && type.DeclaringSyntaxReferences.All(reference =>
            reference.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>The reason why generated code cannot create the record without arguments, and its location; null if it can.</summary>
    private static (string Reason, Location Location)? FlawOf(INamedTypeSymbol type, GeneratedName generated)
    {
        if (MethodRules.IsObsoleteError(type))
        {
            return ("your part of the record is [Obsolete] as an error; make that a warning", type.Locations[0]);
        }

        var constructors = type.InstanceConstructors.Where(constructor => !constructor.IsImplicitlyDeclared).ToList();
        var parameterless = constructors.Find(constructor => constructor.Parameters.IsEmpty);
        if (generated.HasConstructor)
        {
            var own = parameterless ?? constructors.Find(IsPrimary);
            if (own is not null)
            {
                return ("its constructor is generated; remove this one", own.Locations[0]);
            }

            constructors.Clear();
        }

        var obstacle = parameterless is null
            ? constructors.Find(constructor => !SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type))
            : MethodRules.IsVisible(parameterless.DeclaredAccessibility) ? null : parameterless;
        if (obstacle is not null)
        {
            return ("your part of the record needs a public constructor without parameters, too", obstacle.Locations[0]);
        }

        if (parameterless is not null && parameterless.GetAttributes().Any(attribute => attribute.AttributeClass is { } name
            && TypeReader.IsIn(name, "System.Diagnostics.CodeAnalysis", "SetsRequiredMembersAttribute")))
        {
            return null;
        }

        var required = Conversions.BasesOf(type).SelectMany(part => part.GetMembers()).FirstOrDefault(MethodRules.IsRequired);
        return required is null
            ? null
            : ($"'{required.Name}' is required; give it a default instead",
                required.Locations[0].IsInSource ? required.Locations[0] : type.Locations[0]);
    }

    /// <summary>Whether a constructor is that of a record with parameters behind its name.</summary>
    private static bool IsPrimary(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax);
}
