namespace LogMl.EndToEnd.Tests;

/// <summary>Only a separate target deletes results.</summary>
public sealed class CleanTests
{
    [Fact]
    public async Task Results_outlive_clean_and_can_be_reported_and_removed_also_when_the_project_does_not_build()
    {
        using var project = await Consumer.ApplicationAsync(folder: Consumer.DifficultName);
        (await project.BuildAsync("-t:HyperOpt", "-p:HyperOptReport=false")).Succeeded();
        Assert.False(project.Has("HyperOptResults/app/report.html"));
        (await project.DotnetAsync(["clean"])).Succeeded();
        Assert.True(project.Has("HyperOptResults/app/best.yaml"));

        project.Write("Program.cs", "this does not compile");
        (await project.BuildAsync("--no-restore", "-t:HyperOptReport")).Succeeded().Shows("app -> HyperOptResults/app/report.html");
        Assert.True(project.Has("HyperOptResults/app/report.html"));
        (await project.BuildAsync("--no-restore", "-t:HyperOptClean", "-p:HyperOptStudy=another")).Succeeded().Shows("There is nothing to remove: 'another'");
        (await project.BuildAsync("--no-restore", "-t:HyperOptClean")).Succeeded().Shows("Removed HyperOptResults/app");
        Assert.False(project.Has("HyperOptResults/app"));
        Assert.False(project.Has("bin/Debug/net10.0/app.dll"));
        (await project.BuildAsync("--no-restore", "-t:HyperOptClean")).Succeeded().Shows("There is nothing to remove: 'app'");
        (await project.BuildAsync("--no-restore", "-t:HyperOptClean", "-p:HyperOptStudy=../obj")).FailedOnlyWith("LOGML1010", "HyperOptStudy");
        (await project.BuildAsync("--no-restore", "-t:HyperOptClean", "-p:HyperOptOutputPath=.", "-p:HyperOptStudy=obj")).FailedOnlyWith("LOGML2006", "no results of a search");
        Assert.True(project.Has("obj/project.assets.json"));
    }
}
