using LogMl.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LogMl.Generator.Tests;

/// <summary>
/// The sources of the whole repository: a namespace is a folder, and the namespaces below the root of a project use each
/// other in one direction only. The root is what other assemblies see: it uses what it offers, and what lies below it may use the root's
/// types.
/// </summary>
public sealed class NamespaceTests
{
    /// <summary>MSBuild finds this attribute by its full name.</summary>
    private const string NamedByMsBuild = "src/LogMl.Tasks/MSBuildMultiThreadableTaskAttribute.cs";

    private static readonly Lazy<List<Source>> Sources = new(ReadAll);

    [Fact]
    public void A_namespace_is_the_folder_of_its_file()
    {
        var wrong = Sources.Value
            .Where(source => source.Path != NamedByMsBuild && source.Namespace is { } actual && actual != source.FolderName)
            .Select(source => $"{source.Path}: the namespace is {source.Namespace}, the folder {source.FolderName}");

        Assert.True(Sources.Value.Count > 500, $"{Sources.Value.Count} sources");
        Assert.Empty(wrong);
    }

    [Fact]
    public void Namespaces_of_a_project_use_each_other_in_one_direction_only()
    {
        var circles = Sources.Value.GroupBy(source => source.Project).SelectMany(project => CirclesOf(project.Key, [.. project]));

        Assert.Empty(circles);
    }

    [Fact]
    public void Each_way_to_use_a_namespace_is_seen_and_a_long_circle_is_found()
    {
        Source[] sources =
        [
            Read("src/P/A/One.cs", "using P.B;\nnamespace P.A; class One { Two two; }"),
            Read("src/P/B/Two.cs", "namespace P.B; class Two { C.Three three = new C.Three(); D.Four four; }"),
            Read("src/P/C/Three.cs", "using static P.A.One;\nusing P;\nnamespace P.C; class Three { }"),
            Read("src/P/D/Four.cs", "using Five = P.E.Five;\nnamespace P.D; class Four { }"),
            Read("src/P/E/Five.cs", "namespace P.E; class Five { Root root; }"),
            Read("src/P/Root.cs", "using P.A;\nusing P.E;\nnamespace P; class Root { }"),
        ];

        Assert.Equal(
            [
                "P.A uses P.B, which leads back to it: src/P/A/One.cs",
                "P.B uses P.C, which leads back to it: src/P/B/Two.cs",
                "P.C uses P.A, which leads back to it: src/P/C/Three.cs",
            ],
            CirclesOf("P", sources));
        Assert.Contains(UsesOf("P", sources), use => use is { From: "P.D", To: "P.E" });
    }

    /// <summary>Each use that closes a circle, with the files that have it.</summary>
    private static IEnumerable<string> CirclesOf(string root, Source[] sources)
    {
        var uses = UsesOf(root, sources);
        var next = uses.ToLookup(use => use.From, use => use.To);
        return from use in uses
               where LeadsTo(use.To, use.From, next)
               group use.Path by (use.From, use.To) into circle
               orderby circle.Key
               select $"{circle.Key.From} uses {circle.Key.To}, which leads back to it: {string.Join(", ", circle.Distinct())}";
    }

    private static bool LeadsTo(string from, string to, ILookup<string, string> next)
    {
        var seen = new HashSet<string> { from };
        var open = new Queue<string>(seen);
        while (open.TryDequeue(out var current))
        {
            if (current == to)
            {
                return true;
            }

            foreach (var further in next[current].Where(seen.Add))
            {
                open.Enqueue(further);
            }
        }

        return false;
    }

    /// <summary>Which namespace below the root uses which other one, and where.</summary>
    private static List<(string From, string To, string Path)> UsesOf(string root, Source[] sources)
    {
        var namespaces = sources.Select(source => source.Namespace).OfType<string>().ToHashSet();
        var types = sources.SelectMany(source => source.Types.Select(type => source.Namespace + "." + type)).ToHashSet();
        return
        [
            .. from source in sources
               where source.Namespace is not null && source.Namespace != root
               from used in source.Named.Select(NamespaceOf).Concat(source.Qualified.Select(OfQualified)).Append(Around(source.Namespace!))
               where used is not null && used != root && used != source.Namespace
               select (source.Namespace, used, source.Path),
        ];

        // A directive names a namespace, or a type in one.
        string? NamespaceOf(string name) =>
            namespaces.Contains(name) ? name : namespaces.Contains(Around(name) ?? "") ? Around(name) : null;

        // A name such as Tpe.TpeSampler, or with more in front.
        string? OfQualified(string name)
        {
            var full = name.StartsWith(root + ".", StringComparison.Ordinal) ? name : root + "." + name;
            return types.Contains(full) ? Around(full) : null;
        }
    }

    /// <summary>What a name stands in: code sees the namespaces around its own without a directive.</summary>
    private static string? Around(string name) => name.LastIndexOf('.') is > 0 and var dot ? name[..dot] : null;

    private static List<Source> ReadAll() => [.. Repository.Sources().Select(path => Read(path, Repository.Read(path)))];

    private static Source Read(string path, string text)
    {
        var root = CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot();
        var folders = path.Split('/')[1..^1];
        var project = folders[0] == "Shared" ? "LogMl.Shared" : folders[0];
        return new Source(
            path,
            project,
            string.Join('.', [project, .. folders[1..]]),
            root.Members.OfType<BaseNamespaceDeclarationSyntax>().SingleOrDefault()?.Name.ToString(),
            [.. root.Usings.Select(directive => directive.NamespaceOrType.ToString())],
            [
                .. root.DescendantNodes()
                    .Where(node => node is QualifiedNameSyntax or MemberAccessExpressionSyntax)
                    .Select(node => node.ToString()),
            ],
            [.. root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Select(type => type.Identifier.ValueText)]);
    }

    /// <param name="Path">From the root of the repository.</param>
    /// <param name="Project">The name of the project.</param>
    /// <param name="FolderName">The project and the folders in it.</param>
    /// <param name="Namespace">Null for top-level statements.</param>
    /// <param name="Named">What the using directives name.</param>
    /// <param name="Qualified">Names with a dot in the code.</param>
    /// <param name="Types">The types that it declares.</param>
    private sealed record Source(
        string Path, string Project, string FolderName, string? Namespace, string[] Named, string[] Qualified, string[] Types);
}
