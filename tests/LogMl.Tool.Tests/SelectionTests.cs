using LogMl.Optimization;
using LogMl.Storage;
using LogMl.Tool.Tests.Kit;

namespace LogMl.Tool.Tests;

/// <summary>Which study a call is for, and what it says when that is not clear.</summary>
public sealed class SelectionTests : IDisposable
{
    private const string Secret = "hunter2";

    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_only_study_below_the_present_folder_needs_no_name()
    {
        _folder.With("HyperOptResults/xor/study.db", storage => Add(storage, "xor"));

        Assert.Contains("study    xor\n", _folder.Run("best").Done, StringComparison.Ordinal);
        Assert.Contains("study    xor\n", _folder.Run("best", "HyperOptResults").Done, StringComparison.Ordinal);
        Assert.Contains("study    xor\n", _folder.Run("best", "HyperOptResults/xor/study.db").Done, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_studies_the_error_lists_the_names_and_one_that_is_named_is_found()
    {
        _folder.With("HyperOptResults/a/study.db", storage => Add(storage, "a"))
            .With("HyperOptResults/b/study.db", storage => Add(storage, "b"))
            .With("both.db", storage =>
            {
                Add(storage, "one");
                Add(storage, "two");
            });

        Assert.Equal(
            "error LOGML3004: There are several studies: 'a' in HyperOptResults/a/study.db, 'b' in HyperOptResults/b/study.db. "
            + "Say which one is meant: --study and its name.",
            _folder.Run("best").Fails(ToolErrors.Study));
        Assert.Contains("study    b\n", _folder.Run("best", "--study", "b").Done, StringComparison.Ordinal);
        Assert.Contains(
            "There is no study 'c'. There are 'a' in ",
            _folder.Run("best", "-s", "c").Fails(ToolErrors.Study), StringComparison.Ordinal);
        Assert.EndsWith(
            "'one', 'two'. Say which one is meant: --study and its name.", _folder.Run("show", "both.db").Fails(ToolErrors.Study),
            StringComparison.Ordinal);
        Assert.Contains(
            "did you mean 'two'",
            _folder.Run("show", "both.db", "-s", "tow").Fails(ToolErrors.Study), StringComparison.Ordinal);
        Assert.Equal(2, _folder.Run("studies", "--json").Json.GetProperty("studies").GetArrayLength());
        Assert.Equal(["one", "two"], Completed("best both.db --study "));
    }

    [Fact]
    public void A_path_goes_before_the_environment_and_the_environment_before_the_present_folder()
    {
        _folder.With("study.db", storage => Add(storage, "here")).With("other.db", storage => Add(storage, "there"))
            .Set("LOGML_STORAGE", "sqlite:///" + _folder.At("other.db"));

        Assert.Contains("study    there\n", _folder.Run("best").Done, StringComparison.Ordinal);
        Assert.Contains("study    here\n", _folder.Run("best", "study.db").Done, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_names_the_storage_and_nothing_else_may()
    {
        _folder.With("other.db", storage => Add(storage, "there"));
        File.WriteAllText(_folder.At("place"), "sqlite:///" + _folder.At("other.db"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.At("place"), UnixFileMode.UserRead);
        }

        Assert.Contains("study    there\n", _folder.Run("best", "--storage-file", "place").Done, StringComparison.Ordinal);
        _folder.Run("best", "other.db", "--storage-file", "place").Fails(ToolErrors.Usage, ExitCodes.WrongUsage);
        _folder.Set("LOGML_STORAGE", "sqlite:///" + _folder.At("other.db"));
        Assert.Contains(
            "Two places say",
            _folder.Run("best", "--storage-file", "place").Fails(ToolErrors.Location), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgresql://me:hunter2@db/studies")]
    [InlineData("Host=db;Password=hunter2")]
    public void A_location_on_the_command_line_is_refused_and_not_repeated(string location) =>
        Assert.DoesNotContain(Secret, _folder.Run("best", location).Fails(ToolErrors.Location), StringComparison.Ordinal);

    [Fact]
    public void A_server_that_is_not_there_is_an_error_without_the_password()
    {
        _folder.Set("LOGML_STORAGE", $"Host=127.0.0.1;Port=1;Username=me;Password={Secret};Database=studies");
        var error = _folder.Run("studies").Fails(ToolErrors.Storage);

        Assert.Contains("'studies' on 127.0.0.1:1", error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_is_an_error_and_is_not_made()
    {
        Assert.Contains(
            "There is no study.db in the present folder",
            _folder.Run("best").Fails(ToolErrors.Location), StringComparison.Ordinal);
        Assert.EndsWith(
            "There is no file and no folder 'no.db'.",
            _folder.Run("best", "no.db").Fails(ToolErrors.Location), StringComparison.Ordinal);
        _folder.Set("LOGML_STORAGE", "sqlite:///" + _folder.At("no.db"));
        Assert.Contains("no.db' does not exist", _folder.Run("best").Fails(ToolErrors.Storage), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_file_that_is_no_storage_is_an_error_and_stays_as_it_is()
    {
        File.WriteAllText(_folder.At("study.db"), "no database, and longer than the header of one: " + new string('x', 200));
        var before = File.ReadAllBytes(_folder.At("study.db"));

        _folder.Run("best").Fails(ToolErrors.Storage);
        Assert.Equal(before, File.ReadAllBytes(_folder.At("study.db")));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    private string[] Completed(string line) => _folder.Run($"[suggest:{line.Length}]", line).Lines;

    private static void Add(StudyStorage storage, string name)
    {
        using var study = StoredStudy.Open(
            storage, name, new SearchSpace { ["step.x"] = Distribution.Uniform(0, 1) },
            new StudyOptions { Sampler = Samplers.Random(seed: 1) });
        study.Optimize(trial => trial.GetDouble("step.x"), maxEvals: 3);
    }
}
