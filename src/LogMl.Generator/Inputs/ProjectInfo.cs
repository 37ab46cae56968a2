using System.Text;
using LogMl.Configuration.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LogMl.Generator.Inputs;

/// <summary>What the generator needs to know about the project.</summary>
/// <param name="Name">The project's name, which is also the study's.</param>
/// <param name="Namespace">The namespace of the parameter records; empty for the global namespace.</param>
internal sealed record ProjectInfo(string Name, string Namespace)
{
    /// <summary>The namespace of the class that runs the steps.</summary>
    public const string WorkflowNamespace = "LogMl.Generated";

    private const string DefaultName = "Project";

    /// <summary>The name of the workflow class: project <c>app</c> has <c>AppWorkflow</c>.</summary>
    public string WorkflowClass => (CSharpNames.ToPascalCase(Name) ?? ToIdentifier(Name)) + "Workflow";

    public static ProjectInfo Of(BuildProperties properties, Compilation compilation)
    {
        var name = FirstOf(properties.ProjectName, compilation.AssemblyName) ?? DefaultName;
        var parts = PartsOf(FirstOf(properties.RootNamespace, name)!);
        return new ProjectInfo(name, IsTaken(parts, compilation.Assembly.GlobalNamespace) ? "" : string.Join(".", parts.Select(Escape)));
    }

    /// <summary>Makes an identifier from a text: characters that an identifier cannot have are replaced by underscores.</summary>
    public static string ToIdentifier(string text)
    {
        var result = new StringBuilder(text.Length + 1);
        foreach (var c in text)
        {
            if (result.Length == 0 && SyntaxFacts.IsIdentifierPartCharacter(c) && !SyntaxFacts.IsIdentifierStartCharacter(c))
            {
                result.Append('_');
            }

            result.Append(SyntaxFacts.IsIdentifierPartCharacter(c) ? c : '_');
        }

        return result.Length == 0 ? "_" : result.ToString();
    }

    /// <summary>An identifier in C# code: a keyword gets its @.</summary>
    public static string Escape(string identifier) =>
        SyntaxFacts.GetKeywordKind(identifier) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(identifier) != SyntaxKind.None
            ? "@" + identifier
            : identifier;

    private static string[] PartsOf(string text) =>
        text.Split('.').Where(part => part.Length > 0).Select(ToIdentifier).DefaultIfEmpty(DefaultName).ToArray();

    /// <summary>
    /// Whether a type of the project has the name of the namespace, as in a project Xor with a class Xor outside of any namespace.
    /// </summary>
    private static bool IsTaken(string[] parts, INamespaceSymbol global)
    {
        var current = global;
        foreach (var part in parts)
        {
            if (!current.GetTypeMembers(part).IsEmpty)
            {
                return true;
            }

            current = current.GetMembers(part).OfType<INamespaceSymbol>().FirstOrDefault();
            if (current is null)
            {
                return false;
            }
        }

        return false;
    }

    private static string? FirstOf(string? first, string? second) =>
        !string.IsNullOrWhiteSpace(first) ? first!.Trim() : string.IsNullOrWhiteSpace(second) ? null : second;
}

/// <summary>The MSBuild properties that the compiler sees.</summary>
internal sealed record BuildProperties(string? ProjectName, string? RootNamespace)
{
    public static BuildProperties Of(AnalyzerConfigOptionsProvider options)
    {
        options.GlobalOptions.TryGetValue("build_property.MSBuildProjectName", out var projectName);
        options.GlobalOptions.TryGetValue("build_property.RootNamespace", out var rootNamespace);
        return new BuildProperties(projectName, rootNamespace);
    }
}
