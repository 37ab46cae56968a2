using LogMl.TestKit;

namespace LogMl.EndToEnd.Tests;

/// <summary>
/// Another source generator in the same project, which brings an old YamlDotNet with the same assembly name. In YamlDotNet 13 an index is
/// an int, in the version of this product it is a long. If one generator ran with the other's copy, it would fail with a
/// MissingMethodException (CS8785).
/// </summary>
public sealed class OtherGeneratorTests
{
    private const string Generator = """
        using Microsoft.CodeAnalysis;

        [Generator]
        public sealed class OtherGenerator : IIncrementalGenerator
        {
            public void Initialize(IncrementalGeneratorInitializationContext context) =>
                context.RegisterSourceOutput(context.CompilationProvider, (output, _) =>
                {
                    var parser = new YamlDotNet.Core.Parser(new System.IO.StringReader("key: value"));
                    while (parser.MoveNext() && parser.Current is not YamlDotNet.Core.Events.Scalar { Value: "value" }) { }
                    int index = parser.Current.Start.Index;
                    output.AddSource("Other.g.cs", "internal static class Other { public const int Index = " + index + "; }");
                });
        }
        """;

    private const string GeneratorProject = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>netstandard2.0</TargetFramework>
            <LangVersion>latest</LangVersion>
            <CopyLocalLockFileAssemblies>true</CopyLocalLockFileAssemblies>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Microsoft.CodeAnalysis.CSharp" Version="4.14.0" PrivateAssets="all" ExcludeAssets="runtime" />
            <PackageReference Include="YamlDotNet" Version="13.7.1" />
          </ItemGroup>
        </Project>
        """;

    [Fact]
    public async Task Each_generator_runs_with_its_own_copy_of_YamlDotNet()
    {
        using var project = await TestProject.CreateAsync(
            "two",
            otherSources: true,
            ("other/other.csproj", GeneratorProject),
            ("other/OtherGenerator.cs", Generator),
            ("app/app.csproj", Consumer.Project.Replace(
                "<PackageReference",
                "<Analyzer Include=\"../other/bin/Debug/netstandard2.0/other.dll;../other/bin/Debug/netstandard2.0/YamlDotNet.dll\" />\n<PackageReference",
                StringComparison.Ordinal)),
            ("app/logml.yaml", Consumer.Yaml),
            ("app/Program.cs", "Console.WriteLine($\"value at {Other.Index}, x = {new ModelEvaluateParameters().X}\");"),
            ("app/Tuned.cs", Consumer.Objective()));

        var other = await project.BuildAsync("other");
        other.Expect(other.ExitCode == 0, "success");
        (await project.BuildAsync("app")).Succeeded();
        (await project.DotnetAsync(["run", "--no-build", "--project", "app"])).Shows("value at 5, x = 0.5");
    }
}
