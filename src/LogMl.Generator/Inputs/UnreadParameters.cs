using LogMl.Configuration;
using LogMl.Configuration.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LogMl.Generator.Inputs;

/// <summary>A parameter that the default of a branch sets, that the space of the branch lacks, and that no code reads.</summary>
/// <param name="Branch">The full name of the branch.</param>
/// <param name="Name">The parameter.</param>
/// <param name="Searched">The parameters that the space of the branch has.</param>
internal sealed record UnreadParameter(string Branch, string Name, EquatableArray<string> Searched)
{
    /// <summary>The property of the parameter in the record of the branch.</summary>
    public string Property => CSharpNames.ToPascalCase(Name) ?? Name;
}

/// <summary>
/// Finds parameters of branches that are fixed by a default alone and that the code does not name: probably slips for searched ones. A
/// method takes the whole record of a branch, so that only the code says which of its properties it reads.
/// </summary>
internal static class UnreadParameters
{
    public static EquatableArray<UnreadParameter> Find(WorkflowInputs inputs, Compilation compilation, CancellationToken cancellation)
    {
        if (inputs.Configuration.IsIncomplete || inputs.Methods.IsEmpty)
        {
            return default;
        }

        var found = inputs.Configuration.Steps
            .Where(step => inputs.Methods.Any(method => StepTable.Canonical(method.StepName) == step.Name))
            .SelectMany(step => step.Parameters.Where(parameter => !parameter.IsTypeDeclared)
                .SelectMany(parameter => FixedIn(step.Name + "." + parameter.Name, parameter)))
            .ToList();
        if (found.Count == 0)
        {
            return default;
        }

        var unread = new HashSet<string>(found.Select(parameter => parameter.Property), StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees.TakeWhile(_ => unread.Count > 0))
        {
            unread.ExceptWith(tree.GetRoot(cancellation).DescendantTokens()
                .Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText));
        }

        return found.Where(parameter => unread.Contains(parameter.Property)).ToEquatableArray();
    }

    /// <summary>The parameters of the branches of a choice, at any depth, that have a default and no distribution.</summary>
    private static IEnumerable<UnreadParameter> FixedIn(string path, ParameterConfiguration choice) => choice.Distribution is null ? []
        : choice.Distribution.Options.OfType<OptionConfiguration.Branch>().SelectMany(branch =>
        {
            var name = path + "." + branch.Name;
            var searched = branch.Parameters.Where(parameter => parameter.Distribution is not null).Select(parameter => parameter.Name)
                .ToEquatableArray();
            return branch.Parameters.SelectMany(parameter => parameter is { Distribution: null, Default: not null }
                ? [new UnreadParameter(name, parameter.Name, searched)]
                : FixedIn(name + "." + parameter.Name, parameter));
        });
}
