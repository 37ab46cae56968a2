using LogMl.TestKit;

namespace LogMl.EndToEnd.Tests;

/// <summary>The files of small projects that use the package. They tune a function of one variable, which takes no time.</summary>
internal static class Consumer
{
    /// <summary>
    /// A folder name that breaks careless code: a space, a letter that is not ASCII, and a character that MSBuild escapes.
    /// </summary>
    public const string DifficultName = "sp ace é@1";

    public const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <UseAppHost>false</UseAppHost>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="LogMl.Sdk" Version="{version}" />
          </ItemGroup>
        </Project>
        """;

    public const string Yaml = """
        functions:
          model_evaluate: { x: 0.5 }
        hyper_parameter_optimization:
          algorithm: random
          max_evals: 6
          random_seed: 7
          space:
            model_evaluate: { x: ['uniform', -5, 10] }
        """;

    public const string Main = """
        Console.WriteLine("the application runs");
        """;

    /// <summary>The objective: <paramref name="body"/> sees <c>x</c> and the trial.</summary>
    public static string Objective(string body = "return (x - 1) * (x - 1);") => $$"""
        using LogMl;

        public static class Tuned
        {
            [WorkflowStep("model_evaluate")]
            public static double Loss(double x, ITrial trial)
            {
                {{body}}
            }
        }
        """;

    /// <summary>An application with a package reference.</summary>
    public static Task<TestProject> ApplicationAsync(string objective = "return (x - 1) * (x - 1);", string folder = "app") =>
        TestProject.CreateAsync(
            folder, ("app.csproj", Project), ("logml.yaml", Yaml), ("Program.cs", Main), ("Tuned.cs", Objective(objective)));
}
