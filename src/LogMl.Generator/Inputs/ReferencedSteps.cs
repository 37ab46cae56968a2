using Microsoft.CodeAnalysis;

namespace LogMl.Generator.Inputs;

/// <summary>Finds steps in the references of a project that has none: the YAML file may belong to them.</summary>
internal static class ReferencedSteps
{
    private const string Runtime = "LogMl";

    /// <summary>The name of an assembly that has steps, or empty.</summary>
    public static string Find(Compilation compilation, CancellationToken cancellation)
    {
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            cancellation.ThrowIfCancellationRequested();
            if (assembly.Modules.Any(module => module.ReferencedAssemblies.Any(name => name.Name == Runtime))
                && HasSteps(assembly.GlobalNamespace, cancellation))
            {
                return assembly.Name;
            }
        }

        return "";
    }

    private static bool HasSteps(INamespaceOrTypeSymbol container, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return container.GetMembers().Any(member => member switch
        {
            INamespaceOrTypeSymbol inner => HasSteps(inner, cancellation),
            IMethodSymbol method =>
                method.GetAttributes().Any(attribute => attribute.AttributeClass?.ToDisplayString() == StepMethodReader.AttributeName),
            _ => false,
        });
    }
}
