using CsCheck;
using LogMl.Host.Cleaning;
using LogMl.Host.Results;
using LogMl.Shared.Requests;

namespace LogMl.Host.Tests;

/// <summary>What <c>clean</c> removes, and above all what it does not.</summary>
public sealed class CleanTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("logml clean é ").FullName;
    private readonly MemoryStream _told = new();

    public CleanTests() => Write("outside/precious.txt");

    private string Told => System.Text.Encoding.UTF8.GetString(_told.ToArray());

    public void Dispose()
    {
        Assert.True(File.Exists(At("outside/precious.txt")), "What lies outside of the results was touched.");
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public void The_folder_of_the_study_goes_and_others_stay()
    {
        Write("results/study/trials.csv", "results/study/trials/0/stdout.log", "results/study/best/model.bin", "results/study.20261124T101500Z/trials.csv", "results/other/trials.csv");
        Assert.Equal(ExitCodes.Done, Clean("study"));
        Assert.Equal([At("results/.logml"), At("results/other"), At("results/study.20261124T101500Z")], Directory.GetFileSystemEntries(At("results")).Order(StringComparer.Ordinal));
        Assert.Contains("Removed results/study", Told, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_nothing_it_says_so_and_makes_nothing()
    {
        Assert.Equal(ExitCodes.Done, Clean("study"));
        Assert.Contains("There is nothing to remove: 'study' has no results in results", Told, StringComparison.Ordinal);
        Assert.False(Directory.Exists(At("results")));
    }

    [Fact]
    public void What_links_lead_to_stays()
    {
        Write("results/study/trials.csv", "results/study/trials/0/stdout.log");
        Directory.CreateSymbolicLink(At("results/study/best"), At("outside"));
        Directory.CreateSymbolicLink(At("results/study/trials/1"), At("outside"));
        File.CreateSymbolicLink(At("results/study/trials/0/data.txt"), At("outside/precious.txt"));
        File.CreateSymbolicLink(At("results/study/dangling"), At("nowhere"));
        Assert.Equal(ExitCodes.Done, Clean("study"));
        Assert.False(Directory.Exists(At("results/study")));
    }

    [Fact]
    public void A_folder_that_is_a_link_is_left_alone()
    {
        Write("outside/trials.csv");
        Directory.CreateDirectory(At("results"));
        Directory.CreateSymbolicLink(At("results/study"), At("outside"));
        var exception = Assert.Throws<HostException>(() => Clean("study"));
        Assert.Equal("LOGML2006", exception.Code);
        Assert.Contains("is a link", exception.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(At("outside/trials.csv")));
    }

    [Fact]
    public void A_folder_without_results_is_left_alone()
    {
        Write("results/study/Program.cs", "results/study/trials/Trial.cs");
        var exception = Assert.Throws<HostException>(() => Clean("study"));
        Assert.Equal("LOGML2006", exception.Code);
        Assert.Contains("has no results of a search", exception.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(At("results/study/trials/Trial.cs")));
    }

    [Fact]
    public void A_search_that_has_just_begun_has_left_results()
    {
        Directory.CreateDirectory(At("results/study/trials"));
        Clean("study");
        Assert.False(Directory.Exists(At("results/study")));
    }

    [Fact]
    public void What_a_call_that_was_cut_off_has_left_goes_with_the_next_one()
    {
        Write("results/.logml/study.removed/trials/0/stdout.log", "results/.logml/study.removed.2/trials.csv", "results/.logml/other.removed/trials.csv");
        Directory.CreateSymbolicLink(At("results/.logml/study.removed/trials/1"), At("outside"));
        Clean("study");
        Assert.Equal([At("results/.logml/other.removed")], Directory.GetDirectories(At("results/.logml")));
    }

    [Fact]
    public void A_folder_that_cannot_be_removed_is_whole_or_gone()
    {
        Write("results/study/trials.csv", "results/study/trials/0/stdout.log", "results/.logml/study.use");
        using (new FileStream(At("results/.logml/study.use"), FileMode.Open, FileAccess.Read, FileShare.Read))
        {
            Assert.Throws<HostException>(() => Clean("study"));
            Assert.True(File.Exists(At("results/study/trials/0/stdout.log")));
        }

        Clean("study");
        Assert.False(Directory.Exists(At("results/study")));
        Assert.Empty(Directory.GetDirectories(At("results/.logml")));
    }

    [Fact]
    public void While_a_search_runs_nothing_is_removed()
    {
        Write("results/study/trials.csv");
        using (var search = StudyFolder.Of(At("results"), "study"))
        {
            search.BeginUse();
            var exception = Assert.Throws<HostException>(() => Clean("study"));
            Assert.Equal("LOGML2006", exception.Code);
            Assert.Contains("a search of it is running", exception.Message, StringComparison.Ordinal);
        }

        Assert.True(File.Exists(At("results/study/trials.csv")));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData(".")]
    [InlineData("")]
    public void No_name_of_a_study_leads_out(string study)
    {
        Write("outside/trials.csv", "trials.csv", "results/trials.csv");
        Clean(study);
        Assert.True(File.Exists(At("outside/trials.csv")));
        Assert.True(File.Exists(At("trials.csv")));
        Assert.True(File.Exists(At("results/trials.csv")));
    }

    [Fact]
    public void Any_name_of_a_study_is_a_folder_directly_in_the_results()
    {
        var name = Gen.String[Gen.OneOf(
            Gen.Char,
            Gen.OneOf('.', '/', '\\', '\0', ' ', ':', '~', 'e', '\u0301', '\ud800', '\udc00'),
            Gen.Char['ぁ', 'ん']), 0, 300];
        name.Sample(study =>
        {
            var folder = FolderName.Of(study);
            Assert.Equal(At("results"), Path.GetDirectoryName(Path.GetFullPath(Path.Combine(At("results"), folder))));
            Assert.False(folder.StartsWith('.') || folder.EndsWith('.') || folder.EndsWith(' '), folder);
            Assert.InRange(System.Text.Encoding.UTF8.GetByteCount($"{folder}.removed.99"), 1, 255);
        });
    }

    [Theory]
    [InlineData("\u212b", "\u00c5")]
    [InlineData("e\u0301", "\u00e9")]
    [InlineData("\u1100\u1161", "\uac00")]
    [InlineData("\uf900", "\u8c48")]
    public void Names_that_a_file_system_takes_for_the_same_have_two_folders(string study, string other) =>
        Assert.NotEqual(FolderName.Of(study).Normalize(), FolderName.Of(other).Normalize());

    [Fact]
    public void Broken_surrogates_are_different_names() => Assert.NotEqual(FolderName.Of("\ud800"), FolderName.Of("\ud801"));

    [Fact]
    public void The_letters_of_a_name_that_is_kept_have_no_other_form() => Assert.All(
        Enumerable.Range(0, 0x10000).Select(c => ((char)c).ToString()).Where(name => FolderName.Of(name) == name),
        name => Assert.Equal(name, name.Normalize()));

    [Fact]
    public void A_long_name_leaves_room_for_what_is_appended() =>
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(FolderName.Of(new string('ん', 100)) + ".run.20261124T101500Z.99"), 1, 255);

    private int Clean(string study) =>
        new CleanVerb(new HostRequest { ProjectDirectory = _root, Study = study, Output = At("results") }, new HostEvents(_told)).Run();

    private void Write(params string[] names)
    {
        foreach (var name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
            File.WriteAllText(At(name), name);
        }
    }

    private string At(string name) => Path.Combine(_root, name);
}
