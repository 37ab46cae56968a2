using LogMl.TestKit;

namespace LogMl.EndToEnd.Tests;

/// <summary>Projects with TargetFrameworks: the search runs in the inner build of one framework.</summary>
public sealed class MultiTargetingTests
{
    private const string Conditional = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFrameworks>netstandard2.0;net10.0</TargetFrameworks>
          </PropertyGroup>
          <ItemGroup Condition="'$(TargetFramework)' == 'net10.0'">
            <PackageReference Include="LogMl.Sdk" Version="{version}" />
          </ItemGroup>
          <ItemGroup Condition="'$(TargetFramework)' != 'net10.0'">
            <Compile Remove="Tuned.cs" />
          </ItemGroup>
        </Project>
        """;

    [Fact]
    public async Task The_only_framework_that_can_run_is_taken()
    {
        using var project = await TestProject.CreateAsync(
            "app", ("app.csproj", Conditional), ("logml.yaml", Consumer.Yaml), ("Tuned.cs", Consumer.Objective()));

        (await project.BuildAsync("-t:HyperOpt")).Succeeded().Shows("[6/6]");
        Assert.True(project.Has("HyperOptResults/app/best.yaml"));
        Assert.Contains(
            $"code\t{project.At("Tuned.cs")}\n", project.Read("obj/Debug/net10.0/LogMl.HyperOpt.inputs"), StringComparison.Ordinal);
        (await project.BuildAsync("--no-restore", "-t:HyperOptClean")).Succeeded().Shows("Removed HyperOptResults/app");
        Assert.False(project.Has("HyperOptResults/app"));
        (await project.BuildAsync("-t:HyperOpt", "-p:LogMlTargetFramework=net11.0")).FailedOnlyWith("LOGML1005", "net11.0", "netstandard2.0;net10.0");
    }

    [Fact]
    public async Task Of_several_frameworks_that_can_run_one_has_to_be_chosen()
    {
        using var project = await Consumer.ApplicationAsync();
        // The last two properties let it build on every system without the desktop packs, which it does not use.
        project.Replace("app.csproj", "<TargetFramework>net10.0</TargetFramework>", """
            <TargetFrameworks>net10.0;net10.0-windows</TargetFrameworks>
            <EnableWindowsTargeting>true</EnableWindowsTargeting>
            <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
            """);

        (await project.BuildAsync("-t:HyperOpt")).FailedOnlyWith("LOGML1005", "net10.0, net10.0-windows", "-p:LogMlTargetFramework=");
        (await project.BuildAsync("-t:LogMlRun", "-p:LogMlTargetFramework=net10.0")).Succeeded();
    }
}
