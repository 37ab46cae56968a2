using System.IO.Compression;
using System.Text;
using LogMl.TestKit;

namespace LogMl.EndToEnd.Tests;

/// <summary>The location of the database, with its password, appears only where the user has put it.</summary>
public sealed class StorageLocationTests
{
    private const string Secret = "marker-Pa55word";

    /// <summary>Its loss shows whether the worker knows the location.</summary>
    private const string Objective = """return System.Environment.GetEnvironmentVariable("LOGML_STORAGE") is null ? 42 + x * x : throw new System.InvalidOperationException("a trial sees it");""";

    [Fact]
    public async Task A_server_that_does_not_answer_is_an_error_that_leaves_no_trace_of_the_password()
    {
        using var project = await Consumer.ApplicationAsync();

        // No server listens on port 1.
        var result = await project.DotnetAsync(
            ["build", "-t:HyperOpt", "-bl:log.binlog;ProjectImports=ZipFile", "-v:diag"], ("LOGML_STORAGE", $"postgresql://me:{Secret}@127.0.0.1:1/studies"));

        result.Failed().Shows("error LOGML2017: ").Shows("127.0.0.1:1").DoesNotShow(Secret);
        Assert.Contains("RunHyperOpt", await TextOfAsync(project.At("log.binlog")), StringComparison.Ordinal);
        await AssertNowhereAsync(project);
    }

    [Fact]
    public async Task A_wrong_location_in_the_environment_is_an_error_that_leaves_no_trace_of_it()
    {
        using var project = await Consumer.ApplicationAsync();

        var result = await project.DotnetAsync(
            ["build", "-t:HyperOptClean", "-bl:log.binlog;ProjectImports=ZipFile", "-v:diag"], ("LOGML_STORAGE", $"mysql://me:{Secret}@127.0.0.1:1/studies"));

        result.Failed().Shows("error LOGML2012: ").Shows("the environment variable LOGML_STORAGE").DoesNotShow(Secret);
        await AssertNowhereAsync(project);
    }

    [Fact]
    public async Task Trials_do_not_see_the_location()
    {
        using var project = await Consumer.ApplicationAsync(Objective);

        var result = await project.DotnetAsync(["build", "-t:HyperOpt", "-bl:log.binlog"], ("LOGML_STORAGE", $"sqlite:///{project.At("studies.db")}"));

        result.Succeeded().Shows("best loss 4").DoesNotShow("a trial sees it");
        Assert.True(project.Has("studies.db"));
        Assert.DoesNotContain("sqlite:/", await TextOfAsync(project.At("log.binlog")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_the_server_the_location_is_the_client_s_and_gone_with_it()
    {
        using var server = new BuildServer();
        using var project = await Consumer.ApplicationAsync(Objective);
        Directory.CreateDirectory(project.At("elsewhere"));

        // The first client starts the server. Its current directory is not the one of the project.
        var first = await project.ShellAsync(
            server.Use + $"export LOGML_STORAGE='sqlite:///{project.At("studies.db")}?{Secret}'; cd elsewhere; \"$DOTNET\" build ../app.csproj -t:HyperOpt -p:HyperOptStudy=first -bl:../log.binlog -v:diag");
        first.Failed().Shows("error LOGML2012: ").DoesNotShow(Secret);
        Assert.DoesNotContain(Secret, await TextOfAsync(project.At("log.binlog")), StringComparison.Ordinal);
        var id = Assert.Single(server.Ids);

        var second = await project.ShellAsync(server.Use + $"export LOGML_STORAGE='sqlite:///{project.At("studies.db")}'; \"$DOTNET\" build --no-restore -t:HyperOpt -p:HyperOptStudy=second -bl:log.binlog");
        second.Succeeded().Shows("best loss 4").DoesNotShow("a trial sees it");
        Assert.True(project.Has("studies.db"));
        Assert.False(project.Has("HyperOptResults/second/study.db"));
        Assert.DoesNotContain("sqlite:/", await TextOfAsync(project.At("log.binlog")), StringComparison.Ordinal);

        (await project.ShellAsync(server.Use + "cd elsewhere; \"$DOTNET\" build ../app.csproj --no-restore -t:HyperOpt -p:HyperOptStudy=third")).Succeeded();
        Assert.True(project.Has("HyperOptResults/third/study.db"));
        Assert.Equal([id], server.Ids);
    }

    [Fact]
    public async Task A_location_in_a_property_is_an_error_that_does_not_repeat_it()
    {
        using var project = await Consumer.ApplicationAsync();

        (await project.BuildAsync("-t:HyperOpt", $"-p:HyperOptStorage=postgresql://me:{Secret}@db/x")).FailedOnlyWith("LOGML1012", "HyperOptStorage is set").DoesNotShow(Secret);
        (await project.BuildAsync("-t:HyperOpt", $"-p:HyperOptStorageFile=postgresql://me:{Secret}@db/x")).FailedOnlyWith("LOGML1012", "HyperOptStorageFile is a connection string").DoesNotShow(Secret);
        (await project.BuildAsync("-t:HyperOpt", "-p:HyperOptStorageFile=absent.txt")).FailedOnlyWith("LOGML1010", "HyperOptStorageFile is 'absent.txt'");
        Assert.False(project.Has("bin"));
    }

    [Fact]
    public async Task The_file_with_the_location_is_read_by_the_host_alone()
    {
        using var project = await Consumer.ApplicationAsync();
        project.Write("where.txt", $"mysql://me:{Secret}@127.0.0.1:1/studies");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(project.At("where.txt"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var result = await project.BuildAsync("-t:HyperOptClean", "-p:HyperOptStorageFile=where.txt", "-bl:log.binlog;ProjectImports=ZipFile", "-v:diag");

        result.Failed().Shows("error LOGML2012: ").Shows(project.At("where.txt")).DoesNotShow(Secret);
        File.Delete(project.At("where.txt"));
        await AssertNowhereAsync(project);
    }

    private static async Task AssertNowhereAsync(TestProject project)
    {
        // Then the files that the build has read are in a file beside the log, and not compressed a second time inside of it.
        await ZipFile.ExtractToDirectoryAsync(project.At("log.ProjectImports.zip"), project.At("imports"));
        foreach (var file in Directory.GetFiles(project.Path, "*", SearchOption.AllDirectories))
        {
            var text = file.EndsWith(".binlog", StringComparison.Ordinal)
                ? await TextOfAsync(file)
                : await File.ReadAllTextAsync(file, Encoding.Latin1);
            Assert.False(text.Contains(Secret, StringComparison.Ordinal), $"The password is in {file}.");
        }
    }

    /// <summary>The decompressed content of a binary log.</summary>
    private static async Task<string> TextOfAsync(string binaryLog)
    {
        await using var stream = new GZipStream(File.OpenRead(binaryLog), CompressionMode.Decompress);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return Encoding.Latin1.GetString(copy.ToArray());
    }
}
