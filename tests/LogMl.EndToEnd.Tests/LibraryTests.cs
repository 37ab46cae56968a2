using LogMl.TestKit;

namespace LogMl.EndToEnd.Tests;

/// <summary>A class library with a workflow, its package, and an application that uses the package.</summary>
public sealed class LibraryTests
{
    private const string Library = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="LogMl.Sdk" Version="{version}" />
            <PackageReference Include="MathNet.Numerics" Version="5.0.0" />
          </ItemGroup>
        </Project>
        """;

    private const string Application = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <UseAppHost>false</UseAppHost>
          </PropertyGroup>
          <ItemGroup>
            <ProjectReference Include="../lib/lib.csproj" />
          </ItemGroup>
        </Project>
        """;

    private const string PackedLibrary = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <PackageId>{id}</PackageId>
            <!-- The version of the package that is tested is no stable one. -->
            <NoWarn>$(NoWarn);NU5104</NoWarn>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="LogMl.Sdk" Version="{version}" {assets} />
          </ItemGroup>
        </Project>
        """;

    /// <summary>Steps without using directives, with names as constants, and with steps that only a search can run.</summary>
    private const string PackedSteps = """
        public static class Tuned
        {
            [WorkflowStep(WorkflowSteps.DatasetCreate)] public static int[] Rows() => [1, 2, 3, 4, 5];

            [WorkflowStep(WorkflowSteps.ModelTrain)] public static async Task<double> Train(int[] train, ModelTrainParameters p) { await Task.Yield(); return p.X; }

            [WorkflowStep(WorkflowSteps.ModelEvaluate)] public static double Loss(double model, int[] data, ITrial trial) => Square(model - 1) + (0 * trial.Number);

            [WorkflowStep(WorkflowSteps.TrialFinished)] public static void Ended(FinishedTrial trial, IStudy study, WorkflowParameters p)
            {
                if (trial.State == FinishedTrialState.Complete && trial.Parameters["model_train.x"].GetDouble() == p.ModelTrain.X && study.Finished == study.Planned)
                {
                    study.Stop("all are there");
                }
            }

            public static double Square(double x) => x * x;
        }
        """;

    private const string PackageUser = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <UseAppHost>false</UseAppHost>
            <RestoreAdditionalProjectSources>../packages</RestoreAdditionalProjectSources>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="{id}" Version="1.0.0" />
          </ItemGroup>
        </Project>
        """;

    /// <summary>Uses the library by reflection, as frameworks do that look for types, methods and attributes.</summary>
    private const string PackageProgram = """
        var assembly = typeof(Tuned).Assembly;
        foreach (var type in assembly.GetTypes())
        {
            System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(type.TypeHandle);
            type.GetCustomAttributes(true);
            foreach (var method in type.GetMethods())
            {
                method.GetCustomAttributes(true);
            }
        }

        Console.WriteLine($"the square is {Tuned.Square(3)}, x is {new lib.ModelTrainParameters().X}");
        """;

    [Theory]
    [InlineData("Private", "PrivateAssets=\"all\"")]
    [InlineData("Transitive", "")]
    public async Task A_library_is_shipped_as_a_package(string id, string assets)
    {
        var isPrivate = assets.Length > 0;
        using var project = await TestProject.CreateAsync(
            "packages",
            ("lib/lib.csproj", PackedLibrary.Replace("{id}", id, StringComparison.Ordinal)
                .Replace("{assets}", assets, StringComparison.Ordinal)),
            ("lib/logml.yaml", Consumer.Yaml.Replace("model_evaluate", "model_train", StringComparison.Ordinal)),
            ("lib/Tuned.cs", PackedSteps),
            ("app/app.csproj", PackageUser.Replace("{id}", id, StringComparison.Ordinal)),
            ("app/Program.cs", PackageProgram));

        (await project.BuildAsync("lib", "-t:HyperOpt")).Succeeded().Shows("[6/6]").Shows("stopped by trial_finished: all are there");
        var packed = (await project.DotnetAsync(["pack", "lib", "-o", "packages"])).Succeeded();
        packed.Expect(packed.Output.Contains("will depend on LogMl.Sdk", StringComparison.Ordinal) != isPrivate, "a word about the dependency, if there is one");
        (await project.DotnetAsync(["run", "--project", "app"])).Succeeded().Shows("the square is 9, x is 0.5");
        Assert.Equal(!isPrivate, project.Has("app/bin/Debug/net10.0/LogMl.dll"));
    }

    [Fact]
    public async Task A_library_is_searched_and_its_users_see_nothing_of_it()
    {
        using var project = await TestProject.CreateAsync(
            "solution",
            ("lib/lib.csproj", Library),
            ("lib/logml.yaml", Consumer.Yaml),
            ("lib/Tuned.cs", Consumer.Objective("return MathNet.Numerics.SpecialFunctions.Erf(x) + 1;")),
            ("app/app.csproj", Application),
            ("app/Program.cs", "System.Console.WriteLine(\"loss \" + Tuned.Loss(0, null!));"));

        (await project.BuildAsync("lib", "-t:HyperOpt")).Succeeded().Shows("[6/6]");
        Assert.True(project.Has("lib/HyperOptResults/lib/best.yaml"));
        Assert.False(project.Has("lib/bin/Debug/net10.0/MathNet.Numerics.dll"), "The point is a package that is not beside the library.");

        (await project.BuildAsync("app", "-t:HyperOpt")).FailedOnlyWith("MSB4057", "HyperOpt");
        (await project.DotnetAsync(["run", "--project", "app"])).Succeeded().Shows("loss 1");
        Assert.True(project.Has("app/bin/Debug/net10.0/LogMl.dll"));
        Assert.False(project.Has("app/bin/Debug/net10.0/LogMl.YamlDotNet.dll"));
    }
}
