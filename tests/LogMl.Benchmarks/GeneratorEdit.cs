using System.Diagnostics;
using System.Globalization;
using System.Text;
using Basic.Reference.Assemblies;
using LogMl.Generator;
using LogMl.Generator.Tests.Kit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LogMl.Benchmarks;

/// <summary>
/// What a key press in some other file of the project costs: the driver runs again after an edit that the generator has no interest in.
/// </summary>
internal static class GeneratorEdit
{
    private const int Files = 200;
    private const int Edits = 50;

    private static readonly HashSet<string> Named = [.. typeof(TrackingNames).GetFields().Select(field => field.Name)];

    public static void Run()
    {
        var (compilation, driver) = Project();
        var start = Stopwatch.GetTimestamp();
        driver = driver.RunGenerators(compilation);
        var first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Require(driver.GetRunResult());

        var times = new List<double>();
        var steps = new Dictionary<IncrementalStepRunReason, int>();
        for (var edit = 0; edit < Edits; edit++)
        {
            compilation = EditUnrelatedFile(compilation, edit);
            start = Stopwatch.GetTimestamp();
            driver = driver.RunGenerators(compilation);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            Count(driver.GetRunResult().Results[0], steps);
        }

        var sample = new Sample(times.Skip(5));
        var table = new Table("run", "time");
        table.Add("first", Table.Milliseconds(first));
        table.Add("after an edit, median", Table.Milliseconds(sample.Median));
        table.Add("after an edit, slowest", Table.Milliseconds(sample.Quantile(1)));
        table.Print();
        Console.WriteLine("  outputs of the tracked steps after an edit: "
            + string.Join(", ", steps.OrderBy(step => step.Key).Select(step => $"{step.Value / Edits} {step.Key}")));
    }

    /// <summary>How often a named step of the generator was taken from the cache, found to give the same, or changed.</summary>
    private static void Count(GeneratorRunResult result, Dictionary<IncrementalStepRunReason, int> steps)
    {
        foreach (var output in result.TrackedSteps.Where(step => Named.Contains(step.Key))
            .SelectMany(step => step.Value).SelectMany(step => step.Outputs))
        {
            steps[output.Reason] = steps.GetValueOrDefault(output.Reason) + 1;
        }
    }

    private static void Require(GeneratorDriverRunResult result)
    {
        if (result.GeneratedTrees.Length == 0 || result.Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
        {
            throw new InvalidOperationException("The generator did not do its work: " + string.Join("; ", result.Diagnostics));
        }
    }

    private static (CSharpCompilation Compilation, GeneratorDriver Driver) Project()
    {
        var parse = new CSharpParseOptions(LanguageVersion.Preview);
        var trees = Enumerable.Range(0, Files - 1).Select(
            i => CSharpSyntaxTree.ParseText(UnrelatedFile(i), parse, $"File{i}.cs", Encoding.UTF8))
            .Append(CSharpSyntaxTree.ParseText(ScratchProject.Steps, parse, "Steps.cs", Encoding.UTF8));
        var compilation = CSharpCompilation.Create(
            "Bench",
            trees,
            [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(WorkflowStepAttribute).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var driver = CSharpGeneratorDriver.Create(
            [new WorkflowGenerator().AsSourceGenerator()],
            [new YamlFile("/bench/logml.yaml", ScratchProject.Yaml(100, "tpe"))],
            parse,
            new ProjectOptions("Bench", "Bench"),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return (compilation, driver);
    }

    /// <summary>A file with some classes and methods, with attributes that are not ours.</summary>
    private static string UnrelatedFile(int file)
    {
        var text = new StringBuilder("using System;\nnamespace Bench.Other;\n");
        for (var type = 0; type < 5; type++)
        {
            text.Append(CultureInfo.InvariantCulture, $"public sealed class File{file}Type{type}\n{{\n");
            for (var method = 0; method < 10; method++)
            {
                text.Append(CultureInfo.InvariantCulture, $"    [Obsolete(\"old\")] public int Method{method}(int x) => x * {method} + {file};\n");
            }

            text.Append("}\n");
        }

        return text.ToString();
    }

    private static CSharpCompilation EditUnrelatedFile(CSharpCompilation compilation, int edit)
    {
        var tree = compilation.SyntaxTrees[edit % (Files - 1)];
        var root = (CompilationUnitSyntax)tree.GetRoot();
        var changed = root.WithTrailingTrivia(SyntaxFactory.Comment(string.Create(CultureInfo.InvariantCulture, $"// edit {edit}")));
        return compilation.ReplaceSyntaxTree(tree, tree.WithRootAndOptions(changed, tree.Options));
    }
}
