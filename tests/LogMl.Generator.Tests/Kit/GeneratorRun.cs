using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LogMl.Generator.Tests.Kit;

/// <summary>A project in memory, and what the generator makes of it.</summary>
internal sealed class GeneratorRun
{
    public const string CodePath = "/project/Code.cs";
    public const string YamlPath = "/project/logml.yaml";

    private const string Usings =
        "global using System; global using System.Collections.Generic; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    private static readonly MetadataReference Logging =
        MetadataReference.CreateFromFile(typeof(Microsoft.Extensions.Logging.ILogger).Assembly.Location);

    private static readonly ImmutableArray<MetadataReference> References =
        [
            .. Net100.References.All,
            MetadataReference.CreateFromFile(typeof(ITrial).Assembly.Location),
            Logging,
        ];

    private readonly TextFile? _yaml;

    private GeneratorRun(
        TextFile? yaml, Compilation input, Compilation output, GeneratorDriver driver, ImmutableArray<Diagnostic> diagnostics)
    {
        _yaml = yaml;
        Input = input;
        Output = output;
        Driver = driver;
        Diagnostics = [.. diagnostics.OrderBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    public Compilation Input { get; }

    public Compilation Output { get; }

    public GeneratorDriver Driver { get; }

    /// <summary>What the generator reports.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    public IReadOnlyDictionary<string, string> Files =>
        Driver.GetRunResult().Results.Single().GeneratedSources.ToDictionary(
            source => source.HintName, source => source.SourceText.ToString());

    /// <summary>What the compiler says about all code, generated code included.</summary>
    public IReadOnlyList<Diagnostic> CompilerMessages =>
        [.. Output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];

    public static GeneratorRun Of(
        string code, string? yaml =
            null, string projectName = "Sample", string? rootNamespace = null, IEnumerable<AdditionalText>? files = null,
        IEnumerable<MetadataReference>? references = null,
        bool hasLogging = true)
    {
        var compilation = Compile(code, projectName).AddReferences(references ?? []).RemoveReferences(hasLogging ? [] : [Logging]);
        var file = yaml is null ? null : new TextFile(YamlPath, yaml);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new WorkflowGenerator().AsSourceGenerator()],
            files ?? (file is null ? [] : [file]),
            ParseOptions,
            new ProjectOptions(projectName, rootNamespace ?? projectName),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return Run(file, compilation, driver);
    }

    /// <summary>The same driver on a changed project.</summary>
    public GeneratorRun Again(string? code = null, string? yaml = null, string? otherFile = null)
    {
        var compilation = Input;
        if (code is not null)
        {
            var old = compilation.SyntaxTrees.First(tree => tree.FilePath == CodePath);
            compilation = compilation.ReplaceSyntaxTree(old, Parse(code, CodePath));
        }

        if (otherFile is not null)
        {
            compilation = compilation.AddSyntaxTrees(Parse(otherFile, "/project/Other.cs"));
        }

        if (yaml is null)
        {
            return Run(_yaml, compilation, Driver);
        }

        var file = new TextFile(YamlPath, yaml);
        return Run(file, compilation, Driver.ReplaceAdditionalText(_yaml!, file));
    }

    /// <summary>The workflow of the project, which is compiled, loaded, so that it registers itself.</summary>
    /// <param name="name">The name of the workflow.</param>
    public Workflow Load(string name = "")
    {
        var assembly = LoadAssembly();

        // As in a worker.
        AppContext.SetSwitch(Workflow.WorkerSwitch, true);
        System.Runtime.CompilerServices.RuntimeHelpers.RunModuleConstructor(assembly.ManifestModule.ModuleHandle);
        return Workflow.Of(assembly, name)
            ?? throw new InvalidOperationException("No workflow was generated:\n" + string.Join("\n", Diagnostics));
    }

    /// <summary>Compiles and loads the project.</summary>
    public Assembly LoadAssembly()
    {
        using var image = new MemoryStream();
        var result = Output.Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        image.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: false).LoadFromStream(image);
    }

    public GeneratorRun AssertClean()
    {
        Assert.Empty(Diagnostics);
        return AssertCompiles();
    }

    public GeneratorRun AssertCompiles()
    {
        Assert.True(CompilerMessages.Count == 0, string.Join("\n", CompilerMessages) + "\n" + string.Join("\n", Files.Values));
        return this;
    }

    private static GeneratorRun Run(TextFile? yaml, Compilation compilation, GeneratorDriver driver)
    {
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        return new GeneratorRun(yaml, compilation, output, driver, diagnostics);
    }

    private static CSharpCompilation Compile(string code, string name) => CSharpCompilation.Create(
        name,
        [Parse(Usings, "/project/Usings.cs"), Parse(code, CodePath)],
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999)
            .WithSpecificDiagnosticOptions(new Dictionary<string, ReportDiagnostic> { ["CS1591"] = ReportDiagnostic.Suppress }));

    private static SyntaxTree Parse(string code, string path) =>
        CSharpSyntaxTree.ParseText(code, ParseOptions, path, System.Text.Encoding.UTF8);
}
