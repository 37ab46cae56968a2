using LogMl.TestKit;

namespace LogMl.EndToEnd.Tests;

/// <summary>Errors that end the build before anything is compiled or run.</summary>
public sealed class BuildCheckTests(BuildCheckTests.Shared shared) : IClassFixture<BuildCheckTests.Shared>
{
    [Fact]
    public async Task A_bad_override_is_refused_before_the_build()
    {
        var result = await shared.Project.BuildAsync("--no-restore", "-t:HyperOpt", "-p:HyperOptMaxEvals=0");

        result.FailedOnlyWith("LOGML1010", "app.csproj", "HyperOptMaxEvals is '0'").DoesNotShow("app.dll");
    }

    [Fact]
    public async Task All_bad_overrides_are_named_at_once()
    {
        var result = await shared.Project.BuildAsync(
            "--no-restore",
            "-t:LogMlRun",
            "-p:HyperOptAlgorithm=tp",
            "-p:HyperOptSeed=x",
            "-p:HyperOptWorkers=0",
            "-p:HyperOptTimeout=1y",
            "-p:HyperOptOutputPath=logml.yaml");

        result.Failed();
        Assert.Equal(4, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.Contains("error LOGML1010: HyperOpt", error, StringComparison.Ordinal));
        result.Shows("did you mean 'tpe'?");
    }

    [Fact]
    public async Task A_misspelt_property_is_a_warning_on_the_command_line_and_in_the_project()
    {
        using var project = await Consumer.ApplicationAsync();
        project.Replace("app.csproj", "<UseAppHost>false</UseAppHost>", "<UseAppHost>false</UseAppHost>\n    <HyperOptTrialTimout>1m</HyperOptTrialTimout>");

        var result = await project.BuildAsync("-t:HyperOpt", "-p:HyperOptMaxEval=5");

        result.Expect(result.ExitCode == 0, "success");
        result.Shows("6 trials");
        result.Shows("app.csproj : warning LOGML1010: HyperOptMaxEval is set, and there is no such property, so that it changes nothing; did you mean HyperOptMaxEvals?");
        result.Shows("app.csproj(8): warning LOGML1010: HyperOptTrialTimout is set, and there is no such property, so that it changes nothing; did you mean HyperOptTrialTimeout?");
    }

    [Fact]
    public async Task A_results_folder_that_is_a_file_is_refused()
    {
        var result = await shared.Project.BuildAsync("--no-restore", "-t:HyperOpt", "-p:HyperOptOutputPath=logml.yaml");

        result.FailedOnlyWith("LOGML1010", "HyperOptOutputPath is 'logml.yaml'", "is a file");
    }

    [Fact]
    public async Task A_search_without_a_configuration_says_which_file_is_missing()
    {
        var result = await shared.Project.BuildAsync("--no-restore", "-t:HyperOpt", "-p:EnableDefaultLogMlItems=false");

        result.FailedOnlyWith("LOGML1004", "logml.yaml");
    }

    /// <summary>It is an error even though there is a <c>logml.yaml</c>.</summary>
    [Theory]
    [InlineData("Build")]
    [InlineData("HyperOpt")]
    public async Task A_configuration_file_that_is_not_there_is_an_error_of_every_build(string target)
    {
        var result = await shared.Project.BuildAsync("--no-restore", $"-t:{target}", "-p:LogMlConfigFile=tuning.yaml");

        result.FailedOnlyWith("LOGML1004", "LogMlConfigFile is set to 'tuning.yaml', and there is no such file.");
    }

    [Theory]
    [InlineData("logml.yml")]
    [InlineData("LogMl.yaml")]
    public async Task A_configuration_with_another_name_is_an_error_of_every_build(string name)
    {
        using var project = await Consumer.ApplicationAsync();
        File.Move(project.At("logml.yaml"), project.At("renamed"));
        File.Move(project.At("renamed"), project.At(name));
        if (File.Exists(project.At("logml.yaml")))
        {
            return; // Here the case of names does not count.
        }

        (await project.BuildAsync()).FailedOnlyWith("LOGML1028", "app.csproj", $"Nobody reads '{name}'");
        (await project.BuildAsync("--no-restore", "-t:HyperOpt")).FailedOnlyWith("LOGML1028", $"Nobody reads '{name}'");
        (await project.BuildAsync("--no-restore", $"-p:LogMlConfigFile={name}")).Succeeded();
    }

    [Theory]
    [InlineData("11")]
    [InlineData("7.3")]
    public async Task A_language_that_generated_code_is_not_written_in_is_refused(string version)
    {
        var result = await shared.Project.BuildAsync("--no-restore", $"-p:LangVersion={version}");

        result.FailedOnlyWith("LOGML1029", "app.csproj", $"LangVersion is {version}.");
    }

    [Fact]
    public async Task The_oldest_language_that_is_allowed_compiles_what_is_generated()
    {
        var result = await shared.Project.BuildAsync("--no-restore", "-p:LangVersion=12");

        result.Succeeded();
    }

    [Fact]
    public async Task A_self_contained_application_cannot_be_searched()
    {
        var result = await shared.Project.BuildAsync("--no-restore", "-t:HyperOpt", "-p:SelfContained=true");

        result.FailedOnlyWith("LOGML1006", "SelfContained");
    }

    [Fact]
    public async Task A_reference_without_its_library_is_one_error()
    {
        using var project = await Consumer.ApplicationAsync();
        project.Replace("app.csproj", "<PackageReference ", "<PackageReference ExcludeAssets=\"compile\" ");

        (await project.BuildAsync()).FailedOnlyWith("LOGML1003", "LogMl.dll");
    }

    [Fact]
    public async Task A_project_in_another_language_is_refused()
    {
        using var project = await TestProject.CreateAsync("vb", ("app.vbproj", Consumer.Project), ("Program.vb", "Module Program\n Sub Main()\n End Sub\nEnd Module"));

        (await project.BuildAsync()).FailedOnlyWith("LOGML1001", "VB");
    }

    [Fact]
    public async Task A_target_framework_that_is_too_old_is_refused()
    {
        using var project = await TestProject.CreateAsync("old", ("old.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>netstandard2.0</TargetFramework>
                <AssetTargetFallback>net10.0</AssetTargetFallback>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="LogMl.Sdk" Version="{version}" />
              </ItemGroup>
            </Project>
            """));

        (await project.BuildAsync()).FailedOnlyWith("LOGML1002", "netstandard2.0", "net10.0");
    }

    public sealed class Shared : IAsyncLifetime
    {
        public TestProject Project { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Project = await Consumer.ApplicationAsync();
            (await Project.DotnetAsync(["restore"])).Succeeded();
        }

        public Task DisposeAsync()
        {
            Project.Dispose();
            return Task.CompletedTask;
        }
    }
}
