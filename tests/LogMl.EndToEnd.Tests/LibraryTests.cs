namespace LogMl.EndToEnd.Tests;

/// <summary>A class library with a workflow, a package of its own, and an application that uses it.</summary>
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
