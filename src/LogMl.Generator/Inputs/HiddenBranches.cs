using LogMl.Configuration;
using LogMl.Configuration.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LogMl.Generator.Inputs;

/// <summary>A branch that the code names, and that the YAML does not show.</summary>
/// <param name="Hierarchy">The name of the hierarchy.</param>
/// <param name="Name">The name of the branch.</param>
internal sealed record HiddenBranch(string Hierarchy, string Name);

/// <summary>
/// Finds the branches that a mistake in the YAML hides: the code names them. They are generated too, so that the mistake has one message,
/// and the compiler does not report each use of their types.
/// </summary>
internal static class HiddenBranches
{
    /// <summary>The branches that the code names in hierarchies which may have some that the YAML does not show.</summary>
    public static EquatableArray<HiddenBranch> Find(WorkflowInputs inputs, Compilation compilation, CancellationToken cancellation)
    {
        var taken = new HashSet<string>(
            inputs.Taking.SelectMany(method => method.Parameters).Select(parameter => parameter.Type)
                .Where(type => type is { IsUnknown: true, Outer: not null }).Select(type => type.Outer!),
            StringComparer.Ordinal);
        var hierarchies = inputs.Configuration.Steps
            .SelectMany(step => step.Parameters.SelectMany(parameter => HierarchiesOf(step.Name, parameter, taken)))
            .ToList();
        if (hierarchies.Count == 0)
        {
            return default;
        }

        var named = new SortedSet<(string Hierarchy, string Branch)>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            var root = (CompilationUnitSyntax)tree.GetRoot(cancellation);
            var names = hierarchies.ToDictionary(name => name, name => name, StringComparer.Ordinal);
            foreach (var alias in root.Usings.Where(directive => directive is { Alias: not null, Name: not null }))
            {
                if (names.TryGetValue(LastName(alias.Name), out var hierarchy))
                {
                    names[alias.Alias!.Name.Identifier.ValueText] = hierarchy;
                }
            }

            named.UnionWith(root.DescendantNodes().Select(BranchIn).OfType<(string Type, string Name)>()
                .Where(found => names.ContainsKey(found.Type) && CSharpNames.ToPascalCase(found.Name) == found.Name
                    && found.Name is not (GeneratedTypeNames.Match or nameof(Equals) or nameof(ReferenceEquals)))
                .Select(found => (names[found.Type], found.Name)));
        }

        return named.Select(found => new HiddenBranch(found.Hierarchy, found.Branch)).ToEquatableArray();
    }

    /// <summary>The inputs with the hidden branches.</summary>
    public static WorkflowInputs AddTo(WorkflowInputs inputs, EquatableArray<HiddenBranch> hidden)
    {
        if (hidden.IsEmpty)
        {
            return inputs;
        }

        var names = hidden.ToLookup(branch => branch.Hierarchy, branch => branch.Name, StringComparer.Ordinal);
        var completed = inputs.Configuration with
        {
            IsIncomplete = true,
            Steps = inputs.Configuration.Steps.Select(step => step with
            {
                Parameters = step.Parameters.Select(parameter => Add(step.Name, parameter, names)).ToEquatableArray(),
            }).ToEquatableArray(),
        };
        return inputs with { Configuration = completed, Undeclared = UndeclaredIn(inputs.Configuration, completed) };
    }

    /// <summary>The parameters that are a text in the YAML, and a choice with branches in the code.</summary>
    private static EquatableArray<UndeclaredChoice> UndeclaredIn(WorkflowConfiguration written, WorkflowConfiguration completed) =>
        written.Steps.Zip(completed.Steps, (before, after) => before.Parameters.Zip(after.Parameters, (text, choice) => (text, choice))
                .Where(pair => pair.text.Type.Kind == ParameterKind.String && pair.choice.Type.Kind == ParameterKind.Branches)
                .Select(pair => new UndeclaredChoice(before.Name, pair.text)))
            .SelectMany(found => found)
            .ToEquatableArray();

    private static IEnumerable<string> HierarchiesOf(string owner, ParameterConfiguration parameter, HashSet<string> taken)
    {
        var path = owner + "." + parameter.Name;
        var name = GeneratedTypeNames.TypeOf(path);
        var inner = parameter.Type.Options.SelectMany(option => option.Parameters.SelectMany(below => HierarchiesOf(
            path + "." + option.Name, new ParameterConfiguration(below.Name, below.Type, null, null), taken)));
        return parameter.Type.MissesOptions || (MayBeUndeclared(parameter) && taken.Contains(name)) ? inner.Prepend(name) : inner;
    }

    private static bool MayBeUndeclared(ParameterConfiguration parameter) => parameter is
    {
        Type.Kind: ParameterKind.String,
        IsTypeDeclared: false,
        Distribution: null,
        Default: ConfigurationValue.Text or ConfigurationValue.Null,
    };

    private static ParameterConfiguration Add(string owner, ParameterConfiguration parameter, ILookup<string, string> hidden)
    {
        var path = owner + "." + parameter.Name;
        var name = GeneratedTypeNames.TypeOf(path);
        if (MayBeUndeclared(parameter) && hidden.Contains(name))
        {
            var options = parameter.Default is ConfigurationValue.Text { Value: var text } && CSharpNames.ToPascalCase(text) is not null
                ? EquatableArray.Of(new OptionType(text, default))
                : default;
            parameter = parameter with
            {
                Type = new ParameterType(ParameterKind.Branches, parameter.Type.IsNullable) { Options = options, MissesOptions = true },
            };
        }

        return parameter.Type.IsIncomplete
            ? parameter with
            {
                Type = Add(path, parameter.Type, hidden),
                Distribution = parameter.Distribution is { } distribution
                    ? distribution with { Options = distribution.Options.Select(option => Add(path, option, hidden)).ToEquatableArray() }
                    : null,
            }
            : parameter;
    }

    private static OptionConfiguration Add(string path, OptionConfiguration option, ILookup<string, string> hidden) =>
        option is OptionConfiguration.Branch branch
            ? branch with
            {
                Parameters = branch.Parameters.Select(inner => Add(path + "." + branch.Name, inner, hidden)).ToEquatableArray(),
            }
            : option;

    private static ParameterType Add(string path, ParameterType type, ILookup<string, string> hidden)
    {
        var options = type.Options.Select(option => option with
        {
            Parameters = option.Parameters
                .Select(inner => inner with { Type = Add($"{path}.{option.Name}.{inner.Name}", inner.Type, hidden) })
                .ToEquatableArray(),
        }).ToList();
        if (type.MissesOptions)
        {
            var known = new HashSet<string?>(options.Select(option => CSharpNames.ToPascalCase(option.Name)), StringComparer.Ordinal);
            options.AddRange(hidden[GeneratedTypeNames.TypeOf(path)].Where(known.Add).Select(name => new OptionType(name, default)));
        }

        return type with { Options = options.ToEquatableArray() };
    }

    private static (string Type, string Name)? BranchIn(SyntaxNode node) => node switch
    {
        QualifiedNameSyntax { Right: IdentifierNameSyntax right } name => (LastName(name.Left), right.Identifier.ValueText),
        MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression, Name: IdentifierNameSyntax member } access =>
            (LastName(access.Expression), member.Identifier.ValueText),
        _ => null,
    };

    private static string LastName(SyntaxNode? node) => node switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        QualifiedNameSyntax name => name.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax name => name.Name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => "",
    };
}
