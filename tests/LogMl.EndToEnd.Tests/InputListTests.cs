using LogMl.TestKit;

namespace LogMl.EndToEnd.Tests;

/// <summary>The list of the inputs of the build. With it, a search reports what has changed since the last one.</summary>
public sealed class InputListTests
{
    private const string List = "app/obj/Debug/net10.0/LogMl.HyperOpt.inputs";

    private const string Library = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
        </Project>
        """;

    [Fact]
    public async Task It_has_sources_libraries_data_and_packages_and_a_raised_number_of_trials_is_no_other_code()
    {
        using var project = await TestProject.CreateAsync(
            "it's " + Consumer.DifficultName,
            ("lib/lib.csproj", Library),
            ("lib/Square.cs", "public static class Square { public static double Of(double x) => x * x; }"),
            ("app/app.csproj", Consumer.Project.Replace("</ItemGroup>", """
                  <ProjectReference Include="../lib/lib.csproj" />
                  <Compile Include="../linked/Linked.cs" />
                  <HyperOptData Include="data/*.csv" />
                </ItemGroup>
                """, StringComparison.Ordinal)),
            ("app/logml.yaml", Consumer.Yaml),
            ("app/Program.cs", Consumer.Main),
            ("app/Tuned.cs", Consumer.Objective("return Square.Of(x - Linked.Best);")),
            ("app/data/a.csv", "1"),
            ("app/data/b é.csv", "2"),
            ("linked/Linked.cs", "public static class Linked { public const double Best = 1; }"));

        (await project.BuildAsync("app", "-t:HyperOpt")).Succeeded().Shows("[6/6]");

        var list = project.Read(List);
        string[] expected =
        [
            $"code\t{project.At("app/Program.cs")}", $"code\t{project.At("app/Tuned.cs")}", $"code\t{project.At("linked/Linked.cs")}",
            $"data\t{project.At("app/data/a.csv")}", $"data\t{project.At("app/data/b é.csv")}",
            $"library\t{project.At("lib/bin/Debug/net10.0/lib.dll")}", $"packages\t{project.At("app/bin/Debug/net10.0/app.deps.json")}",
        ];
        Assert.Equal(expected, list.TrimEnd().Split('\n').Order(StringComparer.Ordinal));

        project.Replace("app/logml.yaml", "max_evals: 6", "max_evals: 7");
        (await project.BuildAsync("app", "--no-restore", "-t:HyperOpt")).Succeeded();
        Assert.Equal(list, project.Read(List));

        project.Write("app/data/b é.csv", "3");
        project.Replace("lib/Square.cs", "x * x", "x * x + 1");
        project.Replace("app/logml.yaml", "max_evals: 7", "max_evals: 8");
        var changed = await project.BuildAsync("app", "--no-restore", "-t:HyperOpt");
        changed.Expect(changed.ExitCode == 0 && changed.Warnings.Count == 1, "success with one warning").Shows(": lib.dll changed, data/b é.csv changed. ");

        (await project.DotnetAsync(["clean", "app"])).Succeeded();
        Assert.False(project.Has(List));
        Assert.True(project.Has("app/HyperOptResults/app/best.yaml"));
    }

    [Fact]
    public async Task A_data_file_that_does_not_exist_is_an_error_before_anything_is_built()
    {
        using var project = await Consumer.ApplicationAsync();
        project.Replace("app.csproj", "</ItemGroup>", "<HyperOptData Include=\"data/train.csv\" /></ItemGroup>");

        (await project.BuildAsync("-t:HyperOpt")).FailedOnlyWith(
            "LOGML1011", "app.csproj", "'data/train.csv' (item HyperOptData)", project.At("data/train.csv"));
        Assert.False(project.Has("bin"));
        (await project.BuildAsync("--no-restore")).Succeeded();
    }
}
