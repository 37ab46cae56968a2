using LogMl.TestKit;

namespace LogMl.EndToEnd.Tests;

/// <summary>The package as an MSBuild SDK.</summary>
public sealed class SdkFormTests
{
    private const string WholeSdk = """
        <Project Sdk="LogMl.Sdk/{version}">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <UseAppHost>false</UseAppHost>
          </PropertyGroup>
        </Project>
        """;

    [Fact]
    public async Task The_sdk_of_a_project_can_be_LogMl()
    {
        using var project = await CreateAsync(WholeSdk);

        (await project.BuildAsync("-t:HyperOpt")).Succeeded().Shows("[6/6]");
        Assert.True(project.Has("HyperOptResults/app/best.yaml"));
        (await project.DotnetAsync(["run", "--no-build"])).Succeeded().Shows("the application runs");
    }

    [Fact]
    public async Task It_can_stand_beside_the_sdk_of_dotnet()
    {
        using var project =
            await CreateAsync(WholeSdk.Replace("Sdk=\"LogMl.Sdk", "Sdk=\"Microsoft.NET.Sdk;LogMl.Sdk", StringComparison.Ordinal));

        (await project.BuildAsync("-t:LogMlRun")).Succeeded();
    }

    [Fact]
    public async Task It_needs_no_central_package_version()
    {
        using var project = await CreateAsync(WholeSdk);
        project.Write("Directory.Packages.props", "<Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup></Project>");

        (await project.BuildAsync("-t:LogMlRun")).Succeeded();
    }

    [Fact]
    public async Task A_project_can_keep_the_package_to_itself()
    {
        using var project = await CreateAsync(WholeSdk.Replace(
            "</Project>",
            "<ItemGroup><PackageReference Update=\"LogMl.Sdk\" PrivateAssets=\"all\" /></ItemGroup></Project>",
            StringComparison.Ordinal));

        (await project.DotnetAsync(["msbuild", "-getItem:PackageReference"])).Succeeded().Shows("\"PrivateAssets\": \"all\"");
    }

    [Fact]
    public async Task A_single_file_is_enough()
    {
        // A file-based program has ahead-of-time compilation by default. Without it, nothing needs to be downloaded.
        using var project = await TestProject.CreateAsync(
            "single", ("tune.cs", "#:sdk LogMl.Sdk@{version}\n#:property PublishAot=false\n" + UsingFirst(Consumer.Objective())), ("logml.yaml", Consumer.Yaml));

        (await project.BuildAsync("tune.cs", "-t:HyperOpt")).Succeeded().Shows("[6/6]");
        Assert.True(project.Has("HyperOptResults/tune/best.yaml"));
        var intermediate = (await project.BuildAsync("tune.cs", "-getProperty:IntermediateOutputPath")).Succeeded().Output.Trim();
        var inputs = await File.ReadAllLinesAsync(Path.Combine(intermediate, "LogMl.HyperOpt.inputs"));
        Assert.Equal([$"code\t{project.At("tune.cs")}"], inputs.Where(line => line.StartsWith("code", StringComparison.Ordinal)));
        Assert.Single(
            inputs,
            line => line.StartsWith("packages\t", StringComparison.Ordinal) && line.EndsWith("tune.deps.json", StringComparison.Ordinal));
        (await project.DotnetAsync(["run", "tune.cs"])).Succeeded().Shows("the application runs");
        (await project.BuildAsync("tune.cs", "-t:HyperOpt", "-p:HyperOptMaxEvals=none")).FailedOnlyWith("LOGML1010", "tune.cs", "HyperOptMaxEvals");
    }

    private static Task<TestProject> CreateAsync(string projectFile) => TestProject.CreateAsync(
        "app",
        ("app.csproj", projectFile),
        ("logml.yaml", Consumer.Yaml),
        ("Program.cs", Consumer.Main),
        ("Tuned.cs", Consumer.Objective()));

    /// <summary>Puts the statements after the usings and before the types of a file.</summary>
    internal static string UsingFirst(string code) =>
        code.Replace("using LogMl;", "using LogMl;\n" + Consumer.Main, StringComparison.Ordinal);
}
