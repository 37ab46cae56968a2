using LogMl.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace LogMl.Generator.Inputs;

/// <summary>The rules for methods that generated code can call.</summary>
internal static class MethodRules
{
    private const string ItsClass = "its class '";
    private const string ObsoleteError = "is [Obsolete] as an error; make that a warning";

    /// <summary>The name of a method in messages. The block of an extension has no name of its own.</summary>
    public static string DisplayNameOf(IMethodSymbol method) =>
        (IsInExtension(method) ? method.ContainingType.ContainingType : method.ContainingType)?.Name + "." + method.Name;

    /// <summary>Whether a flaw belongs to the class, so that all of its methods have it.</summary>
    public static bool IsOfClass(StepDiagnostic flaw) =>
        flaw.Definition == StepDiagnostics.NoInstance
            || flaw.Arguments[flaw.Arguments.Count - 1].StartsWith(ItsClass, StringComparison.Ordinal);

    public static IEnumerable<StepDiagnostic> FlawsOf(IMethodSymbol method, string id)
    {
        var name = DisplayNameOf(method);
        var target = DiagnosticTarget.Method(id);
        if (AccessFlaw(method) is { } access)
        {
            yield return StepDiagnostic.Of(StepDiagnostics.InaccessibleMethod, target, name, access);
            yield break;
        }

        if (FormFlaw(method) is { } form)
        {
            yield return StepDiagnostic.Of(StepDiagnostics.UnsupportedMethod, target, name, form);
        }
        else if (!method.IsStatic && InstanceFlaw(method.ContainingType) is { } instance)
        {
            yield return StepDiagnostic.Of(StepDiagnostics.NoInstance, target, name, method.ContainingType.Name, instance);
        }

        foreach (var parameter in method.Parameters)
        {
            if (ParameterFlaw(parameter) is { } flaw)
            {
                yield return StepDiagnostic.Of(
                    StepDiagnostics.UnsupportedMethod, DiagnosticTarget.Parameter(id, parameter.Ordinal), name, flaw);
            }
        }
    }

    /// <summary>Whether other projects can call a method, perhaps only from a derived class.</summary>
    public static bool IsPublic(IMethodSymbol method)
    {
        for (ISymbol? part = method; part is not null; part = part.ContainingType)
        {
            if (part.DeclaredAccessibility is not (Accessibility.Public or Accessibility.ProtectedOrInternal))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether other projects can see a type with all its parts.</summary>
    public static bool IsPublic(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsPublic(array.ElementType),
        IDynamicTypeSymbol => true,
        INamedTypeSymbol named => named.DeclaredAccessibility == Accessibility.Public
            && named.TypeArguments.All(IsPublic)
            && (named.ContainingType is null || IsPublic(named.ContainingType)),
        _ => false,
    };

    private static string? AccessFlaw(IMethodSymbol method)
    {
        if (method.MethodKind == MethodKind.LocalFunction)
        {
            return "it is a local function; make it a method of a class";
        }

        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.DeclareMethod))
        {
            return "it is not an ordinary method";
        }

        if (!IsVisible(method.DeclaredAccessibility))
        {
            return "it must be internal or public";
        }

        if (IsObsoleteError(method))
        {
            return $"it {ObsoleteError}";
        }

        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            if (!IsVisible(type.DeclaredAccessibility) || type.IsFileLocal)
            {
                return $"{ItsClass}{type.Name}' must be internal or public";
            }

            if (IsObsoleteError(type))
            {
                return $"{ItsClass}{type.Name}' {ObsoleteError}";
            }
        }

        return null;
    }

    /// <summary>Whether other code of the same project can use a type or a member.</summary>
    public static bool IsVisible(Accessibility accessibility) =>
        accessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;

    /// <summary>Whether every use of a symbol is a compile error, in generated code too.</summary>
    public static bool IsObsoleteError(ISymbol symbol) => symbol.GetAttributes().Any(attribute =>
        attribute is { AttributeClass: { } type, ConstructorArguments: [_, { Value: true }, ..] }
            && TypeReader.IsIn(type, "System", "ObsoleteAttribute"));

    private static bool IsInExtension(IMethodSymbol method) => method.ContainingType is { Name.Length: 0, ContainingType: not null };

    private static string? FormFlaw(IMethodSymbol method)
    {
        if (IsInExtension(method))
        {
            return "it stands in an extension block; make it a method of the class";
        }

        if (method.IsGenericMethod)
        {
            return "it is generic";
        }

        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            if (type.IsGenericType)
            {
                return $"{ItsClass}{type.Name}' is generic";
            }
        }

        if (method.IsStatic && (method.IsAbstract || method.ContainingType.TypeKind == TypeKind.Interface))
        {
            return "it is a static method of an interface";
        }

        return method switch
        {
            { ReturnsByRef: true } or { ReturnsByRefReadonly: true } => "it returns by reference",
            { IsAsync: true, ReturnsVoid: true } => "it is async void; return a Task",
            {
                ReturnType: { IsRefLikeType: true } or IPointerTypeSymbol or IFunctionPointerTypeSymbol
                    or INamedTypeSymbol { TypeArguments: [{ IsRefLikeType: true }] },
            } => "it returns a ref struct or a pointer",
            _ => null,
        };
    }

    private static string? InstanceFlaw(INamedTypeSymbol type)
    {
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct))
        {
            return "it is not a class";
        }

        if (type.IsRefLikeType)
        {
            return "it is a ref struct, which cannot be kept from step to step; make the method static";
        }

        if (type.IsAbstract)
        {
            return "it is abstract";
        }

        if (!type.InstanceConstructors.Any(constructor =>
            constructor.Parameters.IsEmpty && constructor.DeclaredAccessibility == Accessibility.Public))
        {
            return "it has no public constructor without parameters; add one, or make the method static";
        }

        return Conversions.BasesOf(type).SelectMany(part => part.GetMembers()).Any(IsRequired)
            ? "it has required members; make the method static"
            : null;
    }

    /// <summary>Whether code that creates an instance must set the member.</summary>
    public static bool IsRequired(ISymbol member) => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    private static string? ParameterFlaw(IParameterSymbol parameter) => parameter switch
    {
        { RefKind: not (RefKind.None or RefKind.In) } => $"parameter '{parameter.Name}' is passed by reference",
        { IsParams: true } => $"parameter '{parameter.Name}' is params",

        // Generated code passes arguments by name, so names must be unique.
        { ContainingSymbol: IMethodSymbol method } when method.Parameters.Take(parameter.Ordinal)
            .Any(earlier => earlier.Name == parameter.Name) => $"another parameter is named '{parameter.Name}', too",
        { Type: { IsRefLikeType: true } or IPointerTypeSymbol or IFunctionPointerTypeSymbol } =>
            $"parameter '{parameter.Name}' is a ref struct or a pointer",
        _ => null,
    };
}
